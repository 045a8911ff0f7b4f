package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sleepers may wait for nothing but time, by file and function, each with its reason. All other tests wait for what they
// want to see, or run in a bubble of synctest, whose time costs nothing.
var sleepers = map[string]string{
	"server/bench_test.go latency":                      "sends at an even pace, which is what is measured",
	"server/patience_test.go TestHalfAFrameEndsTheLine": "is in a bubble: rows of its table stand before the one that runs them",
	"server/trial/kill_test.go await":                   "kills at a moment drawn by lot, also before the process can tell anything",
}

func TestNoTestSleepsOutsideOfABubble(t *testing.T) {
	t.Parallel()
	root, fset := "..", token.NewFileSet()
	folders := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || path == filepath.Join(root, "build")):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) < 10 {
		t.Errorf("only %d folders have tests: this proved little", len(folders))
	}
	excused := map[string]bool{}
	for _, files := range folders {
		for _, s := range sleeps(files) {
			at := fset.Position(s.at)
			path, err := filepath.Rel(root, at.Filename)
			if err != nil {
				t.Fatal(err)
			}
			who := filepath.ToSlash(path) + " " + s.function
			if excused[who] = sleepers[who] != ""; !excused[who] {
				t.Errorf("%s sleeps in line %d: wait for what you want to see", who, at.Line)
			}
		}
	}
	for who := range sleepers {
		if !excused[who] {
			t.Errorf("%s does not sleep any more", who)
		}
	}
}

func TestTheCheckKnowsASleep(t *testing.T) {
	t.Parallel()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a_test.go", `package a
import ("testing"; "testing/synctest"; clock "time")
func sleeps() { clock.Sleep(1) }
func receives() { go func() { <-clock.After(1) }() }
func assigns() { now := <-clock.Tick(1); _ = now }
func selects() { select { case <-clock.After(1): } }
func beside() { synctest.Test(t, func(*testing.T) {}); clock.Sleep(1) }
func gives(do func()) { synctest.Test(t, func(*testing.T) { clock.Sleep(1); do() }) }
func takes() { gives(func() { clock.Sleep(1) }) }
var rows = []func(){func() { clock.Sleep(1) }}
func patience() { select { case <-clock.After(1): case <-done: } }
`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sleeps([]*ast.File{f}) {
		got = append(got, s.function)
	}
	if diff := cmp.Diff([]string{"sleeps", "receives", "assigns", "selects", "beside", ""}, got); diff != "" {
		t.Errorf("want - found +:\n%s", diff)
	}
}

type sleep struct {
	function string
	at       token.Pos
}

// sleeps finds where a folder's tests wait for nothing but time, outside of functions that are given to a bubble.
func sleeps(files []*ast.File) (found []sleep) {
	givers := map[string]bool{}
	eachFunction(files, func(f *ast.File, function string, d ast.Decl) {
		bubble := imported(f, "testing/synctest")
		ast.Inspect(d, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && is(call.Fun, bubble, "Test") {
				givers[function] = true
			}
			return true
		})
	})
	eachFunction(files, func(f *ast.File, function string, d ast.Decl) {
		clock, bubble := imported(f, "time"), imported(f, "testing/synctest")
		patient := map[ast.Node]bool{} // what waits for something else as well
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectStmt:
				for _, c := range n.Body.List {
					if comm := c.(*ast.CommClause).Comm; comm != nil && len(n.Body.List) > 1 {
						ast.Inspect(comm, func(n ast.Node) bool { patient[n] = true; return true })
					}
				}
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); is(n.Fun, bubble, "Test") || ok && givers[name.Name] {
					return false
				}
				if is(n.Fun, clock, "Sleep") {
					found = append(found, sleep{function, n.Pos()})
				}
			case *ast.UnaryExpr:
				call, ok := n.X.(*ast.CallExpr)
				if n.Op == token.ARROW && ok && !patient[n] && (is(call.Fun, clock, "After") || is(call.Fun, clock, "Tick")) {
					found = append(found, sleep{function, n.Pos()})
				}
			}
			return true
		})
	})
	return found
}

// eachFunction goes through declarations; what stands in one of variables has no function's name.
func eachFunction(files []*ast.File, do func(f *ast.File, name string, d ast.Decl)) {
	for _, f := range files {
		for _, d := range f.Decls {
			name := ""
			if d, ok := d.(*ast.FuncDecl); ok {
				name = d.Name.Name
			}
			do(f, name, d)
		}
	}
}

// imported is the name that a file has for a package, "" for none.
func imported(f *ast.File, path string) string {
	for _, i := range f.Imports {
		switch {
		case i.Path.Value != `"`+path+`"`:
		case i.Name != nil:
			return i.Name.Name
		default:
			return path[strings.LastIndex(path, "/")+1:]
		}
	}
	return ""
}

// is tells whether an expression is a package's function.
func is(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == pkg
}
