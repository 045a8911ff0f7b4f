package browser

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestDEL06ARightIsGivenAndTakenWhileTheOperatorLooks(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob")).asked("Is the Luma in stock")
	ann, bob := s.ann, s.bob
	n := bob.opens("Is the Luma in stock")
	items := `[...document.querySelectorAll('[role=menuitem]')].map(e => e.innerText)`
	bob.press("button", bob.in("Conversation %s, menu", n))
	bob.ask("a menu without deleting", items+`.length > 1 && !`+items+`.some(t => t.includes('Удалить'))`)

	ann.settings(s.house, "team", "Members and rights")
	ann.press("checkbox", "Delete, Operators")
	ann.says("Operators may now: Delete")
	bob.ask("it came into the open menu", items+`.some(t => t.includes('Удалить'))`)
	ann.press("checkbox", "Delete, Operators")
	ann.says("Operators may no longer: Delete")
	bob.ask("and left it", items+`.length > 1 && !`+items+`.some(t => t.includes('Удалить'))`)

	ann.open(s.base() + "/console/audit")
	ann.ask("both stand in the log", `[...document.querySelectorAll('tbody tr')].filter(r => r.innerText.includes('Rights of a group') && r.innerText.includes('Operators: Close') && r.innerText.includes('Ann')).length === 2`)
}

func TestAGroupOpensPagesToItsMembersAndANewOneIsMadeForThem(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob"), withoutKira)
	ann, bob := s.ann, s.bob
	for page, says := range map[string]string{"team": "Только для администраторов", "audit": "Только для администраторов", "tags": "Только с правом менять настройки"} {
		bob.open(s.base() + "/console/" + page)
		bob.see("heading", says)
		bob.still()
		bob.accessible("no right to " + page)
		bob.press("link", "Назад во входящие")
		bob.see("list", bob.in("Conversations"))
	}
	bob.open(s.base() + "/console/tags")
	bob.see("heading", "Только с правом менять настройки")

	ann.settings(s.house, "team", "Members and rights")
	ann.press("button", "New group")
	ann.still()
	ann.accessible("a new group")
	ann.fill("Name of the group", "Managers")
	ann.submit()
	ann.see("checkbox", "Settings, Managers")
	ann.press("checkbox", "Settings, Managers")
	ann.says("Managers may now: Settings")
	ann.press("button", "Actions for Bob")
	ann.press("menuitem", "Change group…")
	ann.still()
	ann.accessible("the group of a colleague")
	ann.press("radio", "ManagersSettings")
	ann.submit()
	ann.says("Bob is in Managers now")
	bob.see("button", "Новый тег") // without anything that he did
	bob.see("link", "Каналы")

	// A group with people in it stays; an empty one goes.
	ann.press("button", "Delete Managers")
	ann.says("1 person is in Managers. Give them another group first, then delete this one.")
	ann.press("button", "Done")
	ann.press("button", "Actions for Bob")
	ann.press("menuitem", "Change group…")
	ann.press("radio", "OperatorsClose, Block")
	ann.submit()
	bob.see("heading", "Только с правом менять настройки")
	ann.press("button", "Delete Managers")
	ann.press("button", "Delete group")
	ann.ask("its row is gone", `!`+find("checkbox", "Settings, Managers"))
}

func TestTAG10ATagsColourAndNameChangeWhereItIsSeen(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob")).asked("Is the Luma in stock")
	ann, bob := s.ann, s.bob
	bob.opens("Is the Luma in stock")
	ann.settings(s.house, "tags", "Tags")
	ann.press("button", "New tag")
	ann.still()
	ann.accessible("a new tag")
	ann.fill("Name of the tag", "regular")
	ann.press("radio", "Rose")
	ann.submit()
	ann.ask("its row", `[...document.querySelectorAll('tbody .b-tag--rose')].some(e => e.innerText === 'regular')`)

	bob.press("button", "Добавить тег")
	bob.fill("Найти тег", "REGULAR")
	bob.ask("it is offered", `document.querySelector('[role=option] .b-tag--rose')?.innerText === 'regular'`)
	bob.typed(kb.Enter)
	bob.press("button", "Закрепить regular")
	for _, place := range []string{".b-panel .b-tagging__list", ".b-row"} {
		bob.ask("red in "+place, `[...document.querySelectorAll('`+place+` .b-tag--rose')].some(e => e.innerText.includes('regular'))`)
	}
	ann.press("button", "Change regular")
	must[int](ann, `(document.getElementById('dialog-first').select(), 1)`)
	ann.typed("key account")
	ann.press("radio", "Leaf")
	ann.submit()
	for _, place := range []string{".b-panel .b-tagging__list", ".b-row"} {
		bob.ask("green in "+place, `[...document.querySelectorAll('`+place+` .b-tag--leaf')].some(e => e.innerText.includes('key account'))`)
	}
	ann.press("button", "Delete key account")
	ann.still()
	ann.accessible("deleting a tag")
	ann.press("button", "Delete tag")
	bob.ask("gone everywhere", `!document.body.innerText.includes('key account')`)
}

func TestASGTheTeamOfAChannelIsChosenAndOthersLoseItAtOnce(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob")).asked("Is the Luma in stock")
	ann, bob := s.ann, s.bob
	bob.row("Is the Luma in stock", "Is the Luma in stock")
	ann.open(s.base() + "/console/channels")
	ann.press("link", "Acme home")
	ann.press("radio", "Only these people")
	ann.fill("Find a colleague", "ann")
	ann.ask("one is found", `document.querySelectorAll('.b-teambox__list input').length === 1`)
	must[int](ann, `(document.querySelector('.b-teambox__list input').click(), 1)`)
	ann.still()
	ann.accessible("who serves a channel")
	ann.press("button", "Save")
	ann.says("Saved")
	bob.ask("no row of it", `!document.body.innerText.includes('Is the Luma in stock')`)
	ann.press("radio", "Everybody")
	ann.press("button", "Save")
	bob.row("Is the Luma in stock", "Is the Luma in stock")
}

func TestQRP03SharedQuickRepliesAreEverybodysAndOwnOnesAreNot(t *testing.T) {
	t.Parallel()
	s := play(t, withBob, russian("bob"), withoutKira)
	ann, bob := s.ann, s.bob
	bob.settings(s.house, "quick-replies", "Быстрые ответы")
	ann.settings(s.house, "quick-replies", "Quick replies")
	for _, name := range []string{"Mine alone", "For everybody"} {
		ann.press("button", "New quick reply")
		ann.fill("Name", name)
		ann.fill("Text", "Hello ")
		ann.press("button", "Customer’s name")
		ann.ask("previewed", `document.querySelector('.b-quickpreview__text')?.innerText === 'Hello Kira Malova'`)
		ann.still()
		ann.accessible("a quick reply")
		if name == "For everybody" {
			ann.press("checkbox", "For the whole team")
		}
		ann.submit()
	}
	names := `[...document.querySelectorAll('.b-reply__name')].map(e => e.innerText.trim())`
	bob.ask("the shared one and not the other", names+`.includes('For everybody') && !`+names+`.includes('Mine alone')`)
	bob.ask("and no way to change it", `!document.querySelector('tbody button')`)
	bob.still()
	bob.accessible("quick replies of others")
	ann.press("button", "Delete For everybody")
	ann.press("button", "Delete quick reply")
	bob.ask("it is gone", `!`+names+`.includes('For everybody')`)
}
