package protocol

// Sender is who is at the client's end of a connection. In a row of the registry several are joined: FromVisitor|FromBot.
type Sender uint8

const (
	FromVisitor Sender = 1 << iota
	FromOperator
	FromBot
	FromAdministrator

	// FromTeam is everybody but visitors, FromAnyone is everybody.
	FromTeam   = FromOperator | FromBot | FromAdministrator
	FromAnyone = FromVisitor | FromTeam
)

// Audience is who may learn of something, the widest first to last reached: each includes the one before.
type Audience uint8

const (
	ToNobody         Audience = iota // what is no event and no notice goes to the one who asked
	ToAdministrators                 // the accounts of operators
	ToTeam                           // operators, bots and administrators
	ToEveryone                       // and the visitor whose thread it belongs to
)

// Reaches tells whether an audience includes somebody, as far as the kind alone says: rights in a conversation come on
// top.
func (a Audience) Reaches(s Sender) bool {
	switch {
	case s&FromVisitor != 0:
		return a >= ToEveryone
	case s&FromAdministrator != 0:
		return a >= ToAdministrators
	}
	return a >= ToTeam
}

// Direction is what sort of frame a kind names.
type Direction uint8

const (
	Command Direction = iota + 1 // from a client, asks for something
	Answer                       // to the one who sent a command, with its id
	Event                        // stored in the log, then sent
	Notice                       // sent and never stored
)

func (d Direction) String() string {
	return [...]string{"", "command", "answer", "event", "notice"}[d%5]
}

func (a Audience) String() string {
	return [...]string{"", "administrators", "operators", "visitor and operators"}[a%4]
}
