package browser

import "fmt"

// inRussian is how the console and the widget say in Russian what they say in English.
var inRussian = map[string]string{
	"Email": "Эл. почта", "Password": "Пароль", "Sign in": "Войти", "Conversations": "Беседы", "Reply": "Ответ", "Note": "Заметка", "Send": "Отправить",
	"No reply needed": "Ответ не нужен", "No reply needed in #%s": "Ответ не нужен в беседе №%s", "%s decided that no reply is needed": "%s: ответ не нужен",
	"%s took the conversation by answering": "%s: беседа взята ответом", "Assigned to %s. Reassign": "Ответственный: %s. Передать",
	"Edit subject": "Изменить тему", "%s set the subject: %s": "%s: тема теперь «%s»",
	"React": "Реакция", "React with 👍": "Поставить 👍", "👍, %s": "👍, %s", "👍, %s. Take yours back": "👍, %s. Убрать свою",
	"%s reacted with 👍": "Реакция 👍: %s", "%s took back 👍": "Реакция 👍 снята: %s", "You": "Вы",
	"End chat": "Завершить беседу", "Open": "Открыта", "Pending": "Ждём", "Closed": "Закрыта", "Completed, open": "Завершена, открыта", "Completed, pending": "Завершена, ждём",
	"%s completed the conversation as Open": "%s: беседа завершена как «Открыта»", "%s completed the conversation as Pending": "%s: беседа завершена как «Ждём»",
	"%s closed the conversation": "Беседа закрыта: %s", "%s reopened the conversation": "Беседа открыта снова: %s", "%s opened the conversation again": "%s: беседа снова открыта",
	"Close": "Закрыть", "Reopen": "Открыть снова", "Close conversationC": "Закрыть беседуC", "Reopen conversation": "Открыть беседу снова", "Conversation %s, menu": "Беседа %s, меню",
	"Move what follows to a separate conversation": "Выделить следующее в отдельную беседу",
	"%s moved the messages that followed to #%s":   "%s: дальнейшие сообщения перенесены в беседу №%s", "%s moved these messages here from #%s": "%s: сообщения перенесены сюда из беседы №%s",
	"Show previous conversation #%s": "Показать предыдущую беседу №%s", "Hide previous conversation": "Скрыть предыдущую беседу",
	"Previous conversation #%s": "Предыдущая беседа №%s", "Next conversation #%s": "Следующая беседа №%s",
	"Merge #%s into #%s": "Объединить №%s с №%s", "Merge": "Объединить", "%s merged #%s into this conversation": "%s: беседа №%s объединена с этой",
	"Reassign…A": "Передать…A", "Assign…A": "Назначить…A", "%s assigned you": "%s: ответственный теперь вы", "%s assigned %s": "%s: ответственный теперь %s",
	"Save": "Сохранить", "Unit: %s": "Единица: %s", "Saved": "Сохранено", "Complete when nobody writes for": "Завершать, если никто не пишет", "Warn the operator before": "Предупредить оператора за",
	"Hold 5 min": "Удержать на 5 мин", "completes in 0:": "завершится через 0:", "Completes as Open in 0:": "Завершится как «Открыта» через 0:", "%s held the conversation until": "%s: беседа удержана до",
	"#%s is with %s now": "№%s теперь у коллеги: %s", "Copy my text": "Скопировать мой текст", "Copy link": "Скопировать ссылку", "Mark as unread": "Отметить непрочитанной", "Block…": "Заблокировать…", "Dialog per client": "Диалог с клиентом", "One long story": "Одна длинная история",
	"Back to Beseda’s own settings": "Вернуть настройки Beseda", "Events": "События", "Conversation created": "Беседа создана", "Conversation closed": "Беседа закрыта",
	"Once this is saved, operators lose sight of the conversations that their colleagues have. Administrators read everything.": "После сохранения операторы перестанут видеть беседы, за которые отвечают коллеги. Администраторы читают всё.",
	"Once this is saved, the whole team of the channel reads what only its assignee could.":                                     "После сохранения вся команда канала сможет читать то, что читал только ответственный.",
	"Take it": "Взять себе", "%s took the conversation": "%s: беседа взята себе", "Online": "На связи", "Offline": "Не на связи", "Cancel": "Отменить", "A bot is answering #%s: %s": "Беседа №%s: отвечает бот %s", "%s, bot": "%s, бот",
	"Everything has changed meanwhile": "Тем временем всё изменилось",

	"Open chat": "Открыть чат", "Message": "Сообщение", "Sent": "Отправлено", "Delivered": "Доставлено", "Read": "Прочитано",
	"Your conversations": "Ваши беседы", "My question is solved": "Мой вопрос решён", "Yes, solved": "Да, решён", "Solved": "Решено",
	"Write a message": "Напишите сообщение", "Thumbs up": "Нравится", "Quote, ": "Процитировать, ",
}

// in says something of the page in the language of the person's browser.
func (p *person) in(english string, values ...any) string {
	p.t.Helper()
	said := english
	if p.russian {
		if said = inRussian[english]; said == "" {
			p.t.Fatalf("no Russian for %q", english)
		}
	}
	if len(values) == 0 {
		return said
	}
	return fmt.Sprintf(said, values...)
}
