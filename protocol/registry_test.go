//go:build !tinygo && !js

package protocol

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is the package as it is written: what a test needs that the compiler forgets.
func source(t *testing.T) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

func TestEveryKindHasOneRow(t *testing.T) {
	t.Parallel()
	rows := map[Kind]int{}
	for e := range Entries() {
		rows[e.Kind]++
	}
	constants := 0
	for _, file := range source(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !strings.HasPrefix(spec.Names[0].Name, "Kind") || len(spec.Values) != 1 {
				return true
			}
			literal, ok := spec.Values[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			kind, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			constants++
			if rows[Kind(kind)] != 1 {
				t.Errorf("%s (%q) has %d rows", spec.Names[0].Name, kind, rows[Kind(kind)])
			}
			if want := "Kind" + goName(Kind(kind)); spec.Names[0].Name != want {
				t.Errorf("%q is named %s, want %s", kind, spec.Names[0].Name, want)
			}
			return true
		})
	}
	if constants != len(registry) {
		t.Errorf("%d constants, %d rows", constants, len(registry))
	}
}

// goName is a kind's name in Go: message.send → MessageSend, reply_time.warned → ReplyTimeWarned.
func goName(kind Kind) string {
	name := ""
	for part := range strings.SplitSeq(strings.ReplaceAll(string(kind), "_", "."), ".") {
		name += strings.ToUpper(part[:1]) + part[1:]
	}
	return name
}

func TestRowsAreConsistent(t *testing.T) {
	t.Parallel()
	for e := range Entries() {
		t.Run(string(e.Kind), func(t *testing.T) {
			t.Parallel()
			if got := reflect.TypeOf(e.New()).Elem().Name(); got != goName(e.Kind) {
				t.Errorf("the body is a %s", got)
			}
			if e.Since < 1 || e.Since > Version {
				t.Errorf("since version %d", e.Since)
			}
			if !strings.HasSuffix(e.Doc, ".") || strings.Contains(strings.TrimSuffix(e.Doc, "."), ". ") {
				t.Errorf("%q is not one sentence", e.Doc)
			}
			command := e.Direction == Command
			if command != (e.From != 0) || command != (e.Answer != "") || e.Named && !command {
				t.Error("somebody sends every command, something answers it, and nothing else has senders")
			}
			if told := e.Direction == Event || e.Direction == Notice; told != (e.To != ToNobody) {
				t.Error("events and notices have an audience, and nothing else")
			}
			if e.Line != ToNobody && (e.Direction != Event || e.Line > e.To) {
				t.Error("an item is an event, shown to those who may learn of it")
			}
			if e.Kind.IsItem() != (e.Line != ToNobody) {
				t.Error("IsItem, which builds without a registry have too, says otherwise")
			}
			if e.Answer == "" {
				return
			}
			if a, ok := Lookup(e.Answer); !ok || a.Direction == Command || a.Direction == Event {
				t.Errorf("%s answers nothing", e.Answer)
			}
		})
	}
}

func TestEveryRowHasAGolden(t *testing.T) {
	t.Parallel()
	shown := map[Kind]bool{}
	for _, g := range goldens(t) {
		shown[g.frame.Kind] = true
	}
	for e := range Entries() {
		if !shown[e.Kind] {
			t.Errorf("testdata has no %s.json", strings.ReplaceAll(string(e.Kind), ".", "_"))
		}
	}
	hexes, err := filepath.Glob("testdata/*.msgpack")
	if err != nil {
		t.Fatal(err)
	}
	if len(hexes) != len(goldens(t)) {
		t.Errorf("%d files of bytes for %d goldens", len(hexes), len(goldens(t)))
	}
}

// A struct with tags for the wire that no row reaches is forgotten, or its row is.
func TestEveryWireStructIsReachedFromTheRegistry(t *testing.T) {
	t.Parallel()
	reached := map[string]bool{}
	reach(reached, reflect.TypeFor[Frame]())
	for e := range Entries() {
		reach(reached, reflect.TypeOf(e.New()))
	}
	for name := range wireStructs(t) {
		if !reached[name] {
			t.Errorf("no row reaches %s", name)
		}
	}
}

func reach(reached map[string]bool, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		reach(reached, t.Elem())
	case reflect.Struct:
		if reached[t.Name()] {
			return
		}
		reached[t.Name()] = true
		for i := range t.NumField() {
			reach(reached, t.Field(i).Type)
		}
	}
}

// wireStructs are the structs with msg tags, and Ping and Pong, which have no fields.
func wireStructs(t *testing.T) map[string]*ast.StructType {
	t.Helper()
	found := map[string]*ast.StructType{}
	for _, file := range source(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			s, ok := spec.Type.(*ast.StructType)
			if ok && (s.Fields.NumFields() == 0 || s.Fields.List[0].Tag != nil && strings.Contains(s.Fields.List[0].Tag.Value, "msg:")) {
				found[spec.Name.Name] = s
			}
			return true
		})
	}
	return found
}

func TestFieldsHaveOneNameInBothLanguages(t *testing.T) {
	t.Parallel()
	for name, s := range wireStructs(t) {
		for _, f := range s.Fields.List {
			tag, err := strconv.Unquote(f.Tag.Value)
			if err != nil {
				t.Fatal(err)
			}
			msg, json := reflect.StructTag(tag).Get("msg"), reflect.StructTag(tag).Get("json")
			if msg != json && !(name == "Frame" && msg == "body,omitzero" && json == "-") {
				t.Errorf("%s.%s: msg %q, json %q", name, f.Names[0].Name, msg, json)
			}
		}
	}
}

// What servers write, browsers read.
func TestEveryWireStructHasAFieldListThatIsTested(t *testing.T) {
	t.Parallel()
	var tested []string
	for _, v := range wire() {
		tested = append(tested, reflect.TypeOf(v).Elem().Name())
	}
	slices.Sort(tested)
	if want := slices.Sorted(maps.Keys(wireStructs(t))); !slices.Equal(tested, want) {
		t.Errorf("tests of %v, structs %v", tested, want)
	}
}
