package desk_test

import (
	"testing"

	"beseda/protocol"
)

func TestDecideChannel(t *testing.T) {
	t.Parallel()
	decides(t, []decision{
		{
			name: "an operator makes no channel, also past Decode",
			when: func(o *office) (protocol.Accepted, error) {
				return o.ann.run("", &protocol.ChannelCreate{Looks: protocol.Looks{Name: "Mine", Color: "#000000"}})
			},
			code: "forbidden right=settings",
		}, {
			name: "a channel is changed",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindChannelChange, &protocol.ChannelChange{Channel: o.channel, Looks: protocol.Looks{Name: "New", Color: "#FFFFFF"}})
			},
			want: []string{"channel.set by Eve"},
		}, {
			name: "a channel that does not exist is not changed",
			when: func(o *office) (protocol.Accepted, error) {
				return o.eve.do(protocol.KindChannelChange, &protocol.ChannelChange{Channel: protocol.ChannelID(o.newID()), Looks: protocol.Looks{Name: "New", Color: "#FFFFFF"}})
			},
			code: "not_found",
		},
	})
}
