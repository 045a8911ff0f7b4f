// A shop that never loads a second page: it changes its address by itself, and, like some frameworks do, throws its
// whole body away and makes another. The widget has to survive both.
'use strict';

const rooms = {'': 'All', lamps: 'Lamps', chairs: 'Chairs', tableware: 'Tableware'};
const base = '/demo/spa/';
let bodies = 0;

const make = (tag, attributes, ...children) => {
	const el = document.createElement(tag);
	for (const name in attributes) el.setAttribute(name, attributes[name]);
	el.append(...children);
	return el;
};
const room = () => location.pathname.slice(base.length) in rooms ? location.pathname.slice(base.length) : '';

function content() {
	const name = rooms[room()];
	document.title = name + ' · Single page';
	return [make('h1', {}, name), make('p', {}, 'Body ' + bodies + ', ' + location.pathname)];
}

function body() {
	bodies++;
	const nav = make('nav', {class: 'bar__nav', 'aria-label': 'Shop'});
	for (const place in rooms) nav.append(make('a', {href: base + place + location.search, 'data-room': ''}, rooms[place]));
	const swap = make('button', {type: 'button', id: 'swap'}, 'Swap the body');
	return make('body', {}, make('header', {class: 'bar'}, nav, swap), make('main', {class: 'note'}, ...content()));
}

const show = () => document.querySelector('main').replaceChildren(...content());

document.addEventListener('click', event => {
	const target = event.target;
	if (target.id === 'swap') {
		document.body = body();
	} else if (target.matches?.('[data-room]')) {
		event.preventDefault();
		history.pushState(null, '', target.href);
		show();
	}
});
addEventListener('popstate', show);
document.body = body();
