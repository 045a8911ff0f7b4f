package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
	"nhooyr.io/websocket"

	"beseda/protocol"
)

// maxMessage is what we take in one message: a welcome holds a page of the list.
const maxMessage = 4 << 20

func main() {
	server := flag.String("beseda", "http://127.0.0.1:8080", "where Beseda is")
	flag.Parse()
	token := os.Getenv("BESEDA_TOKEN") // a secret in the arguments would stand in the list of processes
	if token == "" {
		log.Fatal("set BESEDA_TOKEN to what `beseda bot add NAME` printed")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b := &bot{echo: newEcho(newID), url: strings.TrimSuffix(*server, "/") + "/ws", token: token, sleep: sleep}
	if err := b.run(ctx); !errors.Is(err, context.Canceled) {
		log.Fatal(err)
	}
}

func newID() protocol.CommandID { return protocol.CommandID(ulid.Make().String()) }

// bot keeps a connection.
type bot struct {
	*echo
	url   string // of the socket; http and https are what ws and wss mean
	token string
	sleep func(context.Context, time.Duration) error
}

// run connects again and again until ctx ends or the server says that coming back is of no use.
func (b *bot) run(ctx context.Context) error {
	for tries := 0; ; tries++ {
		welcomed, err := b.connect(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var over *ended
		if errors.As(err, &over) && !protocol.AdviceFor(over.code).Reconnect {
			return err
		}
		if welcomed {
			tries = 0
		}
		wait := backOff(tries)
		if over != nil {
			wait = max(wait, over.wait)
		}
		log.Printf("%v; again in %s", err, wait.Round(time.Millisecond))
		if err := b.sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// backOff is a random part of a time that doubles from one second to thirty: where a server comes back, its clients
// must not all come in the same moment.
func backOff(tries int) time.Duration {
	most := min(time.Second<<min(tries, 5), 30*time.Second)
	return most/10 + rand.N(most*9/10)
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// connect lives through one connection. welcomed tells whether the server let us in.
func (b *bot) connect(ctx context.Context) (welcomed bool, err error) {
	dial, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	socket, _, err := websocket.Dial(dial, b.url, &websocket.DialOptions{
		Subprotocols: []string{"beseda.v1.json"},
		HTTPHeader:   http.Header{"Authorization": {"Bearer " + b.token}},
	})
	if err != nil {
		return false, err
	}
	defer func() { _ = socket.CloseNow() }()
	socket.SetReadLimit(maxMessage)
	err = send(ctx, socket, command(protocol.KindHello, "", &protocol.Hello{Version: protocol.Version, Device: "echobot"}))
	if err != nil {
		return false, err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	go keepAlive(ctx, socket)
	for {
		message, err := read(ctx, socket)
		if err != nil {
			return welcomed, err
		}
		for len(message) > 0 {
			var frame protocol.Frame
			if frame, message, err = protocol.DecodeJSON(message); err != nil {
				return welcomed, fmt.Errorf("read a frame: %w", err)
			}
			welcomed = welcomed || frame.Kind == protocol.KindWelcome
			answers, err := b.hear(frame)
			if err != nil {
				return welcomed, err
			}
			if err := send(ctx, socket, answers...); err != nil {
				return welcomed, err
			}
		}
	}
}

// read waits for a message, but not for ever: the server answers our pings, so silence is a dead line.
func read(ctx context.Context, socket *websocket.Conn) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, 2*protocol.PingInterval)
	defer stop()
	_, message, err := socket.Read(ctx)
	return message, err
}

// keepAlive pings until ctx ends or the line is lost, which read finds out too.
func keepAlive(ctx context.Context, socket *websocket.Conn) {
	for tick := time.Tick(protocol.PingInterval); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick:
			if send(ctx, socket, command(protocol.KindPing, "", &protocol.Ping{})) != nil {
				return
			}
		}
	}
}

// send writes frames as one message: JSON objects, one to a line.
func send(ctx context.Context, socket *websocket.Conn, frames ...protocol.Frame) error {
	var message []byte
	for _, f := range frames {
		line, err := protocol.AppendJSON(message, &f)
		if err != nil {
			return err
		}
		message = append(line, '\n')
	}
	if len(message) == 0 {
		return nil
	}
	return socket.Write(ctx, websocket.MessageText, message)
}
