//go:build !tinygo && !js

package protocol

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A limit stands twice, as a constant for screens and in a tag for the server; they must not drift apart.
func TestTagsAndConstantsAreTheSameLimits(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		of    any
		field string
		want  int
	}{
		{MessageSend{}, "Attachments", MaxAttachments},
		{HistoryRead{}, "Limit", MaxHistoryPage},
		{Looks{}, "Name", MaxNameRunes},
		{Looks{}, "Greeting", MaxGreetingRunes},
		{ChannelCreate{}, "Sites", MaxSites},
		{ChannelChange{}, "Sites", MaxSites},
		{OperatorInvite{}, "Name", MaxNameRunes},
		{ProfileChange{}, "Name", MaxNameRunes},
		{VisitorVisit{}, "URL", MaxURLBytes},
		{VisitorVisit{}, "Referrer", MaxURLBytes},
		{VisitorVisit{}, "Title", MaxTitleRunes},
		{ConversationStart{}, "Attachments", MaxAttachments},
		{SubjectChange{}, "Subject", MaxSubjectRunes},
		{EventsRead{}, "Limit", MaxHistoryPage},
		{ConversationsRead{}, "Limit", MaxHistoryPage},
	} {
		f, ok := reflect.TypeOf(tc.of).FieldByName(tc.field)
		if !ok {
			t.Fatalf("%T has no %s", tc.of, tc.field)
		}
		found := false
		for rule := range strings.SplitSeq(f.Tag.Get("validate"), ",") {
			if limit, ok := strings.CutPrefix(rule, "max="); ok && !found { // behind dive stand the elements' own
				found = true
				if limit != strconv.Itoa(tc.want) {
					t.Errorf("%T.%s: tag %s, constant %d", tc.of, tc.field, limit, tc.want)
				}
			}
		}
		if !found {
			t.Errorf("%T.%s has no limit", tc.of, tc.field)
		}
	}
}

// Every text and every list that a client may send has a limit of its own, or is an id, or is one of a few words.
func TestNothingAClientSendsIsUnbounded(t *testing.T) {
	t.Parallel()
	for e := range Entries() {
		if e.Direction == Command {
			bounded(t, reflect.TypeOf(e.New()).Elem())
		}
	}
}

// checkedByMethod are texts that their struct's check measures, after cleaning.
var checkedByMethod = []string{
	"MessageSend.Text", "ConversationStart.Text", "NoteAdd.Text", "ReactionAdd.Emoji", "ReactionWithdraw.Emoji",
}

func bounded(t *testing.T, s reflect.Type) {
	t.Helper()
	for i := range s.NumField() {
		f := s.Field(i)
		typ := f.Type
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		rules := "," + f.Tag.Get("validate")
		switch typ.Kind() {
		case reflect.Struct:
			bounded(t, typ)
		case reflect.Slice:
			if !strings.Contains(rules, ",max=") || !strings.Contains(rules, ",dive") {
				t.Errorf("%s.%s is a list without a limit, or of elements without rules: %q", s.Name(), f.Name, rules)
			}
			if typ.Elem().Kind() == reflect.Struct {
				bounded(t, typ.Elem())
			}
		case reflect.String:
			checked := slices.Contains(checkedByMethod, s.Name()+"."+f.Name)
			for _, rule := range []string{",max=", ",id", ",oneof=", ",len="} {
				checked = checked || strings.Contains(rules, rule)
			}
			if !checked {
				t.Errorf("%s.%s is text without a limit: %q", s.Name(), f.Name, rules)
			}
		}
	}
}

func TestCheckJudgesBodiesThatCameInNoFrame(t *testing.T) {
	t.Parallel()
	name := &ProfileChange{Name: " Ann\u202e "}
	if refusal := Check(name); refusal != nil || name.Name != "Ann" {
		t.Errorf("%v, %q", refusal, name.Name)
	}
	if refusal := Check(&ProfileChange{Name: "\n"}); refusal == nil || refusal.Error() != "invalid field=name rule=required" {
		t.Errorf("refused as %v", refusal)
	}
}
