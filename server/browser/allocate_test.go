package browser

import "testing"

func TestASG06WhoGetsConversationsIsASettingAndTheBotDoesIt(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, s *scene) {
		ann, widget := s.ann, s.widget
		say := func(english, russian string) string {
			if ann.russian {
				return russian
			}
			return english
		}
		ann.open(s.base() + "/console/conversations")
		ann.see("heading", say("Who gets conversations", "Кому достаются беседы"))
		ann.put("rule-allocate-new", "least_busy")
		ann.put("rule-allocate-absent", "after")
		ann.put("rule-allocate-absent-time", "15")
		says := func(word string) {
			ann.ask("the preview says "+word, `document.querySelector('.b-sentences').innerText.includes(`+quoted(word)+`)`)
		}
		says(say("A new conversation goes by itself to the operator who is online and has the fewest active ones.",
			"Новую беседу сам собой получает оператор, который на связи и у которого меньше всего активных."))
		ann.accessible("who gets conversations")
		must[int](ann, `(document.getElementById('group-allocate').scrollIntoView({block: 'center', behavior: 'instant'}), 1)`)
		ann.shot("who-gets-conversations-" + ann.in("Save"))
		ann.press("button", ann.in("Save"))
		ann.says(ann.in("Saved"))
		ann.open(s.base() + "/console/conversations")
		ann.ask("kept", `document.getElementById('rule-allocate-new')?.value === 'least_busy' && document.getElementById('rule-allocate-absent-time')?.value === '15'`)

		widget.write("Is the Luma in stock")
		ann.open(s.base() + "/console/")
		ann.opens("Is the Luma in stock")
		ann.ask("the ribbon's author is the bot", `(log => log.includes(`+quoted(say("Allocation assigned you", "Распределение: ответственный теперь вы"))+
			`) || log.includes(`+quoted(say("Allocation assigned Bob", "Распределение: ответственный теперь Bob"))+`))(document.querySelector('[role=log]').innerText)`)
		ann.shot("given-by-the-bot-" + ann.in("Save"))
	})
}
