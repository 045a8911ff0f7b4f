package server

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/store"
)

// tinyPNG is a picture of 2 × 3 pixels.
var tinyPNG = func() string {
	var b bytes.Buffer
	picture := image.NewGray(image.Rect(0, 0, 2, 3))
	picture.SetGray(1, 1, color.Gray{Y: 200})
	if err := png.Encode(&b, picture); err != nil {
		panic(err)
	}
	return b.String()
}()

// grayPNG is a whole picture that weighs little.
func grayPNG(width, height int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		panic(err)
	}
	return b.String()
}

// claimedPNG is the head of a picture that says how large it is, and nothing more.
func claimedPNG(width, height uint32) string {
	ihdr := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	ihdr = append(binary.BigEndian.AppendUint32(ihdr, height), 8, 2, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), ihdr...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(ihdr)))
}

func named(name string) func(*http.Request) { return header("Beseda-Name", url.PathEscape(name)) }

// upload sends a file that has to be taken.
func (h *house) upload(t testing.TB, who func(*http.Request), name, content string) (a protocol.Attachment) {
	t.Helper()
	res := h.request("POST", "/files", strings.NewReader(content), who, named(name))
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("upload of %s: %s %+v", name, res.Status, refusal(t, res))
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

const mega = 1 << 20

// padded is content of a kind, of an exact length.
func padded(head string, size int) string { return head + strings.Repeat("\x00", size-len(head)) }

func TestWhatAnUploadIsJudgedBy(t *testing.T) {
	t.Parallel()
	h := open(t)
	const (
		gif  = "GIF89a\x02\x00\x03\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x03\x00\x00\x02\x02\x84\x51\x00;"
		ogg  = "OggS\x00\x02" + "\x00\x00\x00\x00\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x01\x13OpusHead"
		mp4  = "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
		exe  = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
		svg  = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
		html = "<!DOCTYPE html><script>alert(1)</script>"
	)
	for name, c := range map[string]struct {
		file, content string
		kind          protocol.AttachmentKind
		stored        string // the name
		served        string
		inline        bool
	}{
		"a picture":                 {"a.png", tinyPNG, protocol.AttachmentImage, "a.png", "image/png", true},
		"an animated picture":       {"a.gif", gif, protocol.AttachmentImage, "a.gif", "image/gif", true},
		"a picture under a lie":     {"a.txt", tinyPNG, protocol.AttachmentImage, "a.txt", "image/png", true},
		"a program called picture":  {"cat.png", padded(exe, 600), protocol.AttachmentOther, "cat.png", "application/octet-stream", false},
		"a page":                    {"a.html", html, protocol.AttachmentOther, "a.html", "application/octet-stream", false},
		"a page behind a mark":      {"a.html", "\ufeff" + html, protocol.AttachmentOther, "a.html", "application/octet-stream", false},
		"a page in two bytes":       {"a.html", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", protocol.AttachmentOther, "a.html", "application/octet-stream", false},
		"a drawing with a script":   {"a.svg", svg, protocol.AttachmentOther, "a.svg", "application/octet-stream", false},
		"a drawing behind a mark":   {"a.svg", "\ufeff<?xml version=\"1.0\"?>" + svg, protocol.AttachmentOther, "a.svg", "application/octet-stream", false},
		"a drawing called picture":  {"a.png", svg, protocol.AttachmentOther, "a.png", "application/octet-stream", false},
		"a sound":                   {"a.ogg", padded(ogg, 600), protocol.AttachmentAudio, "a.ogg", "audio/ogg", false},
		"a film":                    {"a.mp4", padded(mp4, 600), protocol.AttachmentVideo, "a.mp4", "video/mp4", false},
		"a document":                {"a.pdf", "%PDF-1.7\n%%EOF", protocol.AttachmentOther, "a.pdf", "application/pdf", false},
		"a text":                    {"a.txt", "hello", protocol.AttachmentOther, "a.txt", "application/octet-stream", false},
		"a name with markup":        {`<img src=x onerror="alert(1)">.txt`, "x", protocol.AttachmentOther, `<img src=x onerror="alert(1)">.txt`, "application/octet-stream", false},
		"a name of folders":         {"../../etc/passwd", "x", protocol.AttachmentOther, "passwd", "application/octet-stream", false},
		"a name of Windows folders": {`C:\Users\me\secret.txt`, "x", protocol.AttachmentOther, "secret.txt", "application/octet-stream", false},
		"a name of dots":            {"..", "x", protocol.AttachmentOther, "file", "application/octet-stream", false},
		"no name":                   {"", "x", protocol.AttachmentOther, "file", "application/octet-stream", false},
		"a name that turns around":  {"invoice\u202egpj.exe", "x", protocol.AttachmentOther, "invoicegpj.exe", "application/octet-stream", false},
		"a name of lines":           {"a\r\nSet-Cookie: x=y.txt", "x", protocol.AttachmentOther, "a  Set-Cookie: x=y.txt", "application/octet-stream", false},
		"a name that is too long":   {strings.Repeat("я", 300) + ".docx", "x", protocol.AttachmentOther, strings.Repeat("я", 155) + ".docx", "application/octet-stream", false},
		"a name in Russian":         {"счёт № 7.txt", "x", protocol.AttachmentOther, "счёт № 7.txt", "application/octet-stream", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kira, w := h.visitor("")
			who := h.fromWidget(w.VisitorKey)
			a := h.upload(t, who, c.file, c.content)
			if a.Kind != c.kind || a.Name != c.stored || a.Size != int64(len(c.content)) {
				t.Errorf("it is %+v, want %s %q", a, c.kind, c.stored)
			}
			if sized := a.Width != 0; sized != (c.kind == protocol.AttachmentImage) {
				t.Errorf("it measures %d × %d", a.Width, a.Height)
			}
			h.say(kira, 0, "", a.ID)
			res := h.request("GET", "/files/"+string(a.ID), nil, who)
			got, err := io.ReadAll(res.Body)
			if err != nil || string(got) != c.content {
				t.Errorf("%d bytes come back: %v", len(got), err)
			}
			head := res.Header
			disposition, _, _ := strings.Cut(head.Get("Content-Disposition"), ";")
			if inline := disposition == "inline"; inline != c.inline || !c.inline && disposition != "attachment" {
				t.Errorf("disposition %q", head.Get("Content-Disposition"))
			}
			if got := head.Get("Content-Type"); got != c.served {
				t.Errorf("served as %q, want %q", got, c.served)
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
				"Cross-Origin-Resource-Policy": "same-origin", "Set-Cookie": "",
			} {
				if got := head.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestUploadsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, w := h.visitor("")
	kira := h.fromWidget(w.VisitorKey)
	forged := h.fromWidget(flip(w.VisitorKey, 40))
	noLength := func(r *http.Request) { r.ContentLength = -1 }
	jpeg, err := base64.StdEncoding.DecodeString("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//")
	if err != nil {
		t.Fatal(err)
	}
	other := h.newChannel(protocol.ChannelCreate{Looks: protocol.Looks{Name: "Other", Color: "#112233"}, AnySite: true})
	for name, c := range map[string]struct {
		who     func(*http.Request)
		content string
		edit    func(*http.Request)
		status  int
		want    string
	}{
		"nobody":                           {func(*http.Request) {}, "x", nil, 401, "unauthorized"},
		"a forged key":                     {forged, "x", nil, 401, "unauthorized visitor_key"},
		"a key of another shop":            {kira, "x", header("Beseda-Channel", string(other)), 401, "unauthorized visitor_key"},
		"a key without a shop":             {kira, "x", header("Beseda-Channel", ""), 401, "unauthorized visitor_key"},
		"nothing":                          {kira, "", nil, 400, "invalid field=content-length rule=required"},
		"no length":                        {kira, "x", noLength, 400, "invalid field=content-length rule=required"},
		"a picture of 900 million pixels":  {kira, claimedPNG(30_000, 30_000), nil, 413, "too_large image limit=12000px"},
		"a picture that is too wide":       {kira, claimedPNG(12_001, 1), nil, 413, "too_large image limit=12000px"},
		"a picture of too many pixels":     {kira, claimedPNG(10_000, 5_001), nil, 413, "too_large image limit=12000px"},
		"a picture of no size":             {kira, claimedPNG(0, 10), nil, 400, "invalid image rule=readable"},
		"a picture of 2^32 - 1 pixels":     {kira, claimedPNG(1<<32-1, 1<<32-1), nil, 400, "invalid image rule=readable"},
		"half a picture":                   {kira, string(jpeg), nil, 400, "invalid image rule=readable"},
		"a name that is not percent-coded": {kira, "x", header("Beseda-Name", "100%"), 400, "invalid field=beseda-name"},
		"an operator's form":               {func(r *http.Request) { r.AddCookie(h.cookieOf(h.bob)) }, "x", nil, 403, "forbidden origin"},
		"an operator's from a foreign page": {h.fromConsole(h.cookieOf(h.bob)), "x", header("Origin", "https://evil.example"),
			403, "forbidden origin"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			edit := c.edit
			if edit == nil {
				edit = func(*http.Request) {}
			}
			res := h.request("POST", "/files", strings.NewReader(c.content), c.who, named("a.bin"), edit)
			r := refusal(t, res)
			if got := strings.TrimSpace(string(r.Code) + " " + r.Reason); got != c.want || res.StatusCode != c.status {
				t.Errorf("%d %q, want %d %q", res.StatusCode, got, c.status, c.want)
			}
		})
	}
}

func TestEachKindHasItsLimitToTheByte(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, w := h.visitor("")
	who := h.fromWidget(w.VisitorKey)
	for name, c := range map[string]struct {
		head  string
		limit int
	}{
		"pictures": {tinyPNG, 25 * mega},
		"sounds":   {"ID3\x04\x00\x00\x00\x00\x00\x00", 25 * mega},
		"films":    {"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", 100 * mega},
		"others":   {"PK\x03\x04\x14\x00\x00\x00\x08\x00", 25 * mega},
	} {
		t.Run(name, func(t *testing.T) {
			h.upload(t, who, "a", padded(c.head, c.limit))
			res := h.request("POST", "/files", strings.NewReader(padded(c.head, c.limit+1)), who, named("a"))
			r := refusal(t, res)
			if want := fmt.Sprintf("limit=%d", c.limit); res.StatusCode != 413 || r.Code != protocol.CodeTooLarge || r.Reason != want {
				t.Errorf("one byte more: %s %+v, want %s", res.Status, r, want)
			}
		})
	}
}

func TestALengthThatLiesLeavesNothing(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, w := h.visitor("")
	for name, c := range map[string]struct {
		claimed, sent int
		close         bool
		status        int
	}{
		"less comes than was said, and the line is cut": {claimed: 3 * mega, sent: 2 * mega, close: true},
		"more comes than was said":                      {claimed: 10, sent: 2000, status: 201},
		"more is said than may be":                      {claimed: 1 << 40, sent: 0, status: 413},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(h.base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST /files HTTP/1.1\r\nHost: x\r\nAuthorization: Visitor %s\r\nBeseda-Channel: %s\r\nContent-Length: %d\r\n\r\n",
				w.VisitorKey, h.channel, c.claimed)
			_, _ = io.WriteString(conn, strings.Repeat("y", c.sent))
			if c.close {
				_ = conn.(*net.TCPConn).CloseWrite()
			}
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			if c.status != 0 && res.StatusCode != c.status || c.close && res.StatusCode < 400 {
				t.Errorf("answers %s", res.Status)
			}
		})
	}
	// What was cut is not there: neither as an upload nor as content.
	uploads := 0
	if err := h.Engine.Read(func(r store.Reader) error {
		for up, err := range store.Uploads.Scan(r, store.Uploads.Under()) {
			if err != nil {
				return err
			}
			if uploads++; up.Attachment.Size != 10 {
				t.Errorf("%d bytes are kept", up.Attachment.Size)
			}
		}
		return nil
	}); err != nil || uploads != 1 {
		t.Errorf("%d uploads, %v", uploads, err)
	}
	blobs := 0
	for b, err := range h.blobs.All() {
		if blobs++; err != nil || b.Size != 10 {
			t.Errorf("content of %d bytes, %v", b.Size, err)
		}
	}
	if blobs != 1 {
		t.Errorf("%d contents", blobs)
	}
}

func TestAFileIsForWhoMayReadItsMessage(t *testing.T) {
	t.Parallel()
	h := open(t)
	kira, k := h.visitor("")
	_, l := h.visitor("")
	mine := h.upload(t, h.fromWidget(k.VisitorKey), "a.txt", "mine")
	bob, ann := h.cookieOf(h.bob), h.cookieOf(h.ann)
	get := func(a protocol.Attachment, who ...func(*http.Request)) int {
		return h.request("GET", "/files/"+string(a.ID), nil, who...).StatusCode
	}
	people := []struct {
		who           string
		as            func(*http.Request)
		before, after int
	}{
		{"its uploader", h.fromWidget(k.VisitorKey), 200, 200},
		{"another visitor", h.fromWidget(l.VisitorKey), 404, 404},
		{"an operator", h.fromConsole(bob), 404, 200},
		{"an administrator", h.fromConsole(ann), 404, 200},
		{"nobody", func(*http.Request) {}, 401, 401},
	}
	for _, p := range people {
		if got := get(mine, p.as); got != p.before {
			t.Errorf("%s, before it is sent: %d, want %d", p.who, got, p.before)
		}
	}
	h.say(kira, 0, "here", mine.ID)
	for _, p := range people {
		if got := get(mine, p.as); got != p.after {
			t.Errorf("%s, once it is sent: %d, want %d", p.who, got, p.after)
		}
	}
	for _, id := range []string{"x", "..%2f..%2fetc%2fpasswd", newID(), strings.ToLower(string(mine.ID)), string(mine.ID) + "x"} {
		if got := h.request("GET", "/files/"+id, nil, h.fromWidget(k.VisitorKey)).StatusCode; got != 404 {
			t.Errorf("file %q: %d", id, got)
		}
	}
	// An operator's file is the visitor's to see once it is sent to them, and no other's.
	theirs := h.upload(t, h.fromConsole(bob), "b.txt", "theirs")
	b, _ := h.operator(h.bob)
	h.say(b, 1, "", theirs.ID)
	if got := get(theirs, h.fromWidget(k.VisitorKey)); got != 200 {
		t.Errorf("Kira, of Bob's file: %d", got)
	}
	if got := get(theirs, h.fromWidget(l.VisitorKey)); got != 404 {
		t.Errorf("Lev, of Bob's file: %d", got)
	}
}

func TestUploadsAreLimited(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	_, w := h.visitor("")
	for range auth.Limitations[auth.LimitUploadVisitor].Burst {
		h.upload(t, h.fromWidget(w.VisitorKey), "a", "a")
	}
	res := h.request("POST", "/files", strings.NewReader("a"), h.fromWidget(w.VisitorKey))
	if r := refusal(t, res); res.StatusCode != 429 || r.RetryMs == 0 || res.Header.Get("Retry-After") == "" {
		t.Errorf("one more: %s %+v", res.Status, r)
	}
	_, other := h.visitor("")
	h.upload(t, h.fromWidget(other.VisitorKey), "a", "a")
}

// TestNewKeysMakeNoRoomForFiles: anybody is a new visitor with each hello.
func TestNewKeysMakeNoRoomForFiles(t *testing.T) {
	t.Parallel()
	h := open(t, limited, proxied)
	const flat, next = "203.0.113.7", "203.0.113.8"
	stranger := func() func(*http.Request) { _, w := h.visitor(""); return h.fromWidget(w.VisitorKey) }
	post := func(who func(*http.Request), address string) *http.Response {
		return h.request("POST", "/files", strings.NewReader("a"), who, from(address))
	}
	own := auth.Limitations[auth.LimitUploadVisitor].Burst
	for sent := range auth.Limitations[auth.LimitUploadAddress].Burst {
		who := stranger()
		if sent%own != 0 {
			continue
		}
		for range own {
			if res := post(who, flat); res.StatusCode != http.StatusCreated {
				t.Fatalf("within the limit: %s %+v", res.Status, refusal(t, res))
			}
		}
	}
	fresh := stranger()
	for range own + 5 { // what the address refuses does not use the visitor's own limit up
		res := post(fresh, flat)
		if r := refusal(t, res); res.StatusCode != 429 || r.Reason != "upload_address" || r.RetryMs == 0 {
			t.Fatalf("with another key: %s %+v", res.Status, r)
		}
	}
	if res := post(fresh, next); res.StatusCode != http.StatusCreated {
		t.Errorf("next door: %s", res.Status)
	}
	if res := h.request("POST", "/files", strings.NewReader("a"), h.fromConsole(h.cookieOf(h.bob))); res.StatusCode != http.StatusCreated {
		t.Errorf("an operator: %s", res.Status)
	}
	h.advance(auth.Limitations[auth.LimitUploadAddress].Every)
	if res := post(fresh, flat); res.StatusCode != http.StatusCreated {
		t.Errorf("when told to come back: %s", res.Status)
	}
}

func TestAnAddressFillsTheDiskOnlySoFast(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	weight := auth.Limitations[auth.LimitUploadMegabytes].Burst
	if err := h.Auth.Limits.TakeSome(auth.LimitUploadMegabytes, "127.0.0.1", weight-27); err != nil {
		t.Fatal(err)
	}
	_, w := h.visitor("")
	who := h.fromWidget(w.VisitorKey)
	for range 3 { // it is no film, and may be no larger than the others: nothing is kept, so nothing counts
		if res := h.request("POST", "/files", strings.NewReader(padded(tinyPNG, 25*mega+1)), who); res.StatusCode != 413 {
			t.Fatalf("26 of 27: %s %+v", res.Status, refusal(t, res))
		}
	}
	h.upload(t, who, "a", padded(tinyPNG, 25*mega-1))
	h.upload(t, who, "b", "b")
	h.upload(t, who, "c", "c")
	_, w = h.visitor("")
	res := h.request("POST", "/files", strings.NewReader("d"), h.fromWidget(w.VisitorKey))
	if r := refusal(t, res); res.StatusCode != 429 || r.Reason != "upload_megabytes" || r.RetryMs == 0 {
		t.Errorf("one more: %s %+v", res.Status, r)
	}
}

func TestAnOperatorsPictureIsDrawnAnew(t *testing.T) {
	t.Parallel()
	h := open(t)
	bob, _ := h.operator(h.bob)
	cookie := h.cookieOf(h.bob)
	for name, c := range map[string]struct {
		content string
		status  int
	}{
		"no picture":      {"<svg xmlns='http://www.w3.org/2000/svg'/>", 400},
		"a huge one":      {claimedPNG(30_000, 30_000), 413},
		"half of one":     {tinyPNG[:40], 400},
		"the largest":     {grayPNG(4000, 4000), 204},
		"one row more":    {grayPNG(4000, 4001), 413},
		"one too heavy":   {padded(tinyPNG, 5*mega+1), 413},
		"one with a tail": {tinyPNG + "<script>alert(1)</script>", 204},
	} {
		if res := h.request("POST", "/pictures", strings.NewReader(c.content), h.fromConsole(cookie)); res.StatusCode != c.status {
			t.Errorf("%s: %s, want %d", name, res.Status, c.status)
		}
	}
	if res := h.request("POST", "/pictures", strings.NewReader(tinyPNG), func(r *http.Request) { r.AddCookie(cookie) }); res.StatusCode != 403 {
		t.Errorf("a form: %s", res.Status)
	}
	_, w := h.visitor("")
	if res := h.request("POST", "/pictures", strings.NewReader(tinyPNG), h.fromWidget(w.VisitorKey)); res.StatusCode != 403 {
		t.Errorf("a visitor: %s", res.Status)
	}
	h.wait(bob, func(f protocol.Frame) bool {
		if f.Kind != protocol.KindTeam {
			return false
		}
		for _, o := range body[protocol.Team](t, f).Operators {
			if o.ID == h.bob && o.Picture != "" {
				return true
			}
		}
		return false
	})
	res := h.request("GET", "/pictures/"+string(h.bob), nil)
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || bytes.Contains(raw, []byte("script")) {
		t.Errorf("it is shown as %s, %v", res.Status, err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width != 256 || config.Height != 256 {
		t.Errorf("it measures %d × %d, %v", config.Width, config.Height, err)
	}
	if res := h.request("GET", "/pictures/"+string(h.ann), nil); res.StatusCode != 404 {
		t.Errorf("Ann's, who has none: %s", res.Status)
	}
}

func TestPicturesAreLimited(t *testing.T) {
	t.Parallel()
	h := open(t, limited)
	bob := h.fromConsole(h.cookieOf(h.bob))
	post := func(content string) *http.Response {
		return h.request("POST", "/pictures", strings.NewReader(content), bob)
	}
	res := post(grayPNG(4000, 4001))
	if r := refusal(t, res); r.Code != protocol.CodeTooLarge || r.Reason != "image limit=16000000pixels" {
		t.Errorf("a large one: %s %+v", res.Status, r)
	}
	for range auth.Limitations[auth.LimitUploadOperator].Burst {
		res = post("no picture")
	}
	if r := refusal(t, res); res.StatusCode != 429 || r.Reason != "upload_operator" || r.RetryMs == 0 {
		t.Errorf("one too many: %s %+v", res.Status, r)
	}
	if res := h.request("POST", "/pictures", strings.NewReader(tinyPNG), h.fromConsole(h.cookieOf(h.ann))); res.StatusCode != 204 {
		t.Errorf("a colleague's: %s", res.Status)
	}
}
