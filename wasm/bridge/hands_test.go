package bridge_test

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"testing"
)

// serveHands is the server that the trial's effects talk to.
func serveHands(mux *http.ServeMux) {
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, `{"method":%q,"proof":%q,"kind":%q,"size":%d,"list":["x",{"y":true,"z":null}],"body":%q}`,
			r.Method, r.Header.Get("Beseda-Request")+r.Header.Get("Authorization")+r.Header.Get("Beseda-Channel"),
			r.Header.Get("Content-Type"), len(body), body)
	})
	mux.HandleFunc("POST /files", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if len(body) > 1000 {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			fmt.Fprint(w, `{"code":"too_large","reason":"limit=1000","retry_ms":0}`)
			return
		}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"id":"f1","name":%q,"size":%d}`, r.Header.Get("Beseda-Name"), len(body))
	})
	mux.HandleFunc("GET /files/{id}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") != "f1" {
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"code":"not_found","retry_ms":70}`)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<script>1</script>"+r.Header.Get("Authorization"))
	})
	mux.HandleFunc("/ws", socket)
}

// socket answers one WebSocket message and closes with a code of its own. It is written out here, since only package
// session may know the library.
func socket(w http.ResponseWriter, r *http.Request) {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprintf(rw, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Protocol: %s\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		r.Header.Get("Sec-WebSocket-Protocol"), base64.StdEncoding.EncodeToString(sum[:]))
	_ = rw.Flush()

	var head [6]byte // of a small masked frame: kind, length, mask
	if _, err := io.ReadFull(rw, head[:]); err != nil || head[0] != 0x82 {
		return
	}
	text := make([]byte, head[1]&0x7f)
	if _, err := io.ReadFull(rw, text); err != nil {
		return
	}
	for i := range text {
		text[i] ^= head[2+i%4]
	}
	answer := append([]byte("heard "), text...)
	_, _ = rw.Write(append([]byte{0x82, byte(len(answer))}, answer...))
	_, _ = rw.Write(append([]byte{0x88, 8, 4321 >> 8, 4321 & 0xff}, "enough"...))
	_ = rw.Flush()
	_, _ = io.ReadFull(rw, make([]byte, 6+8)) // the browser says goodbye too
}

