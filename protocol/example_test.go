//go:build !tinygo && !js

package protocol_test

import (
	"errors"
	"fmt"

	"beseda/protocol"
)

// A client writes a command. The id is made when the person acts, and stays the same however often it is sent.
func ExampleAppendFrame() {
	body := protocol.EncodeBody(&protocol.MessageSend{Text: "Do you have these boots in 42?"})
	command := protocol.Frame{Kind: protocol.KindMessageSend, ID: "01JD0000000000000000000010", Body: body}
	message := protocol.AppendFrame(nil, &command)
	fmt.Printf("%q\n", message)
	// Output: "\x83\xa4kind\xacmessage.send\xa2id\xba01JD0000000000000000000010\xa4body\x81\xa4text\xbeDo you have these boots in 42?"
}

// A client reads what came in one WebSocket message, and passes over kinds that it does not know.
func ExampleFrames() {
	var message []byte
	for _, f := range []protocol.Frame{
		{Kind: "mood.changed", Position: 1206},
		{Kind: protocol.KindMessageSent, Position: 1207, Actor: &protocol.Actor{Kind: protocol.ActorOperator, Name: "Ann"},
			Body: protocol.EncodeBody(&protocol.MessageSent{Text: "They are in stock."})},
	} {
		message = protocol.AppendFrame(message, &f)
	}
	for frame, err := range protocol.Frames(message) {
		if err != nil {
			fmt.Println("close the connection:", err)
			return
		}
		switch frame.Kind {
		case protocol.KindMessageSent:
			var sent protocol.MessageSent
			if err := protocol.DecodeBody(frame.Body, &sent); err != nil {
				fmt.Println("close the connection:", err)
				return
			}
			fmt.Printf("%d %s: %s\n", frame.Position, frame.Actor.Name, sent.Text)
		default:
			fmt.Printf("%d is seen\n", frame.Position)
		}
	}
	// Output:
	// 1206 is seen
	// 1207 Ann: They are in stock.
}

// The server reads a command of a visitor and refuses what is outside the rules.
func ExampleDecode() {
	text := `{"kind":"message.send","id":"01JD0000000000000000000010","body":{"text":" \n "}}`
	frame, _, err := protocol.DecodeJSON([]byte(text))
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, refusal := protocol.Decode(frame, protocol.FromVisitor); refusal != nil {
		answer := protocol.Frame{Kind: protocol.KindRefused, ID: frame.ID,
			Body: protocol.EncodeBody(&protocol.Refused{Code: refusal.Code, Reason: refusal.Reason})}
		line, err := protocol.AppendJSON(nil, &answer)
		fmt.Println(string(line), err)
	}
	// Output: {"kind":"refused","id":"01JD0000000000000000000010","body":{"code":"invalid","reason":"field=text rule=required"}} <nil>
}

// A bad frame of a JSON message is answered by itself; the connection goes on.
func ExampleFramesJSON() {
	message := `{"kind":"typing.start","id":"01JD0000000000000000000011","body":{"conversation":"forty-one"}}
{"kind":"ping"}`
	for frame, err := range protocol.FramesJSON([]byte(message)) {
		var refusal *protocol.Refusal
		switch {
		case errors.As(err, &refusal):
			fmt.Println(frame.ID, "is refused:", refusal)
		case err != nil:
			fmt.Println("close the connection:", err)
		default:
			fmt.Println(frame.Kind)
		}
	}
	// Output:
	// 01JD0000000000000000000011 is refused: invalid field=conversation rule=type
	// ping
}
