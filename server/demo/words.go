package demo

import "beseda/protocol"

// words are all that a shop says, in one language, and the channel it talks through.
type words struct {
	Language string
	Looks    protocol.Looks
	Slogan   string // the page's title after the shop's name
	Nav      string // the navigation's name for those who hear it
	Rooms    []room
	Basket   link
	Hero     struct{ Name, Title, Text, Button string }
	New      string
	Lamp     product
	Mug      product
	Chair    product
	Vase     product
	Notes    []note
	Inside   note // the basket
	Console  string
	Other    link
	Pages    string // the further pages' name
}

type (
	room    struct{ Name, Place string }
	link    struct{ Name, Href string }
	product struct{ Name, Price, Text string }
	note    struct{ Place, Title, Text string }
)

func english() words {
	w := words{
		Language: "en",
		Looks: protocol.Looks{
			Name: "Acme home", Color: "#0a6a78",
			Greeting: "Looking for a lamp for the table? I can tell you which height works best.",
		},
		Slogan: "lamps, chairs and tableware",
		Nav:    "Shop",
		Rooms: []room{
			{"Lamps", "lamps"}, {"Chairs", "chairs"}, {"Tableware", "tableware"}, {"Gifts", "gifts"}, {"Journal", "journal"},
		},
		Basket: link{"Basket (2)", "#basket"},
		New:    "New in the shop",
		Lamp:   product{"Luma 30 pendant", "149 €", "Terracotta, sage or chalk, with two metres of linen cord"},
		Mug:    product{"Harbour mug", "24 €", "Petrol glaze, 300 ml, no two alike"},
		Chair:  product{"Plum chair", "310 €", "Ash and wool felt, made to sit for hours"},
		Vase:   product{"Olivia vase", "68 €", "For three stems, or for none"},
		Notes: []note{
			{"journal", "From the workshop", "A shade is thrown in eight minutes and dries for nine days. Then it is fired twice, and one in ten stays with us, as a flower pot."},
			{"shipping", "Shipping", "In two days within the country, in a week to the rest of Europe. From 100 € on it is on us."},
		},
		Inside:  note{"basket", "In your basket", "Luma 30 pendant and Harbour mug, 173 € together. This is a demonstration: nothing can be bought."},
		Console: "Answer in the console",
		Other:   link{"По-русски", "/demo/ru/"},
		Pages:   "The widget on other pages",
	}
	w.Hero.Name, w.Hero.Title, w.Hero.Text, w.Hero.Button = "Autumn evenings",
		"Light for long evenings", "Hand-thrown shades, made in small batches.", "See the lamps"
	return w
}

func russian() words {
	w := words{
		Language: "ru",
		Looks: protocol.Looks{
			Name: "Акме дом", Color: "#9c4722",
			Greeting: "Ищете лампу над стол? Подскажу, на какой высоте повесить.",
		},
		Slogan: "светильники, стулья и посуда",
		Nav:    "Магазин",
		Rooms: []room{
			{"Светильники", "lamps"}, {"Стулья", "chairs"}, {"Посуда", "tableware"}, {"Подарки", "gifts"}, {"Журнал", "journal"},
		},
		Basket: link{"Корзина (2)", "#basket"},
		New:    "Новое в магазине",
		Lamp:   product{"Светильник «Люма 30»", "14 900 ₽", "Терракота, шалфей или мел, два метра льняного шнура"},
		Mug:    product{"Кружка «Гавань»", "2 400 ₽", "Петрольная глазурь, 300 мл, двух одинаковых нет"},
		Chair:  product{"Стул «Слива»", "31 000 ₽", "Ясень и шерстяной войлок, сидеть можно часами"},
		Vase:   product{"Ваза «Оливия»", "6 800 ₽", "Для трёх веток или ни для одной"},
		Notes: []note{
			{"journal", "Из мастерской", "Плафон вытягивают за восемь минут, а сохнет он девять дней. Потом два обжига, и каждый десятый остаётся у нас: под цветы."},
			{"shipping", "Доставка", "По городу за два дня, по стране за неделю. От 5 000 ₽ доставим бесплатно."},
		},
		Inside:  note{"basket", "В корзине", "Светильник «Люма 30» и кружка «Гавань», вместе 17 300 ₽. Это витрина для примера, купить ничего нельзя."},
		Console: "Ответить в консоли",
		Other:   link{"In English", "/demo/"},
		Pages:   "Виджет на других страницах",
	}
	w.Hero.Name, w.Hero.Title, w.Hero.Text, w.Hero.Button = "Осенние вечера",
		"Свет для долгих вечеров", "Плафоны ручной работы, маленькими партиями.", "К светильникам"
	return w
}