// useHands drives the effects and events that need more than a click.
func useHands(t *testing.T, ctx context.Context) {
	t.Helper()
	do := func(line string) {
		t.Helper()
		walk(t, ctx, js(fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('#do'))`, line)))
	}
	hears := func(line string) {
		t.Helper()
		until(t, ctx, fmt.Sprintf(`[...document.querySelectorAll('#events li')].some(e => e.textContent === %q)`, line))
	}

	do("timer")
	hears("fired|||5|0|")
	do("http|POST|/echo|a|1")
	hears(`answered|||418|7||method|POST|proof|1|kind|application/json|size|9|list.length|2|list.0|x|list.1.y|true|list.1.z||body|{"a":"1"}`)
	do("http|GET|/echo")
	hears(`answered|||418|7||method|GET|proof|1|kind||size|0|list.length|2|list.0|x|list.1.y|true|list.1.z||body|`)

	do("connect|/ws")
	hears("opened|||0|0|")
	do("send|привет")
	hears("frames|||0|0|heard привет")
	hears("closed||enough|4321|0|")
	do("connect|/nowhere")
	hears("closed|||1006|0|")

	do("save|draft|ещё не всё 🌍")
	do("load|draft")
	hears("record|draft|record|0|0|ещё не всё 🌍")
	do("save|draft|")
	do("load|draft")
	hears("record|draft|record|0|0|")

	walk(t, ctx, js(`document.querySelector('#text').setSelectionRange(1, 1)`))
	do("insert|text|🌍")
	until(t, ctx, `document.querySelector('#text').value === 'x🌍'`)

	// Files are dropped, described, sent, refused and forgotten; a picture has its size and a preview.
	walk(t, ctx, js(`(async () => {
		const canvas = document.createElement('canvas');
		canvas.width = 6; canvas.height = 4;
		const picture = await new Promise(done => canvas.toBlob(done, 'image/png'));
		const dropped = new DataTransfer();
		dropped.items.add(new File(['hello'], 'a ö.txt', {type: 'text/plain'}));
		dropped.items.add(new File([picture], 'p.png', {type: 'image/png'}));
		dropped.items.add(new File([new Uint8Array(2000)], 'big', {type: ''}));
		const target = document.querySelector('#target');
		target.dispatchEvent(new DragEvent('dragover', {dataTransfer: dropped, bubbles: true, cancelable: true}));
		self.left = !target.dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, bubbles: true, cancelable: true}));
	})()`))
	hears("element|drag|over|0|0|")
	hears("element|drag||0|0|")
	until(t, ctx, `self.left && [...document.querySelectorAll('#events li')].some(e =>
		/^element\|drop\|\|0\|0\|\|1\|a ö.txt\|text\/plain\|\|5\|0\|0\|2\|p.png\|image\/png\|blob:[^|]+\|\d+\|6\|4\|3\|big\|\|\|2000\|0\|0$/.test(e.textContent))`)
	do("upload|1|/files")
	hears("uploaded|1||0|0||id|f1|name|a%20%C3%B6.txt|size|5")
	do("upload|3|/files")
	hears("uploadfailed|3|too_large|0|0||code|too_large|reason|limit=1000|retry_ms|0")
	do("forget|1")

	// A finger is told from a mouse.
	for _, touch := range []string{"0", "1"} {
		walk(t, ctx, js(`for (const name of ['pointerenter', 'pointerleave'])
			document.querySelector('#target').dispatchEvent(new PointerEvent(name, {pointerType: ['mouse', 'touch'][`+touch+`]}))`))
		hears("element|enter||0|" + touch + "|")
		hears("element|leave||0|" + touch + "|")
	}

	// The visitor's proof goes with what is fetched, and a document never runs from a blob: address.
	do("authorize|KEY|CHANNEL")
	do("fetch|tag|/files/f1")
	until(t, ctx, `(self.got = [...document.querySelectorAll('#events li')].map(e => e.textContent).find(s => s.startsWith('fetched|tag|blob:')))`)
	walk(t, ctx, js(`fetch(got.split('|')[2]).then(async r => { self.kind = r.headers.get('content-type'); self.text = await r.text() })`))
	until(t, ctx, `self.kind === 'application/octet-stream' && self.text === '<script>1</script>Visitor KEY'`)
	do("fetch|other|/files/f2")
	hears("fetchfailed|other|not_found|70|0||code|not_found|retry_ms|70")
	do("download|/files/f2|name")
	hears("fetchfailed|/files/f2|not_found|70|0||code|not_found|retry_ms|70")
	do("http|GET|/echo")
	hears(`answered|||418|7||method|GET|proof|Visitor KEYCHANNEL|kind||size|0|list.length|2|list.0|x|list.1.y|true|list.1.z||body|`)

	do("words|en")
	hears("words||en|0|0|Привет")
	do("push|/deeper?x=1")
	until(t, ctx, `location.pathname === '/deeper'`)
	walk(t, ctx, js(`history.back()`))
	hears("moved||/|0|0|")
	do("language|ar|rtl")
	until(t, ctx, `document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl'`)
	do("root|data-theme|dark")
	until(t, ctx, `document.documentElement.dataset.theme === 'dark'`)
	do("announce|new message")
	until(t, ctx, `document.querySelector('.b-sr[role=status]').textContent === 'new message'`)

	// What the browser would do with a form and a link, the app does.
	walk(t, ctx, js(`document.querySelector('#submit').click(); document.querySelector('#link').click()`))
	hears("element|form||0|0|")
	hears("element|link||0|0|")
	until(t, ctx, `location.pathname === '/'`)
}
