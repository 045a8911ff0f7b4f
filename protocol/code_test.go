package protocol

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

func TestEveryCodeHasOneRow(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var constants []Code
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "Code") {
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				constants = append(constants, Code(text))
			}
		}
		return true
	})
	if len(constants) != len(Codes) {
		t.Fatalf("%d codes, %d rows", len(constants), len(Codes))
	}
	for i, a := range Codes {
		if a.Code != constants[i] {
			t.Errorf("row %d is of %s, want %s", i, a.Code, constants[i])
		}
		if a.Text == "" || AdviceFor(a.Code) != a {
			t.Errorf("%s: %+v", a.Code, AdviceFor(a.Code))
		}
		if a.Status != 1001 && (a.Status < 1008 || a.Status > 1013) {
			t.Errorf("%s closes with %d", a.Code, a.Status)
		}
	}
}

func TestACodeFromANewerServerReadsAsInternal(t *testing.T) {
	t.Parallel()
	if got := AdviceFor("too_early"); got.Code != CodeInternal || !got.Reconnect {
		t.Errorf("%+v", got)
	}
}

func TestARefusalReadsAsCodeAndReason(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]*Refusal{
		"too_long limit=2000": Refuse(CodeTooLong, "limit=2000"),
		"blocked":             Refuse(CodeBlocked, ""),
	} {
		if r.Error() != want {
			t.Errorf("got %q, want %q", r, want)
		}
	}
}

func TestAMessageStandsWhereTheOtherSideIs(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name                      string
		position, delivered, read Position
		want                      DeliveryState
	}{
		{"nobody has it", 5, 4, 3, StateSent},
		{"the last that was delivered", 5, 5, 4, StateDelivered},
		{"delivered and newer came too", 5, 9, 4, StateDelivered},
		{"the last that was read", 5, 5, 5, StateRead},
		{"read long ago", 5, 9, 8, StateRead},
	} {
		if got := StateAt(tc.position, tc.delivered, tc.read); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestOnlyVisitorsAreNotTheTeam(t *testing.T) {
	t.Parallel()
	for _, kind := range []ActorKind{ActorOperator, ActorBot, ActorTimer, ActorAPI} {
		if got := (&Actor{Kind: kind}).Side(); got != SideTeam {
			t.Errorf("%s is on the side of the %s", kind, got)
		}
	}
	if got := (&Actor{Kind: ActorVisitor}).Side(); got != SideVisitor {
		t.Errorf("a visitor is on the side of the %s", got)
	}
	if got := (*Actor)(nil).Side(); got != SideTeam {
		t.Errorf("nobody is on the side of the %s", got)
	}
}
