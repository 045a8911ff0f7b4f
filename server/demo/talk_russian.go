package demo

import "beseda/protocol"

// russianTalks are with visitors who write Russian. In the last one somebody waits whom nobody has answered.
func russianTalks() []talk {
	return []talk{
		{
			ago: 3*day + 7*hour, russian: true, language: "ru-RU", device: "Yandex Browser · Windows",
			page: "/demo/ru/#tableware", title: "Акме дом",
			steps: []step{
				asks(minute, "Здравствуйте! Доставляете в Казань? Хочу две кружки «Гавань»."),
				ann.answers(4*minute, "Здравствуйте! Да, курьером за три-четыре дня. Две кружки поедут за 390 ₽, от 5 000 ₽ доставка бесплатная."),
				sees(20 * second),
				asks(2*minute, "А если добавить вазу «Оливия», она доедет целой?"),
				ann.answers(2*minute, "Доедет: вазы ездят в отдельной коробке с бумажными сотами. И доставка тогда бесплатная 🙂"),
				sees(10 * second),
				asks(3*minute, "Уговорили, оформила всё вместе. Спасибо!"),
				ann.answers(minute, "Спасибо вам! Завтра отдадим курьеру и пришлём номер посылки."),
				sees(30 * second), ann.knows(20*second, "Алина Сафина", "alina@example.com"), ann.tags(10*second, newsletter),
				ann.closes(5 * minute), bob.reads(5 * hour),
			},
		},
		{
			ago: 2*day + 3*hour, language: "ru", device: "Firefox · Linux", page: "/demo/#lamps", title: "Acme home",
			steps: []step{
				asks(90*second, "Добрый день! Есть ли инструкция к светильнику Luma 30? Потерял при переезде."),
				ann.answers(5*minute, "Добрый день! Вот она, по-английски, но короткая. Если что-то непонятно, спросите, подскажу.",
					file{"Luma 30 mounting and care.pdf", "luma-30.pdf"}),
				sees(40 * second),
				asks(6*minute, "Спасибо! А потолочную чашку можно купить отдельно?"),
				ann.answers(4*minute, "Можно, 900 ₽, есть белая и латунная. Какую отложить?"),
				sees(10 * second),
				asks(2*minute, "Латунную. Зайду за ней в субботу."),
				ann.answers(minute, "Отложили на ваше имя до воскресенья."),
				sees(20 * second), ann.knows(20*second, "Тимур Галеев", ""), ann.ends(minute, protocol.Pending), bob.reads(hour),
			},
		},
		{
			ago: 20 * hour, russian: true, language: "ru-RU", device: "Chrome · Android",
			page: "/demo/ru/#chairs", title: "Акме дом", referrer: "https://mebel.example/stulya",
			steps: []step{
				asks(2*minute, "Стул «Слива» немного шатается. Что можно сделать?"),
				bob.answers(7*minute, "Здравствуйте! Скорее всего, при сборке не до конца затянули один болт. Ключ приклеен под сиденьем, подтяните все четыре на ровном полу."),
				sees(30 * second),
				asks(25*minute, "Подтянул, но одна ножка всё равно короче миллиметра на два."),
				bob.answers(3*minute, "Тогда это наша вина. Назовите номер заказа, отправим новую ножку."),
				sees(10 * second),
				asks(minute, "2931"),
				bob.knows(20*second, "Лев Орлов", "lev@example.com"), bob.pins(10*second, opt), bob.tags(10*second, vip),
				bob.answersTo(2*minute, 2, "Нашёл. Ножка уедет завтра, придёт в постамат, куда приходил стул."),
				gets(2 * second), ann.reads(3 * hour),
			},
		},
		{
			ago: 29 * minute, russian: true, language: "ru-RU", device: "Safari · iPhone",
			page: "/demo/ru/", title: "Акме дом",
			steps: []step{
				asks(90*second, "Добрый день! Где мой заказ 3017? Обещали привезти вчера."),
				asks(4*minute, "Курьер не звонил, на сайте всё ещё «собирается»."),
			},
		},
	}
}
