// The browser's hands of an app in WebAssembly: it applies patches, performs effects and reports events, and decides
// nothing. wasm/bridge/doc.go and wasm/vdom/doc.go describe the bytes; the word lists below are theirs, in their order,
// and a test holds them equal. The class Go, of the compiler's or of glue.js, stands before this file in the bundle.
(() => {
'use strict';

const TAGS = '# div span p a button input textarea label form header footer main nav section aside article h1 h2 h3 h4 ul ol li dl dt dd img svg use path circle rect time bdi fieldset legend select option table caption thead tbody tr th td dialog details summary audio video i b strong em code pre hr br small kbd output figure'.split(' ');
const NAMES = 'class id href src alt title type name placeholder role for rel target download lang dir tabindex rows maxlength min max autocomplete inputmode enterkeyhint spellcheck accept width height colspan rowspan scope datetime loading decoding viewBox d hidden disabled readonly required multiple inert controls novalidate aria-label aria-labelledby aria-describedby aria-hidden aria-live aria-atomic aria-relevant aria-expanded aria-pressed aria-selected aria-checked aria-current aria-invalid aria-busy aria-controls aria-haspopup aria-activedescendant aria-modal aria-disabled aria-required aria-errormessage aria-autocomplete aria-multiselectable aria-orientation aria-roledescription aria-keyshortcuts aria-sort aria-setsize aria-posinset aria-level aria-valuenow aria-valuemin aria-valuemax aria-valuetext data-state data-screen data-kind data-side data-unread data-current data-selected data-active data-anchor .value .checked .selected .open .modal .indeterminate ~inline-size ~block-size ~max-block-size ~aspect-ratio ~--b-brand ~--b-share'.split(' ');
const EVENTS = 'click input change submit keydown focusin focusout paste drop drag scroll visible contextmenu dblclick dismiss error load pointerenter pointerleave'.split(' ');
const KINDS = 'start state opened frames closed fired files uploading uploaded uploadfailed fetched fetchfailed record host answered moved resized words notified permission copied'.split(' ');
const OPS = 'connect send disconnect timer cancel save load focus selectall insert scrollend scrollto choose upload forget authorize fetch forgetfetched download host notify closenotification asknotify title copy push replace announce http language root words reload chime caret'.split(' ');

const doc = document, html = doc.documentElement, here = location;
const given = doc.currentScript.dataset; // wasm, words-en, words-ru
const root = doc.getElementById('app');
const utf8 = new TextEncoder(), text8 = new TextDecoder();
const kind = name => EVENTS.indexOf(name) < 0 ? 64 + KINDS.indexOf(name) : EVENTS.indexOf(name);

// Events: fields to bytes, one at a time, in the order they happened.

let box = new Uint8Array(4096), fill = 0;
const room = n => {
	if (fill + n > box.length) {
		const more = new Uint8Array(2 * (fill + n));
		more.set(box);
		box = more;
	}
};
const putNumber = n => {
	for (room(10); n > 127; n = Math.floor(n / 128)) box[fill++] = n % 128 | 128;
	box[fill++] = n;
};
const putSigned = n => putNumber(n < 0 ? -2 * n - 1 : 2 * n);
const putBytes = b => {
	putNumber(b.length);
	room(b.length);
	box.set(b, fill);
	fill += b.length;
};
const putString = s => putBytes(utf8.encode(s));

let go, program, memory, inbox = 0, space = 0; // of the running instance
let busy = true, queue = [], starts = 0, recent = [];

// send hands an event over and answers what the app says to it; while the app is busy the event waits and answers 0.
const send = (name, f = {}) => {
	f.kind = kind(name);
	f.now = Date.now();
	if (busy) {
		queue.push(f);
		return 0;
	}
	busy = true;
	let answer = 0;
	try {
		answer = deliver(f);
		while (queue.length) deliver(queue.shift());
	} catch (e) {
		ended(e);
		return 0;
	}
	busy = false;
	return answer;
};
const deliver = f => {
	fill = 0;
	room(1);
	box[fill++] = f.kind;
	putNumber(f.now);
	putNumber(f.handler || 0);
	putString(f.arg || '');
	putString(f.text || '');
	putSigned(Math.round(f.a || 0));
	putSigned(Math.round(f.b || 0));
	putBytes(f.data || []);
	const list = f.list || [];
	putNumber(list.length);
	for (const s of list) putString(String(s));
	if (fill > space) program.in(-fill);
	new Uint8Array(memory.buffer, inbox, fill).set(box.subarray(0, fill));
	const answer = program.in(fill);
	if (go.exited) throw Error('the program left'); // Go's own does not throw
	return answer;
};

// out is what the program calls: here is the buffer for events, or here are a patch and effects.
let bytes, place;
const out = (what, at, size) => {
	at >>>= 0;
	size >>>= 0;
	if (!what) {
		inbox = at;
		space = size;
		return;
	}
	bytes = new Uint8Array(memory.buffer, at, size);
	place = 0;
	const end = number() + place;
	if (end > place) patch(end);
	while (place < bytes.length) {
		const op = bytes[place++], n = signed(), text = string(), more = string(), data = raw(), list = [];
		for (let i = number(); i > 0; i--) list.push(string());
		try {
			effects[op](text, more, n, data, list);
		} catch (e) {
			console.warn(e);
		}
	}
};
const number = () => {
	for (let n = 0, by = 1; ; by *= 128) {
		const c = bytes[place++];
		n += (c & 127) * by;
		if (c < 128) return n;
	}
};
const signed = () => {
	const n = number();
	return n % 2 ? -(n + 1) / 2 : n / 2;
};
const raw = () => {
	const n = number();
	return bytes.subarray(place, place += n);
};
const string = () => text8.decode(raw());

// The page.

let nodes = [root], boxes = new Set(), opener;
const patch = end => {
	const after = [], had = doc.activeElement;
	opener = null;
	for (const b of boxes) hold(b);
	for (let el; place < end;) {
		const op = bytes[place++];
		if (op < 3) {
			const id = number(), tag = op < 2 && TAGS[number()], parent = number();
			el = !tag ? doc.createTextNode(string())
				: /^(svg|use|path|circle|rect)$/.test(tag) ? doc.createElementNS('http://www.w3.org/2000/svg', tag)
				: doc.createElement(tag);
			el.$id = id;
			nodes[id] = el;
			if (parent) nodes[parent - 1].append(el);
		} else if (op < 4) {
			const parent = nodes[number()], node = nodes[number()], ref = nodes[number()];
			// Extensions and translators move nodes: what is not there is no place to stand before.
			parent.insertBefore(node, ref !== root && ref.parentNode === parent ? ref : null);
		} else if (op < 5) {
			const node = nodes[number()];
			free(node);
			node.remove();
		} else if (op < 6) el = nodes[number()];
		else if (op < 7) set(el, NAMES[number()], string(), after);
		else if (op < 8) set(el, NAMES[number()], null, after);
		else if (op < 9) listen(el, EVENTS[number()], [number(), string()]);
		else if (op < 10) listen(el, EVENTS[number()]);
		else el.data = string();
	}
	for (const f of after) f(had);
	// A window that is gone gives focus back to what had it before, unless another has come in its place.
	if (opener && !doc.querySelector('dialog:modal')) opener.focus({preventScroll: true});
	for (const b of boxes) settle(b);
};
const free = node => {
	delete nodes[node.$id];
	if (node.open && node.$opener) opener = node.$opener;
	boxes.delete(node);
	if (node.$on) {
		sight.unobserve(node);
		sizes.unobserve(node);
	}
	for (const c of node.childNodes) if (c.$id) free(c);
};
const set = (el, name, value, after) => {
	const plain = name.slice(1), there = value !== null;
	if (name[0] === '~') el.style.setProperty(plain, value || '');
	else if (name === '.modal') after.push(had => {
		if (there === el.open) return;
		if (there) el.$opener = opener || had;
		there ? el.showModal() : el.close(); // which gives focus back by itself
	});
	else if (name === '.value') {
		if (el.value !== (value || '')) el.value = value || '';
		after.push(() => grow(el));
	} else if (name[0] === '.') el[plain] = there;
	else if (there) el.setAttribute(name, value);
	else el.removeAttribute(name);
};
const listen = (el, event, on) => {
	(el.$on = el.$on || {})[event] = on;
	if (event === 'visible') on ? sight.observe(el) : sight.unobserve(el);
	if (event === 'scroll') {
		on ? (boxes.add(el), sizes.observe(el)) : (boxes.delete(el), sizes.unobserve(el));
	}
};
// A field of one row grows with what is in it, where the style sheet cannot say so.
const grow = el => {
	if (el.type === 'textarea' && el.rows === 1 && !CSS.supports('field-sizing', 'content')) {
		el.style.blockSize = 'auto';
		el.style.blockSize = el.scrollHeight + 'px';
	}
};

// Scrolling: a box with an anchor stays at its end while it is there, and else keeps in place what the person reads. One
// of rows draws those alone that are looked at: it says where it stands, and goes where "rows TOP STEP" says with each
// new step, all in hundredths of rem.

let rem = 16;
const rest = b => b.scrollHeight - b.clientHeight - b.scrollTop;
const rows = b => (b.dataset.anchor || '').startsWith('rows');
const hold = b => {
	b.$kept = null;
	if (!b.dataset.anchor || b.$end || rows(b)) return;
	const top = b.getBoundingClientRect().top;
	let list = b.querySelector('[role=log]') || b;
	while (list.childElementCount === 1) list = list.firstElementChild; // what scrolls may hold one box with all in it
	for (const c of list.children) {
		const r = c.getBoundingClientRect();
		if (r.bottom > top) {
			b.$kept = c;
			b.$top = r.top;
			return;
		}
	}
};
const settle = b => {
	if (rows(b)) {
		const [, top, step] = b.dataset.anchor.split(' ');
		if (!b.clientHeight) b.$step = ''; // off screen, where a box forgets its place
		else if (b.$step !== step) {
			b.$step = step;
			b.scrollTop = top * rem / 100;
		}
	} else if (b.dataset.anchor) {
		if (b.$end !== false) b.scrollTop = b.scrollHeight;
		else if (b.$kept && b.$kept.isConnected) b.scrollTop += b.$kept.getBoundingClientRect().top - b.$top;
	}
	b.$kept = null;
	where(b);
};
const where = b => {
	let text = (b.scrollTop < 300 ? 'top ' : '') + (rest(b) < 48 ? 'end' : ''), at = {};
	b.$end = rest(b) < 8;
	if (rows(b)) {
		if (!b.clientHeight) return;
		at = {a: b.scrollTop * 100 / rem, b: b.clientHeight * 100 / rem};
		text += ' ' + at.a + ' ' + at.b;
	}
	if (b.$where !== text && b.$on && b.$on.scroll) {
		b.$where = text;
		send('scroll', {handler: b.$on.scroll[0], arg: b.$on.scroll[1], text: text.trim(), ...at});
	}
};
const sizes = new ResizeObserver(all => {
	for (const {target} of all) if (boxes.has(target)) settle(target);
});
const sight = new IntersectionObserver(all => {
	for (const {target, isIntersecting} of all) {
		target.$seen = isIntersecting;
		if (isIntersecting) seen(target);
	}
}, {threshold: [0, .6]});
const seen = el => {
	const on = el.$on && el.$on.visible;
	if (on && !doc.hidden) send('visible', {handler: on[0], arg: on[1]});
};

// What people do. An event goes to the nearest element that listens, and further out where the app says so.

const keys = e => e.shiftKey + 2 * e.ctrlKey + 4 * e.altKey + 8 * e.metaKey + 16 * !!e.repeat;
const nearest = (el, name) => {
	for (; el && el !== doc; el = el.parentNode) if (el.$on && el.$on[name]) return el;
};
const dispatch = (e, name, f) => {
	let el = root.contains(e.target) ? e.target : root.firstElementChild, heard, answer = 0;
	while ((el = nearest(el, name))) {
		const [handler, arg] = el.$on[name], next = el.parentNode;
		heard = heard || el;
		const says = send(name, {...f, handler, arg});
		answer |= says;
		if (!(says & 2)) break;
		el = next;
	}
	if (answer & 1) e.preventDefault();
	return heard;
};
const on = (name, f) => doc.addEventListener(name, f, true);

on('click', e => {
	const link = e.target.closest && e.target.closest('a[href]');
	if (link && (keys(e) || e.button)) return; // a new tab is the browser's matter
	if (dispatch(e, 'click', {a: keys(e)}) === link && link) e.preventDefault();
});
for (const name of ['contextmenu', 'dblclick', 'focusin', 'focusout']) on(name, e => dispatch(e, name, {a: keys(e), b: e.pointerType === 'touch'}));
for (const name of ['input', 'change']) {
	on(name, e => {
		const el = e.target;
		let caret = 0;
		try {
			caret = el.selectionStart;
		} catch {} // fields without a caret
		grow(el);
		dispatch(e, name, {text: el.value, a: caret, b: el.checked});
	});
}
on('submit', e => dispatch(e, 'submit') && e.preventDefault());
on('keydown', e => {
	if (e.isComposing || e.keyCode === 229) return;
	dispatch(e, 'keydown', {text: e.key, a: keys(e), b: /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName), list: [e.code]});
});
on('scroll', e => boxes.has(e.target) && where(e.target));
on('cancel', e => {
	if (dispatch(e, 'dismiss')) e.preventDefault();
});
for (const name of ['error', 'load', 'pointerenter', 'pointerleave']) {
	on(name, e => e.target.$on && e.target.$on[name] && dispatch(e, name, {b: e.pointerType === 'touch'}));
}
on('paste', e => {
	const d = e.clipboardData;
	if (!d || !d.files.length || d.types.includes('text/plain')) return;
	if (take(e, 'paste', d.files)) e.preventDefault();
});
let over;
const drag = el => {
	if (over === el) return;
	for (const [at, text] of [[over, ''], [el, 'over']]) {
		const o = at && at.$on && at.$on.drag;
		if (o) send('drag', {handler: o[0], arg: o[1], text});
	}
	over = el;
};
on('dragover', e => {
	if (![...e.dataTransfer.types].includes('Files')) return;
	e.preventDefault(); // or the browser would leave the page for the file
	const el = nearest(e.target, 'drop');
	e.dataTransfer.dropEffect = el ? 'copy' : 'none';
	drag(el && nearest(e.target, 'drag'));
});
on('dragleave', e => e.relatedTarget || drag());
on('drop', e => {
	if (!e.dataTransfer.files.length) return;
	e.preventDefault();
	drag();
	take(e, 'drop', e.dataTransfer.files);
});

// The page itself.

const state = () => {
	if (!doc.hidden) for (const el of root.querySelectorAll('*')) if (el.$seen) seen(el);
	send('state', {a: !doc.hidden + 2 * doc.hasFocus() + 4 * navigator.onLine});
};
doc.addEventListener('visibilitychange', state);
for (const name of ['focus', 'blur', 'online', 'offline']) addEventListener(name, state);
const url = () => here.pathname + here.search + here.hash;
addEventListener('popstate', () => send('moved', {text: url()}));
let em;
const resize = () => {
	rem = parseFloat(getComputedStyle(html).fontSize);
	const a = Math.floor(innerWidth / rem), b = Math.floor(innerHeight / rem);
	if (em !== a + ' ' + b) {
		em = a + ' ' + b;
		send('resized', {a, b});
	}
};
addEventListener('resize', () => requestAnimationFrame(resize));
const say = doc.createElement('div');
say.className = 'b-sr';
say.setAttribute('role', 'status');
doc.body.append(say);

// Files: their bytes stay here, the app knows them by handles.

const images = /^image\/(png|jpeg|gif|webp)$/;
let files = {}, uploads = {}, fetched = {}, handles = 0;
const take = (e, name, list) => {
	const el = nearest(e.target, name);
	if (el) describe(list).then(list => send(name, {handler: el.$on[name][0], arg: el.$on[name][1], list}));
	return el;
};
const describe = async list => {
	const all = [];
	for (const file of list) {
		const handle = String(++handles);
		files[handle] = {file};
		let preview = '', size = {};
		if (images.test(file.type)) {
			preview = files[handle].preview = URL.createObjectURL(file);
			size = await measure(preview);
		}
		all.push(handle, file.name, file.type, preview, file.size, size.naturalWidth || 0, size.naturalHeight || 0);
	}
	return all;
};
const measure = src => new Promise(done => {
	const image = new Image();
	image.onload = image.onerror = () => done(image);
	setTimeout(done, 2000, image);
	image.src = src;
});
let proof = {'Beseda-Request': '1'};
// flat turns JSON into pairs: {"a":{"b":1}} is "a.b", "1".
const flat = (value, path, list) => {
	if (value && typeof value === 'object') {
		if (Array.isArray(value)) list.push(path + 'length', value.length);
		for (const k of Object.keys(value)) flat(value[k], path + k + '.', list);
	} else list.push(path.slice(0, -1), value === null ? '' : value);
	return list;
};
const fields = text => {
	try {
		return flat(JSON.parse(text), '', []);
	} catch {
		return [];
	}
};
const pair = (list, name) => {
	for (let i = 0; i < list.length; i += 2) if (list[i] === name) return String(list[i + 1]);
	return '';
};
const fetchBlob = async (path, done) => {
	let list = [], text = '';
	try {
		const answer = await fetch(path, {headers: proof});
		if (answer.ok) {
			const blob = await answer.blob();
			// A document in a blob: address would run as ours.
			return done(images.test(blob.type) || /^(audio|video)\//.test(blob.type) ? blob : new Blob([blob], {type: 'application/octet-stream'}));
		}
		list = fields(await answer.text());
		text = pair(list, 'code') || 'internal';
	} catch {} // no line
	done(null, {text, a: +pair(list, 'retry_ms'), list});
};

// The loader, on the page that embeds this one. Its first word fixes the only origin that is listened and spoken to.

const embedded = parent !== self;
// sign tells the page around where we stand before it spoke: it says nothing but that we are here.
const sign = name => embedded && parent.postMessage({beseda: 1, name}, host || '*');
let host, waiting = [];
const tell = message => host ? parent.postMessage({beseda: 1, ...message}, host) : waiting.push(message);
addEventListener('message', e => {
	const m = e.data;
	if (e.source !== parent || !embedded || !m || m.beseda !== 1 || (host && e.origin !== host)) return;
	if (!host) {
		if (m.name !== 'hello') return;
		host = e.origin;
		waiting.splice(0).forEach(tell);
	}
	const data = Uint8Array.from(m.bytes || []), text = String(m.name), arg = String(m.text || '');
	send(text === 'record' ? text : 'host', {text, arg, data});
});

let socket, timers = {};
const drop = () => {
	if (socket) {
		socket.onopen = socket.onmessage = socket.onclose = null;
		socket.close();
	}
	socket = null;
};
const field = id => doc.getElementById(id);
const behave = n => ({behavior: n && !matchMedia('(prefers-reduced-motion:reduce)').matches ? 'smooth' : 'instant'});
const notes = {};
const keep = name => 'beseda.' + name;

// Each takes: text, more, n, data, list.
const perform = {
	connect(path) {
		drop();
		const s = socket = new WebSocket((here.protocol === 'https:' ? 'wss://' : 'ws://') + here.host + path, 'beseda.v1.msgpack');
		s.binaryType = 'arraybuffer';
		s.onopen = () => send('opened');
		s.onmessage = e => send('frames', {data: new Uint8Array(e.data)});
		s.onclose = e => {
			socket = null;
			send('closed', {a: e.code, text: e.reason});
		};
	},
	send(_, __, ___, data) {
		if (socket && socket.readyState === 1) socket.send(data);
	},
	disconnect: drop,
	timer(_, __, ms, ___, [id]) {
		clearTimeout(timers[id]);
		timers[id] = setTimeout(() => send('fired', {a: id}), ms);
	},
	cancel: (_, __, id) => clearTimeout(timers[id]),
	save(text, _, __, data) {
		if (embedded) return tell({name: 'save', text, bytes: data.slice()});
		if (data.length) localStorage.setItem(keep(text), btoa(Array.from(data, c => String.fromCharCode(c)).join('')));
		else localStorage.removeItem(keep(text));
	},
	load(text) {
		if (embedded) return tell({name: 'load', text});
		let all = [];
		const get = name => {
			let kept;
			try {
				kept = localStorage.getItem(keep(name));
			} catch {} // forbidden here
			send('record', {text: 'record', arg: name, data: Uint8Array.from(atob(kept || ''), c => c.charCodeAt(0))});
		};
		try {
			if (text.endsWith('.')) all = Object.keys(localStorage).filter(k => k.startsWith(keep(text)) && k !== keep(text));
		} catch {} // forbidden here
		for (const k of all) get(k.slice(keep('').length));
		get(text);
	},
	focus(id, _, lost) {
		const at = doc.activeElement;
		if (field(id) && !(lost && at && at !== doc.body)) field(id).focus({preventScroll: true});
	},
	selectall: id => field(id) && (field(id).focus(), field(id).select()),
	insert(id, text) {
		const el = field(id);
		el.focus();
		el.setRangeText(text, el.selectionStart, el.selectionEnd, 'end');
		el.dispatchEvent(new Event('input', {bubbles: true}));
	},
	scrollend(id, _, n) {
		const el = field(id);
		if (!n) el.$end = true;
		el.scrollTo({top: el.scrollHeight, ...behave(n)});
	},
	scrollto(id, _, n) {
		const el = field(id);
		if (!el) return;
		el.scrollIntoView({block: 'nearest', ...behave(n)});
		for (const b of boxes) if (b.contains(el)) where(b); // or it would be kept at its end
	},
	choose(arg, accept, several) {
		const input = doc.createElement('input');
		input.type = 'file';
		input.accept = accept;
		input.multiple = several;
		input.onchange = () => describe(input.files).then(list => send('files', {arg, list}));
		input.click();
	},
	upload(arg, path) {
		const {file} = files[arg], x = uploads[arg] = new XMLHttpRequest();
		let last = 0;
		const failed = (text, a, list) => send('uploadfailed', {arg, text, a, list});
		x.open('POST', path);
		for (const name in proof) x.setRequestHeader(name, proof[name]);
		x.setRequestHeader('Beseda-Name', encodeURIComponent(file.name));
		x.upload.onprogress = e => {
			if (e.timeStamp - last > 100) {
				last = e.timeStamp;
				send('uploading', {arg, a: e.loaded, b: e.total});
			}
		};
		x.onload = () => {
			delete uploads[arg];
			const list = fields(x.responseText);
			if (x.status === 201 || x.status === 204) send('uploaded', {arg, list});
			else failed(pair(list, 'code') || 'internal', +pair(list, 'retry_ms'), list);
		};
		x.onerror = () => {
			delete uploads[arg];
			failed('', 0, []);
		};
		x.send(file);
	},
	forget(arg) {
		if (uploads[arg]) uploads[arg].abort();
		if (files[arg] && files[arg].preview) URL.revokeObjectURL(files[arg].preview);
		delete uploads[arg];
		delete files[arg];
	},
	authorize: (key, channel) => {
		proof = {Authorization: 'Visitor ' + key, 'Beseda-Channel': channel};
	},
	fetch: (arg, path) => fetchBlob(path, (blob, why) => {
		if (!blob) return send('fetchfailed', {arg, ...why});
		if (fetched[arg]) URL.revokeObjectURL(fetched[arg]);
		send('fetched', {arg, text: fetched[arg] = URL.createObjectURL(blob)});
	}),
	forgetfetched: arg => {
		if (fetched[arg]) URL.revokeObjectURL(fetched[arg]);
		delete fetched[arg];
	},
	download: (path, name) => fetchBlob(path, (blob, why) => {
		if (!blob) return send('fetchfailed', {arg: path, ...why});
		const a = doc.createElement('a');
		a.download = name;
		a.href = URL.createObjectURL(blob);
		a.click();
		setTimeout(() => URL.revokeObjectURL(a.href), 60000);
	}),
	host: (name, text, _, data) => tell({name, text, bytes: data.slice()}),
	notify(title, body, _, __, [tag]) {
		if (Notification.permission !== 'granted') return;
		const note = notes[tag] = new Notification(title, {body, tag});
		note.onclick = () => {
			focus();
			note.close();
			send('notified', {arg: tag});
		};
	},
	closenotification: tag => {
		if (notes[tag]) notes[tag].close();
		delete notes[tag];
	},
	asknotify: () => Notification.requestPermission().then(text => send('permission', {text})),
	title: text => {
		doc.title = text;
	},
	copy: text => navigator.clipboard.writeText(text).then(() => send('copied', {a: 1}), () => send('copied')),
	push: path => history.pushState(null, '', path),
	replace: path => history.replaceState(null, '', path),
	announce: text => {
		say.textContent = '';
		setTimeout(() => {
			say.textContent = text;
		}, 60);
	},
	async http(method, path, b, _, list) {
		const body = {};
		for (let i = 0; i < list.length; i += 2) body[list[i]] = list[i + 1];
		let a = 0, answers = [];
		try {
			const answer = await fetch(path, {
				method, headers: list.length ? {...proof, 'Content-Type': 'application/json'} : proof,
				body: list.length ? JSON.stringify(body) : undefined,
			});
			answers = fields(await answer.text());
			a = answer.status;
		} catch {} // no line
		send('answered', {a, b, list: answers});
	},
	language: (tag, _, rtl) => {
		html.lang = tag;
		html.dir = rtl ? 'rtl' : 'ltr';
	},
	root: (name, value) => {
		if (name.startsWith('--')) html.style.setProperty(name, value);
		else if (!name.startsWith('data-')) throw Error(name);
		else if (value) html.setAttribute(name, value);
		else html.removeAttribute(name);
	},
	words: text => words(text).then(data => send('words', {text, data})),
	reload: () => here.reload(),
	chime() {
		const audio = new AudioContext(), gain = audio.createGain(), t = audio.currentTime;
		gain.connect(audio.destination);
		gain.gain.setValueAtTime(.06, t);
		gain.gain.exponentialRampToValueAtTime(.0001, t + .5);
		for (const [hertz, at] of [[660, 0], [880, .12]]) {
			const tone = audio.createOscillator();
			tone.frequency.value = hertz;
			tone.connect(gain);
			tone.start(t + at);
			tone.stop(t + .5);
			tone.onended = () => at && audio.close();
		}
	},
	caret: (id, _, n) => {
		const el = field(id), at = n < 0 ? el.value.length : n;
		el.setSelectionRange(at, at);
	},
};
const effects = OPS.map(name => perform[name]);

// The program: fetched once, run as often as it ends.

const words = async language => {
	try {
		const answer = await fetch(given['words' + language[0].toUpperCase() + language.slice(1)]);
		return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : [];
	} catch {
		return [];
	}
};
const known = language => given['words' + language[0].toUpperCase() + language.slice(1)];
const language = () => {
	for (const l of [html.dataset.language || '', ...navigator.languages, html.lang, 'en']) {
		const short = l.slice(0, 2).toLowerCase();
		if (short && known(short)) return short;
	}
	return 'en';
};
// The offsets of local time: minutes east of UTC, then each change since three years ago as ms:minutes.
const zone = () => {
	const hour = 3600000, end = Date.now() + 9600 * hour, offset = t => -new Date(t).getTimezoneOffset();
	let t = Math.floor(Date.now() / hour) * hour - 26400 * hour, is = offset(t), list = is;
	while (t < end) {
		const next = t + 240 * hour, then = offset(next);
		if (then !== is) {
			let low = t, high = next;
			while (high - low > 60000) {
				const middle = low + Math.floor((high - low) / 120000) * 60000;
				if (offset(middle) === is) low = middle;
				else high = middle;
			}
			list += ';' + high + ':' + (is = then);
		}
		t = next;
	}
	return String(list);
};
const environment = () => {
	const list = [
		'url', url(), 'site', here.origin, 'languages', navigator.languages.join(), 'zone', zone(),
		'seed', Array.from(crypto.getRandomValues(new Uint8Array(32)), c => c.toString(16).padStart(2, '0')).join(''),
		'permission', self.Notification ? Notification.permission : 'none', 'host', embedded ? 1 : 0, 'origin', host || '',
	];
	for (const a of html.attributes) if (a.name.startsWith('data-')) list.push(a.name, a.value);
	return list;
};
const wait = ms => new Promise(done => setTimeout(done, ms));
const get = async () => {
	for (const pause of [300, 1000, 3000, 0]) {
		try {
			return await WebAssembly.compileStreaming(fetch(given.wasm));
		} catch (e) {
			if (!pause) throw e;
			await wait(pause);
		}
	}
};
const code = get(), tongue = language(), texts = words(tongue);
const run = async () => {
	const data = await texts, next = new Go();
	next.importObject.beseda = {out};
	const instance = await WebAssembly.instantiate(await code, next.importObject);
	go = next;
	program = instance.exports;
	memory = program.memory || program.mem;
	go.run(instance); // comes back when the program waits for calls
	const held = queue;
	queue = [];
	em = '';
	resize();
	state();
	queue.push(...held); // after the start, which is sent now
	busy = false;
	send('start', {text: tongue, a: ++starts, data, list: environment()});
	sign('ready');
};
// ended clears away what a dead instance left and starts another; four ends within a minute are enough.
const ended = e => {
	console.error(e);
	program = null;
	busy = true;
	queue = [];
	drop();
	for (const id in timers) clearTimeout(timers[id]);
	for (const id in files) perform.forget(id);
	timers = {};
	sight.disconnect();
	sizes.disconnect();
	boxes.clear();
	nodes = [root];
	root.replaceChildren();
	const now = Date.now();
	recent = recent.filter(t => now - t < 60000);
	recent.push(now);
	if (recent.length > 3) failed();
	else setTimeout(() => run().catch(failed), 200);
};
const failed = () => {
	html.dataset.state = 'failed';
	sign('failed');
};
sign('loading'); // the policy let us in, and a slow line needs its time
run().catch(e => {
	console.error(e);
	failed();
});
})();
