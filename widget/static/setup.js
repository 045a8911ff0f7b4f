// The page that a one-time link leads to: the first administrator's, an invited colleague's, or that of one who forgot the
// password. It needs no program: a form, two requests, and the console.
(() => {
'use strict';

const TEXTS = {
	en: {
		looking: 'Looking at your link…',
		first: 'Welcome to Beseda', firstLead: 'You will be the first administrator. It takes a minute.',
		invite: 'Welcome, {name}', inviteLead: 'Choose a password, and you are in.',
		again: 'Welcome back, {name}', againLead: 'Choose a new password for {email}. It signs you out everywhere else.',
		workspace: 'Name of your team or shop', workspaceHint: 'Visitors see it above their chat. You can change it later.',
		name: 'Your name', nameHint: 'Visitors see it beside your answers.',
		email: 'E-mail', emailHint: 'You sign in with it.',
		password: 'Password', rule: 'At least {n} characters. A sentence is best.', good: 'Good. A sentence is best.',
		short: '{n} more characters.', go: 'Continue', busy: 'Setting up…',
		missing: 'Fill this in.', badEmail: 'Write the whole address, for example ann@example.com',
		gone: 'This link does not work any more', goneLead: 'A link works once and for a limited time. If you have an account, sign in. If not, ask an administrator of your team for a new link.',
		goneFirst: 'Setting up for the first time? Start Beseda again: it prints a new link.',
		none: 'A link is missing', noneLead: 'Open the whole link that you were given, with everything behind the # sign. It is read only once: after a reload, open it again.',
		sign: 'Go to sign-in', line: 'No connection. Check it and try again.', limited: 'Too many tries. Try again in {s} s.',
		insecure: 'This address is not encrypted, and a password could be read on the way. Open it by https.',
		known: 'This password is known to everybody. Choose another.', taken: 'Somebody with this address is in the team already.',
		wrong: 'Something in the form is not right. Check it and try again.', internal: 'Something failed on the server. Try again.',
	},
	ru: {
		looking: 'Смотрим вашу ссылку…',
		first: 'Добро пожаловать в Beseda', firstLead: 'Вы станете первым администратором. Это займёт минуту.',
		invite: 'Добро пожаловать, {name}', inviteLead: 'Выберите пароль, и можно начинать.',
		again: 'С возвращением, {name}', againLead: 'Выберите новый пароль для {email}. На остальных устройствах вход завершится.',
		workspace: 'Название команды или магазина', workspaceHint: 'Посетители увидят его над чатом. Позже его можно изменить.',
		name: 'Ваше имя', nameHint: 'Посетители видят его рядом с ответами.',
		email: 'Эл. почта', emailHint: 'С ней вы будете входить.',
		password: 'Пароль', rule: 'Не меньше {n} знаков. Лучше всего целая фраза.', good: 'Хорошо. Лучше всего целая фраза.',
		short: 'Ещё знаков: {n}.', go: 'Продолжить', busy: 'Настраиваем…',
		missing: 'Заполните это поле.', badEmail: 'Напишите адрес целиком, например ann@example.com',
		gone: 'Эта ссылка больше не работает', goneLead: 'Ссылка срабатывает один раз и недолго. Если у вас есть учётная запись, войдите. Если нет, попросите администратора команды о новой ссылке.',
		goneFirst: 'Настраиваете впервые? Запустите Beseda ещё раз: появится новая ссылка.',
		none: 'Не хватает ссылки', noneLead: 'Откройте ссылку целиком, вместе со всем после знака #. Она читается один раз: после обновления страницы откройте её снова.',
		sign: 'Ко входу', line: 'Нет связи. Проверьте её и повторите.', limited: 'Слишком много попыток. Повторите через {s} с.',
		insecure: 'Этот адрес не зашифрован, и пароль могут прочитать по дороге. Откройте его по https.',
		known: 'Этот пароль всем известен. Выберите другой.', taken: 'Человек с такой почтой уже в команде.',
		wrong: 'Что-то в форме не так. Проверьте и повторите.', internal: 'На сервере что-то сломалось. Повторите.',
	},
};
const LEAST = 10; // characters of a password; the server decides

const language = navigator.languages.map(l => l.slice(0, 2).toLowerCase()).find(l => TEXTS[l]) || 'en';
const text = (key, fill = {}) => TEXTS[language][key].replace(/\{(\w+)\}/g, (_, k) => fill[k]);
document.documentElement.lang = language;

const at = id => document.getElementById(id);
const show = (id, on) => {
	at(id).hidden = !on;
};
const say = (id, key, fill) => {
	at(id).textContent = text(key, fill);
};

const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname); // so that it stays in no history and is copied with no address
let kind = 'first', busy = false; // kinds: first, invite, and again for somebody who has an account

const post = async (path, body) => {
	try {
		const answer = await fetch(path, {
			method: 'POST', headers: {'Content-Type': 'application/json', 'Beseda-Request': '1'}, body: JSON.stringify(body),
		});
		return {status: answer.status, ...await answer.json().catch(() => ({}))};
	} catch {
		return {status: 0};
	}
};

const dead = (title, lead, more) => {
	say('title', title);
	at('lead').textContent = text(lead) + (more ? ' ' + text(more) : '');
	show('fields', false);
	show('problem', false);
	say('console', 'sign');
	show('console', true);
};

// said finds the words for a refusal: where they stand, and what they are.
const said = ({status, code, reason = '', retry_ms: wait}) => {
	if (!status) return ['', text('line')];
	if (code === 'rate_limited') return ['', text('limited', {s: Math.max(1, Math.ceil(wait / 1000))})];
	if (reason.startsWith('insecure')) return ['', text('insecure')];
	if (code === 'conflict' && /email/.test(reason)) return ['email', text('taken')];
	if (/password/.test(reason)) return ['password', text(/common|known/.test(reason) ? 'known' : 'rule', {n: LEAST})];
	if (/email/.test(reason)) return ['email', text('badEmail')];
	if (/workspace|looks\.name/.test(reason)) return ['workspace', text('missing')];
	if (/name/.test(reason)) return ['name', text('missing')];
	return ['', text(status < 500 ? 'wrong' : 'internal')];
};

// Errors stand at their field and keep what was typed.
const mark = (name, words) => {
	const input = at(name), hint = at('hint-' + name);
	input.toggleAttribute('aria-invalid', !!words);
	if (words) input.setAttribute('aria-invalid', 'true');
	hint.className = words ? 'b-field__error' : 'b-field__hint';
	if (words) hint.setAttribute('role', 'alert');
	else hint.removeAttribute('role');
	hint.textContent = words || (name === 'password' ? text('rule', {n: LEAST}) : text(name + 'Hint'));
};
const problem = words => {
	at('problem-text').textContent = words;
	show('problem', !!words);
};
const FIELDS = {first: ['workspace', 'name', 'email', 'password'], invite: ['name', 'email', 'password'], again: ['password']};
const names = () => FIELDS[kind].filter(name => !at(name).readOnly);

const strength = () => {
	const n = [...at('password').value].length;
	[...at('meter').children].forEach((bar, i) => bar.classList.toggle('is-on', n >= [1, LEAST, LEAST + 4, LEAST + 10][i]));
	const hint = at('hint-password');
	mark('password', '');
	if (n) hint.textContent = n < LEAST ? text('short', {n: LEAST - n}) : text('good');
};

const check = () => {
	let first;
	for (const name of names()) {
		const value = at(name).value.trim();
		let words = '';
		if (!value) words = text('missing');
		else if (name === 'email' && !/^[^\s@,;<>]+@[^\s@]+\.[^\s@.]+$/.test(value)) words = text('badEmail');
		else if (name === 'password' && [...at(name).value].length < LEAST) words = text('rule', {n: LEAST});
		mark(name, words);
		if (words && !first) first = name;
	}
	if (first) at(first).focus();
	return !first;
};

const setBusy = on => {
	busy = on;
	const go = at('go');
	go.textContent = text(on ? 'busy' : 'go');
	if (on) {
		const spinner = document.createElement('i');
		spinner.className = 'b-spinner';
		go.prepend(spinner);
		go.dataset.state = 'loading';
	} else delete go.dataset.state;
};

at('card').addEventListener('submit', async e => {
	e.preventDefault();
	if (busy) return;
	problem('');
	if (!check()) return;
	setBusy(true);
	const value = name => at(name).value.trim();
	const answer = await post('/setup', {
		token, name: value('name'), email: value('email'), password: at('password').value, workspace: value('workspace'),
	});
	if (answer.status === 204) {
		location.replace('/console/');
		return;
	}
	setBusy(false);
	if (answer.code === 'not_found' || answer.code === 'unauthorized') {
		dead('gone', 'goneLead', kind === 'first' && 'goneFirst');
		return;
	}
	const [name, words] = said(answer);
	if (name && names().includes(name)) {
		mark(name, words);
		at(name).focus();
	} else problem(words);
});
at('password').addEventListener('input', strength);
for (const name of ['workspace', 'name', 'email']) at(name).addEventListener('input', () => mark(name, ''));

const begin = async () => {
	say('lead', 'looking');
	const link = await post('/setup/look', {token});
	if (link.status === 0 || link.status >= 500 || link.code === 'rate_limited') {
		problem(said(link)[1]);
		setTimeout(begin, Math.max(3000, link.retry_ms || 0));
		return;
	}
	if (link.status !== 200) {
		if (String(link.reason).startsWith('insecure')) problem(text('insecure'));
		else dead('gone', 'goneLead', 'goneFirst');
		return;
	}
	problem('');
	kind = link.kind === 'invite' && link.state === 'active' ? 'again' : link.kind;
	say('title', kind, link);
	say('lead', kind + 'Lead', link);
	if (kind !== 'first') at('name').value = link.name;
	for (const name of ['workspace', 'name', 'email', 'password']) {
		document.querySelector('label[for=' + name + ']').textContent = text(name);
		at(name).setAttribute('aria-describedby', 'hint-' + name);
		mark(name, '');
		show('field-' + name, FIELDS[kind].includes(name));
	}
	if (kind !== 'first') { // the address is fixed; a password manager wants to see it
		at('email').value = link.email;
		at('email').readOnly = true;
	}
	setBusy(false);
	show('fields', true);
	at(kind === 'first' ? 'workspace' : 'password').focus();
};

if (token) begin();
else dead('none', 'noneLead');
})();
