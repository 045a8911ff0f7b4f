package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
)

// Listen opens the socket, for the folder's owner alone. The store's lock is held by the caller, so a file that is
// there already was left by a process that is gone.
func Listen(data string) (net.Listener, error) {
	path := socketPath(data)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	var l *net.UnixListener
	err := near(data, func(short string) (err error) {
		l, err = net.ListenUnix("unix", &net.UnixAddr{Name: short, Net: "unix"})
		if err == nil {
			l.SetUnlinkOnClose(short == path) // another's is no name any more by then
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("control socket: %w", err), l.Close())
	}
	return l, nil
}

// Client asks a house.
type Client struct{ http *http.Client }

// Dial reaches the server that runs over a data folder; an error where none does.
func Dial(data string) (*Client, error) {
	dial := func(ctx context.Context) (c net.Conn, err error) {
		err = near(data, func(short string) (err error) {
			c, err = new(net.Dialer).DialContext(ctx, "unix", short)
			return err
		})
		return c, err
	}
	probe, err := dial(context.Background())
	if err != nil {
		return nil, err
	}
	_ = probe.Close()
	return &Client{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
	}}}, nil
}

// Within asks a handler in this process, where no server runs.
func Within(h http.Handler) *Client { return &Client{&http.Client{Transport: within{h}}} }

// Ask sends a form and reads the answer.
func (c *Client) Ask(ctx context.Context, method, path string, form any, into any) error {
	body, err := json.Marshal(form)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://control"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 4<<10))
		return errors.New(strings.TrimSpace(string(text)))
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// Stream reads what a path answers.
func (c *Client) Stream(ctx context.Context, path string, to io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://control"+path, nil)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("answered %s", res.Status)
	}
	_, err = io.Copy(to, res.Body)
	return err
}

// within carries a request to a handler and streams its answer back.
type within struct{ handler http.Handler }

func (t within) RoundTrip(r *http.Request) (*http.Response, error) {
	in, out := io.Pipe()
	w := &answerWriter{header: make(http.Header), body: out, ready: make(chan int, 1)}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				w.WriteHeader(http.StatusInternalServerError)
				_ = out.CloseWithError(fmt.Errorf("%v", p))
			}
		}()
		t.handler.ServeHTTP(w, r)
		w.WriteHeader(http.StatusOK)
		_ = out.Close()
	}()
	status := <-w.ready
	return &http.Response{
		StatusCode: status, Status: http.StatusText(status), Header: w.header, Body: in, Request: r,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// answerWriter is a ResponseWriter whose body is read while it is written.
type answerWriter struct {
	header http.Header
	body   io.Writer
	sent   bool
	ready  chan int
}

func (w *answerWriter) Header() http.Header { return w.header }

func (w *answerWriter) WriteHeader(status int) {
	if !w.sent {
		w.sent = true
		w.ready <- status
	}
}

func (w *answerWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}
