package demo

import "time"

const (
	second = time.Second
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * time.Hour
)

// englishTalks are with visitors who write English. The last ones leave work to do: a question for Ann, one that Bob
// answered and nobody has seen, a good-bye that was not read yet, and an answer that Ann has begun. One was no customer.
func englishTalks() []talk {
	return []talk{
		{
			ago: 4*day + 5*hour, language: "en-GB", device: "Safari · macOS", page: "/demo/#lamps", title: "Acme home",
			referrer: "https://lamps.example/pendants-over-tables",
			steps: []step{
				asks(40*second, "Hi! Our table is 190 cm long. How high should the Luma hang above it?"),
				ann.answers(2*minute, "Hello! Leave 60 to 70 cm between the rim and the table top. Nobody looks into the bulb, and everybody sees each other."),
				ann.answers(30*second, "For 190 cm I would hang two Luma 30 rather than one: a third of the table each, and the middle stays lit."),
				sees(20 * second),
				asks(90*second, "Two it is then. Do they come with the linen cord?"),
				ann.answers(minute, "They do, two metres each. I can shorten them before they ship, if you tell me the height of the ceiling."),
				asks(3*minute, "2.60 m, so 1.2 m of cord would be perfect 🙂"),
				ann.answers(2*minute, "Noted on your order. Both leave tomorrow morning and should be with you on Friday."),
				sees(15 * second),
				asks(20*second, "Wonderful, thank you Ann!"),
				ann.reads(minute), ann.knows(20*second, "Kira Malova", "kira@example.com"), ann.tags(10*second, newsletter),
				ann.closes(10 * minute), bob.reads(2 * hour),
			},
		},
		{
			ago: 2*day + 6*hour, language: "en-IE", device: "Chrome · Android", page: "/demo/#tableware", title: "Acme home",
			steps: []step{
				asks(2*minute, "My Harbour mug arrived today and it looks like this 😢", file{"harbour-mug.png", "chip.png"}),
				bob.answers(4*minute, "Oh no, I am sorry! The parcel must have had a hard landing. No need to send anything back, I'll send you a new one today."),
				sees(30 * second),
				asks(minute, "That was quick, thank you. Same colour, please. Order 2874"),
				bob.answers(3*minute, "Same petrol glaze, and I have asked for twice the paper this time."),
				sees(10 * second), bob.knows(30*second, "Maeve Byrne", "maeve@example.com"), bob.pins(10*second, vip),
				bob.tags(10*second, newsletter), bob.closes(hour), ann.reads(3 * hour),
				// Two days later: the matter was closed, so this is the next one in the same thread.
				goes(day+22*hour+40*minute, "/demo/#gifts", "Acme home"),
				asks(minute, "The new mug is here and in one piece. Could I have four more of them, as a gift?"),
				bob.answers(6*minute, "Glad to hear it! Four in petrol are on the shelf. Shall I put them in one gift box, or in four?"),
				sees(2 * minute),
				asks(minute, "One big box please, with a card: Happy birthday, Maeve"),
				bob.answers(4*minute, "Done: one box, one card. It leaves on Monday."),
				gets(second), ann.reads(20 * minute),
			},
		},
		{
			ago: 30 * hour, language: "en-US", device: "Chrome · Windows", page: "/demo/#tableware", title: "Acme home",
			steps: []step{
				asks(3*minute, "Hello, we are opening a café in March and need 24 Harbour mugs. Is there a price for that many?"),
				ann.answers(5*minute, "Congratulations! Bob looks after larger orders, he will be with you in a moment."),
				ann.hands(20*second, bob),
				sees(5 * second),
				bob.answers(4*minute, "Hi! From 20 pieces on there is 15 % off, so 24 mugs are 489.60 € with shipping."),
				sees(30 * second),
				bob.knows(20*second, "Noah Reed", "noah@example.com"), bob.pins(10*second, wholesale),
				asks(90*second, "Sounds fair. Can you put our logo on them?"),
				bob.answers(3*minute, "We stamp it into the clay from 50 pieces on. For 24 it would be a paper band around each mug."),
				sees(10 * second),
				asks(2*minute, "The band is fine. I'll send you the logo when it is ready, on Thursday at the latest."),
				bob.answers(minute, "No hurry, I keep the mugs aside until then."),
				sees(10 * second), bob.notes(2*minute, "24 petrol mugs stand on the left shelf, with his name. The band is Ann's design from May."),
				ann.reads(40 * minute), ann.marks(minute),
			},
		},
		{
			ago: 26 * hour, language: "en-NZ", device: "Firefox · Linux", page: "/demo/#gifts", title: "Acme home",
			steps: []step{
				asks(minute, "Is the Olivia vase dishwasher safe?"),
				ann.answers(3*minute, "The glaze is, the neck is not: it is thin, and the basket knocks against it. Warm water and a bottle brush will do."),
				sees(10 * second),
				asks(40*second, "Good to know, thanks. Ordered the large one."),
				ann.answers(minute, "Thank you! It is packed already."),
				sees(5 * second), ann.closes(2 * minute), bob.reads(hour),
			},
		},
		{
			ago: 3*hour + 10*minute, language: "en", device: "Safari · iPhone", page: "/demo/#lamps", title: "Acme home",
			referrer: "https://rooms.example/small-dining-rooms",
			steps: []step{
				asks(2*minute, "This is our corner. Would the Luma look lost above this table?", file{"our corner.png", "room.png"}),
				ann.answers(4*minute, "What a nice room! The table is round, about 120 cm? Then Luma 30 is just right, and terracotta would pick up the wood."),
				sees(20 * second),
				asks(2*minute, "Yes, 120. I like terracotta. And where do I find how to mount it?"),
				ann.answers(90*second, "Here is everything on one page. A hook and the ceiling plate are in the box.", file{"Luma 30 mounting and care.pdf", "luma-30.pdf"}),
				sees(minute), ann.knows(20*second, "Ella Marsh", "ella@example.com"), ann.tags(10*second, newsletter),
				goes(2*hour+39*minute+30*second, "/demo/#journal", "Acme home"),
				asksOf(3*minute, 0, "Read it, that looks doable even for me."),
				asks(40*second, "One more thing: which bulb do you recommend? The one we have now is very cold."),
			},
		},
		{
			ago: 22 * hour, language: "en", device: "Chrome · Windows", page: "/demo/", title: "Acme home",
			steps: []step{
				asks(minute, "FIRST PAGE of every search engine in 3 days!!! Special price only today, answer YES"),
				ann.reads(3 * minute), ann.knows(20*second, "Best Rank Ltd", ""), ann.blocks(10 * second), bob.reads(hour),
			},
		},
		{
			ago: 75 * minute, language: "nb-NO", device: "Edge · Windows", page: "/demo/#chairs", title: "Acme home",
			steps: []step{
				asks(2*minute, "Do you ship the Plum chair to Norway?"),
				bob.answers(12*minute, "We do, in five to seven days. Customs are paid on our side, so 310 € is all you pay."),
			},
		},
		{
			ago: 50 * minute, language: "en-GB", device: "Chrome · Android", page: "/demo/#basket", title: "Acme home",
			steps: []step{
				asks(2*minute, "Hi, I ordered a Luma this morning in sage. Can I still change the colour?"),
				ann.answers(3*minute, "Of course, it is still on the shelf. Which one would you like?"),
				sees(10 * second),
				asks(30*second, "Terracotta please!"),
				ann.answers(2*minute, "Changed. You'll get a new confirmation by mail in a minute."),
				gets(second), ann.knows(20*second, "Grace Hill", "grace@example.com"), bob.reads(10 * minute),
				ann.drafts(5*minute, "The courier comes at four, so it leaves today. If you would like a longer"),
			},
		},
	}
}
