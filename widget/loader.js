// The loader: the one script on a customer's page. It draws the launcher, fetches nothing before the visitor shows
// intent, holds the widget's frame and keeps its record. The server writes the channel's looks in place of
// BESEDA_CONFIG, in the order below, see server/web/loader.go; nothing here knows the protocol. Every byte is paid by every
// page: 3 KB is the limit, with the looks of a channel in it. So nothing is strict here that need not be, and in the sheet
// whatever says the same in fewer bytes is better.
//
// Messages are {beseda: 1, name, text, bytes}, to and from exact origins and windows:
//
//	from the frame   loading · ready · here NONCE · save NAME bytes · close · unread N · failed
//	to the frame     hello NONCE⏎LANGUAGE · theme light|dark · record NAME bytes · page URL⏎TITLE⏎REFERRER⏎LANGUAGE ·
//	                 front focus|blur, of the page around · show · hide
//
// hello answers ready; then come theme, records, page, and show or hide, with which the widget begins.
(([channel, home, title, color, contrast, welcome, wanted, left]) => {
const win = window, doc = document, mark = Symbol.for('beseda');
if (win[mark]) return;
win[mark] = 1;
const script = doc.currentScript, origin = new URL(script?.src || home).origin;
const listen = (target, names, f) => names.split(' ').map(name => target.addEventListener(name, f));
const pageLanguage = () => doc.documentElement.lang.trim();
const language = wanted || /(?:^|,)(en|ru)/i.exec([pageLanguage(), ...navigator.languages, 'en'])[1].toLowerCase();
const [openWord, dismissWord, unreadWord] = language === 'ru'
	? ['Открыть чат', 'Скрыть', 'Непрочитанных: ']
	: ['Open chat', 'Hide', 'Unread: '];

// The record: what this browser keeps for one channel, an item for each name, so that tabs which write at the same time
// never write over each other; bytes in decimal, always text. Where storage is forbidden or full, memory does.

const place = 'beseda.' + channel + '.';
let store = {};
try {
	store = localStorage || store;
} catch {} // forbidden
const read = name => store[place + name] || '';
const write = (name, value) => {
	try {
		if (value) store[place + name] = value;
		else delete store[place + name];
	} catch {
		(store = {...store})[place + name] = value;
	}
};

// What is seen: made node by node and styled by constructed sheets, so that a strict policy of the page allows it.

const make = (tag, attributes, ...children) => {
	const el = doc.createElement(tag);
	for (const name in attributes) el.setAttribute(name, attributes[name]);
	el.append(...children);
	return el;
};
const host = make('div'), shade = host.attachShadow({mode: 'open'}), sheet = new CSSStyleSheet(), lock = new CSSStyleSheet();
lock.replaceSync('@media(max-width:35em){html{overflow:hidden!important}}');
sheet.replaceSync(`:host{all:initial!important;color-scheme:inherit!important}
@media print{*{display:none}}
*{box-sizing:border-box}
.all{position:fixed;z-index:2147483000;--side:max(20px,env(safe-area-inset-right));color:light-dark(#10262b,#e9f2f3);font:15px/1.4 system-ui,sans-serif}
button{font:inherit;color:inherit;border:0;padding:0;background:0 0;cursor:pointer;text-align:left}
.all>*{position:fixed;bottom:max(20px,env(safe-area-inset-bottom));inset-inline:auto var(--side);box-shadow:0 12px 48px -12px #0007;outline:1px solid #0000}
:focus-visible{outline:2px solid;outline-offset:2px}
.left>*{inset-inline:var(--side) auto}
.open{width:60px;height:60px;border-radius:22px;background:${color};forced-color-adjust:none}
i{position:absolute;top:15px;left:14px;width:21px;height:21px;border-radius:50% 50% 50% 5px;background:${contrast}}
i+i{translate:10px 9px;border-radius:50% 50% 5px;background:radial-gradient(circle at 0 1px,#ffe3d0 11px,#ffb27a 11.5px)}
.open:hover{translate:0 -2px;transition:translate .16s}
.open[aria-busy=true] i{animation:rise .5s infinite alternate}
b{position:absolute;top:-7px;right:-7px;min-width:26px;padding:0 6px;border:2px solid #fff;border-radius:13px;background:#c22f3a;color:#fff;font:600 12px/22px system-ui;text-align:center}
.greeting{margin-bottom:74px;width:min(336px,100vw - 40px);padding:14px 16px;padding-right:44px;background:light-dark(#fff,#1a2b30);border:1px solid #8883;border-radius:21px;overflow-wrap:anywhere;animation:rise .24s}
small{display:block;opacity:.8}
.say:after{content:"";position:absolute;inset:0}
.dismiss{position:absolute;top:4px;right:4px;width:36px;height:36px;z-index:1;border-radius:12px;font-size:22px;text-align:center}
iframe{width:min(392px,100vw - 40px);height:min(688px,var(--high) - 40px);border:0;border-radius:28px;background:light-dark(#e6eeef,#081113);visibility:hidden}
.shown{visibility:visible;animation:rise .24s}
@media(max-width:35em){iframe{inset:var(--top) 0 auto!important;width:100%;height:var(--high);border-radius:0}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@keyframes rise{0%{opacity:0;translate:0 8px}}`);
shade.adoptedStyleSheets = [sheet];
doc.adoptedStyleSheets.push(lock);
const badge = make('b', {id: 'unread'});
const launcher = make('button', {class: 'open', 'aria-label': openWord, 'aria-describedby': 'unread'}, make('i'), make('i'), badge);
const say = make('button', {class: 'say', dir: 'auto'}, welcome);
const dismiss = make('button', {class: 'dismiss', 'aria-label': dismissWord}, '×');
const greeting = make('div', {class: 'greeting', role: 'status'}, make('small', {}, title), say, dismiss);
const all = make('div', {class: left ? 'all left' : 'all', lang: language}, greeting, launcher);
const style = (name, value) => all.style.setProperty(name, value);
shade.append(all);

let frame, nonce, timer, later, tint, greet, ready, opened, unread, swaps = 0;
const tell = (name, text, bytes) => frame.contentWindow.postMessage({beseda: 1, name, text, bytes}, origin);
const emit = (name, detail) => host.dispatchEvent(new CustomEvent(name, {detail}));
const render = () => {
	const shown = opened && ready;
	launcher.hidden = shown;
	launcher.ariaBusy = !!opened;
	lock.disabled = !shown;
	greeting.hidden = !greet || opened;
	if (frame) frame.className = shown ? 'shown' : '';
};
const count = (n = 0) => {
	if (n === unread) return;
	unread = n;
	badge.hidden = !n;
	badge.textContent = n > 99 ? '99+' : n;
	badge.ariaLabel = unreadWord + n;
	emit('unread', n);
};

// The frame: made at the first sign of intent, trusted only after it answered the nonce.

const expect = (ms = 5000) => {
	ready = false;
	nonce = '' + Math.random();
	clearTimeout(timer);
	timer = setTimeout(fail, ms, origin + ' is silent');
};
const load = () => {
	if (frame) return;
	frame = make('iframe', {title: 'Chat', allow: 'microphone; clipboard-write', src: origin + '/widget/?channel=' + channel});
	expect();
	all.append(frame);
};
const fail = why => {
	console.warn('Beseda:', why);
	clearTimeout(timer);
	frame.remove();
	frame = ready = opened = false;
	render();
};
const show = () => {
	render();
	if (opened && ready) {
		frame.focus();
		tell('show');
	}
};
const open = () => {
	if (opened) return;
	opened = true;
	if (greet) leave();
	load();
	show();
	emit('open');
};
const close = () => {
	if (!opened) return;
	const inside = shade.activeElement === frame;
	opened = false;
	render();
	if (ready) tell('hide');
	if (inside) launcher.focus();
	emit('close');
};
const leave = () => {
	greet = false;
	write('greeting', '1');
	render();
};
const give = (key, value) => key.startsWith(place) && tell('record', key.slice(place.length), Uint8Array.from((value || store[key]).split(',')));
const heard = {
	loading: () => expect(30000),
	ready() {
		tell('hello', nonce + '\n' + language);
		tell('theme', tint);
		for (const key in store) give(key);
		move();
		tell('front', doc.hasFocus() && 'focus');
		tell(opened ? 'show' : 'hide');
	},
	here(text) {
		if (text !== nonce || ready) return;
		clearTimeout(timer);
		ready = true;
		show();
	},
	save: (text, bytes) => write(text, '' + bytes),
	close,
	unread(text) {
		count(+text);
		if (read('key')) write('unread', text);
	},
	failed: () => fail('it failed'),
};
listen(win, 'message', ({data, source, origin: from}) => {
	if (frame && source === frame.contentWindow && from === origin && data.beseda) heard[data.name]?.(data.text, data.bytes);
});
listen(win, 'focus blur', e => ready && tell('front', e.type));
listen(win, 'storage', ({key, newValue}) => {
	if (key === place + 'unread') count(+newValue);
	greet = greet && !read('greeting');
	render();
	if (ready && newValue) give(key, newValue);
});
for (const el of [launcher, say]) {
	listen(el, 'pointerenter focus', load);
	listen(el, 'click', open);
}
listen(dismiss, 'click', () => {
	leave();
	launcher.focus();
});

// The page around it: it moves without loading, swaps its body, changes its colours and shrinks under a keyboard.

const move = () => tell('page', [location.href, doc.title, doc.referrer, pageLanguage()].join('\n'));
const look = () => {
	const html = doc.documentElement;
	if (html && host.parentNode !== html && swaps++ < 99) {
		if (frame) expect(); // a frame that is moved loads anew
		html.append(host);
		watch.observe(html, {attributes: true, childList: true});
		watch.observe(doc.head, {childList: true, subtree: true});
	}
	// A page that says nothing of its scheme leaves the choice to the visitor's system.
	all.style.colorScheme = getComputedStyle(host).colorScheme !== 'normal' || doc.querySelector('meta[name=color-scheme]') ? 'inherit' : 'light dark';
	const now = /16/.test(getComputedStyle(all).color) ? 'light' : 'dark';
	if (now !== tint) {
		tint = now;
		if (ready) tell('theme', tint);
	}
	clearTimeout(later);
	later = setTimeout(() => ready && move(), 250);
};
const watch = new MutationObserver(look), view = visualViewport, fit = () => {
	if (view.scale > 1.05) return;
	style('--top', view.offsetTop + 'px');
	style('--high', view.height + 'px');
};
fit();
listen(view, 'resize scroll', fit);
look();
watch.observe(doc, {childList: true});
listen(matchMedia('(prefers-color-scheme:dark)'), 'change', look);
listen(win, 'popstate', look);
if (win.navigation) listen(navigation, 'currententrychange', look);
render();
count(+read('unread'));

// A browser with an earlier conversation asks once whether an answer waits; others may be greeted.

if (read('key')) {
	fetch(origin + '/widget/waiting', {headers: {Authorization: 'Visitor ' + String.fromCharCode(...read('key').split(',')), 'Beseda-Channel': channel}})
		.then(r => r.json()).then(a => ready || count(a.unread)).catch(() => {});
} else setTimeout(() => {
	greet = welcome && !opened && !read('greeting');
	render();
}, 1200);

const api = {
	open, close,
	toggle: () => opened ? close() : open(),
	hide() {
		close();
		all.hidden = true;
	},
	show() {
		all.hidden = false;
	},
	on: (name, f) => listen(host, name, f),
	off: (name, f) => host.removeEventListener(name, f),
	push: (...calls) => calls.map(([name, ...rest]) => api[name]?.(...rest)),
};
const name = script?.dataset.global || 'Beseda', own = win[name];
if (!own || own.map) {
	win[name] = api;
	api.push(...own || []);
}
})(BESEDA_CONFIG);
