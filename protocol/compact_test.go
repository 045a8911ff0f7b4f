//go:build !tinygo && !js

package protocol

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// both is a struct that has the generated methods and a field list.
type both interface {
	Body
	record
}

// wire is every struct with a field list; TestEveryWireStructHasAFieldListThatIsTested holds that none is missing.
func wire() []both {
	return []both{
		&Frame{}, &Actor{}, &Hello{}, &Resume{}, &Welcome{}, &VisitorWelcome{}, &Person{}, &Accepted{}, &Refused{},
		&Goodbye{}, &Ping{}, &Pong{}, &MessageSend{}, &MessageSent{}, &Attachment{}, &HistoryRead{}, &History{},
		&ReceiptAdvance{}, &ReceiptAdvanced{}, &TypingStart{}, &TypingStop{}, &TypingStarted{}, &TypingStopped{},
		&VisitorVisit{}, &Presence{},
		&OperatorWelcome{}, &Operator{}, &Team{}, &OperatorInvite{}, &OperatorLink{}, &Invited{}, &OperatorDeactivate{},
		&OperatorActivate{}, &RoleChange{}, &ProfileChange{}, &OperatorInvited{}, &OperatorJoined{}, &OperatorLinked{}, &PasswordSet{},
		&OperatorDeactivated{}, &OperatorActivated{}, &RoleSet{}, &ProfileSet{}, &Looks{}, &Channel{}, &ChannelCreate{},
		&ChannelChange{}, &ChannelCreated{}, &ChannelSet{}, &ConversationWatch{}, &ConversationLeave{},
		&ConversationClose{}, &ConversationReopen{}, &ConversationAssign{}, &ConversationStarted{},
		&ConversationClosed{}, &ConversationReopened{}, &ConversationAssigned{}, &InboxRead{}, &Inbox{}, &Row{},
		&VisitorArrived{}, &VisitorVisited{}, &Visitor{},
		&ConversationComplete{}, &ConversationCompleted{}, &ConversationReactivated{}, &StatusChange{}, &StatusSet{},
		&CompletionPostpone{}, &CompletionAnnounced{}, &CompletionPostponed{}, &ConversationStart{}, &MessagesSplit{},
		&ConversationSplit{}, &ConversationMerge{}, &ConversationMerged{}, &ReplyWaive{}, &ReplyWaived{},
		&ReplyTimeWarned{}, &ReplyTimeExceeded{}, &NoteAdd{}, &NoteAdded{}, &SubjectChange{}, &SubjectSet{},
		&ReactionAdd{}, &ReactionWithdraw{}, &ReactionAdded{}, &ReactionWithdrawn{}, &Reaction{},
		&PolicyChange{}, &PolicyValue{}, &PolicySet{}, &PoliciesRead{}, &Policies{}, &PolicyKey{}, &PresetValues{},
		&ChannelPolicies{}, &EventsRead{}, &Events{}, &WorkloadRead{}, &Workload{}, &OperatorWorkload{},
		&ConversationsRead{}, &Conversations{}, &OwnConversation{}, &Range{},
		&Group{}, &GroupCreate{}, &GroupChange{}, &GroupDelete{}, &GroupSet{}, &GroupDeleted{}, &TeamChange{}, &TeamSet{},
		&AuditRead{}, &Audit{}, &AuditEntry{}, &ExportMade{}, &Tag{}, &ContactTag{}, &TagCreate{}, &TagChange{},
		&TagDelete{}, &TagSet{}, &TagDeleted{}, &ContactTagAdd{}, &ContactTagRemove{}, &ContactTagged{}, &ContactUntagged{},
		&ContactChange{}, &ContactSet{}, &ContactBlock{}, &ContactUnblock{}, &ContactBlocked{}, &ContactUnblocked{},
		&MessageFailed{}, &Filter{}, &InboxLook{}, &InboxPick{}, &Picks{}, &Pick{}, &TagCount{}, &ViewCount{}, &View{},
		&ViewCreate{}, &ViewChange{}, &ViewDelete{}, &ViewSet{}, &ViewDeleted{}, &ConversationsChange{},
		&ConversationsChanged{}, &RefusedPick{}, &QuickReply{}, &QuickReplyCreate{}, &QuickReplyChange{},
		&QuickReplyDelete{}, &QuickReplyUse{}, &QuickReplyReady{}, &QuickRepliesRead{}, &QuickReplies{}, &QuickReplySet{},
		&QuickReplyDeleted{}, &Quote{}, &Draft{}, &DraftSave{}, &UnreadMark{}, &UnreadClear{}, &Viewers{},
		&ConversationDelete{}, &ConversationErased{}, &ConversationPurged{},
	}
}

// The edges of the forms that MessagePack has for numbers and lengths.
var (
	edgeNumbers = []uint64{0, 1, 31, 32, 127, 128, 255, 256, 32767, 32768, 65535, 65536, math.MaxInt32,
		math.MaxInt32 + 1, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64, math.MaxInt64 + 1, math.MaxUint64}
	edgeLengths = []int{0, 1, 5, 15, 16, 31, 32, 255, 256, 300}
)

// fill gives v random content that leans to the edges.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		if r.IntN(3) > 0 {
			v.SetString(string(bytes.Repeat([]byte("я"), edgeLengths[r.IntN(len(edgeLengths))])))
		}
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Uint64:
		v.SetUint(edgeNumbers[r.IntN(len(edgeNumbers))])
	case reflect.Int, reflect.Int64:
		n := int64(edgeNumbers[r.IntN(len(edgeNumbers))])
		if r.IntN(3) == 0 {
			n = -n - int64(r.IntN(2))
		}
		v.SetInt(n)
	case reflect.Pointer:
		if r.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth)
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[Raw]() {
			if r.IntN(2) == 0 {
				v.SetBytes(EncodeBody(&Person{ID: "01", Name: "Ann"}))
			}
			return
		}
		if n := r.IntN(4); n > 0 && depth < 3 {
			v.Set(reflect.MakeSlice(v.Type(), n*n*2, n*n*2))
			for i := range v.Len() {
				fill(r, v.Index(i), depth+1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth)
		}
	default:
		panic("a kind of field without a form: " + v.Type().String())
	}
}

func TestFieldListsWriteAndReadTheBytesOfTheGeneratedMethods(t *testing.T) {
	t.Parallel()
	for _, zero := range wire() {
		typ := reflect.TypeOf(zero).Elem()
		t.Run(typ.Name(), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, uint64(len(typ.Name()))))
			for range 300 {
				v := reflect.New(typ)
				fill(r, v.Elem(), 0)
				want, err := v.Interface().(both).MarshalMsg(nil)
				if err != nil {
					t.Fatal(err)
				}
				if got := appendCompact(nil, v.Interface().(both)); !bytes.Equal(got, want) {
					t.Fatalf("%+v\ncompact %x\nmsgp    %x", v.Interface(), got, want)
				}
				back := reflect.New(typ)
				if err := decodeCompact(want, back.Interface().(both)); err != nil {
					t.Fatalf("decode %x: %v", want, err)
				}
				if diff := cmp.Diff(v.Interface(), back.Interface()); diff != "" {
					t.Fatal(diff)
				}
			}
		})
	}
}
