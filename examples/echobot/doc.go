// Echobot is a whole integration in two files: it answers what visitors write with their own words, as long as nobody
// of the team has taken the conversation over.
//
//	beseda bot add Echo                     # prints a token, once
//	BESEDA_TOKEN=besb_… go run ./examples/echobot --beseda http://127.0.0.1:8080
//
// It shows what every client of the protocol has to get right, and nothing else:
//
//   - main.go: the connection. It says hello first and speaks to keep the line alive; when the line is lost it comes
//     back, later each time, and sends what was not answered yet again, unchanged and in order.
//   - echo.go: the conversation. The list that the server pushes says where something is new; the bot reads from there
//     on, and makes the id of an answer out of what it answers. So it may be cut off at any moment, or started twice:
//     nobody is answered twice.
//
// The frames are those of package protocol, in JSON: the program could be written in any language.
package main
