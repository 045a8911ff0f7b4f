package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// source is what the page takes from the package's text.
type source struct {
	text    string // the package comment
	limits  []limit
	structs map[string]object
	words   map[string][]string // the values of a type that has a closed list of them
	aliases map[string]string   // what a type is another name of
}

type limit struct{ name, value, doc string }

// object is a struct of the wire.
type object struct {
	doc    string
	fields []field
}

type field struct{ name, form, rules, doc string }

func readSource(dir string) (source, error) {
	src := source{structs: map[string]object{}, words: map[string][]string{}, aliases: map[string]string{}}
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return src, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return src, err
		}
		files = append(files, file)
		switch filepath.Base(path) {
		case "doc.go":
			src.text = file.Doc.Text()
		case "limit.go":
			src.limits = readLimits(fset, file)
		}
		src.readWords(file)
	}
	for _, file := range files { // after the words, which their fields are made of
		for _, decl := range file.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.TYPE {
				src.readStructs(gen)
			}
		}
	}
	if src.text == "" || len(src.limits) == 0 || len(src.structs) == 0 {
		return src, fmt.Errorf("%s is not package protocol's folder", dir)
	}
	return src, nil
}

// readWords finds constants of text with a type of their own, and other names of types. Kinds and codes have tables.
func (src *source) readWords(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if alias, ok := n.(*ast.TypeSpec); ok && alias.Assign.IsValid() {
			if of, ok := alias.Type.(*ast.Ident); ok {
				src.aliases[alias.Name.Name] = of.Name
			}
		}
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		t, named := spec.Type.(*ast.Ident)
		literal, text := spec.Values[0].(*ast.BasicLit)
		if named && text && literal.Kind == token.STRING && t.Name != "Kind" && t.Name != "Code" {
			src.words[t.Name] = append(src.words[t.Name], strings.ReplaceAll(literal.Value, `"`, "`"))
		}
		return true
	})
}

func (src *source) readStructs(gen *ast.GenDecl) {
	for _, spec := range gen.Specs {
		spec := spec.(*ast.TypeSpec)
		s, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		o := object{doc: sentence(gen.Doc)}
		for _, f := range s.Fields.List {
			if f.Tag == nil || len(f.Names) == 0 {
				continue
			}
			tag, err := strconv.Unquote(f.Tag.Value)
			if err != nil {
				continue // the compiler refuses it
			}
			name, options, _ := strings.Cut(reflect.StructTag(tag).Get("msg"), ",")
			if options != "" {
				name += "?"
			}
			o.fields = append(o.fields, field{name: name, form: src.form(f.Type), rules: reflect.StructTag(tag).Get("validate"),
				doc: strings.TrimSpace(sentence(f.Doc) + " " + sentence(f.Comment))})
		}
		src.structs[spec.Name.Name] = o
	}
}

// form is a Go type in the words of a page that is not for Go programmers.
func (src *source) form(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return src.form(t.X)
	case *ast.ArrayType:
		return "list of " + src.form(t.Elt)
	case *ast.Ident:
		if of := src.aliases[t.Name]; of != "" {
			return src.form(ast.NewIdent(of))
		}
		switch t.Name {
		case "string", "int", "int64", "bool":
			return map[string]string{"string": "text", "int": "integer", "int64": "integer", "bool": "true or false"}[t.Name]
		case "Position", "Number":
			return "number"
		case "Kind", "Code":
			return strings.ToLower(t.Name)
		}
		if words := src.words[t.Name]; len(words) > 0 {
			return strings.Join(words, ", ")
		}
		if strings.HasSuffix(t.Name, "ID") {
			return "id"
		}
		return "[" + t.Name + "](#" + strings.ToLower(t.Name) + ")"
	}
	return ""
}

// sentence is a comment on one line.
func sentence(g *ast.CommentGroup) string {
	if g == nil {
		return ""
	}
	return strings.Join(strings.Fields(g.Text()), " ")
}

// readLimits evaluates the constants of one file. It needs nothing from other files, so what is undeclared is no matter.
func readLimits(fset *token.FileSet, file *ast.File) []limit {
	info := types.Info{Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Error: func(error) {}}
	_, _ = config.Check("limits", fset, []*ast.File{file}, &info)
	var limits []limit
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			spec := spec.(*ast.ValueSpec)
			if c, ok := info.Defs[spec.Names[0]].(*types.Const); ok && c.Val().Kind() == constant.Int {
				limits = append(limits, limit{spec.Names[0].Name, c.Val().ExactString(), sentence(spec.Comment)})
			}
		}
	}
	return limits
}

// markdown is the package comment with its headings one level down.
func markdown(text string) string {
	printer := &comment.Printer{HeadingLevel: 2, HeadingID: func(*comment.Heading) string { return "" },
		DocLinkURL: func(*comment.DocLink) string { return "#every-limit" }}
	parser := &comment.Parser{LookupSym: func(recv, name string) bool { return recv == "" }}
	return string(printer.Markdown(parser.Parse(text)))
}

// example is a golden.
type example struct{ name, json string }

// readExamples finds the goldens of each kind, by its name with _ for the dot.
func readExamples(dir string) (map[string][]example, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	found := map[string][]example{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		kind, _, _ := strings.Cut(name, "-")
		found[kind] = append(found[kind], example{name, string(text)})
	}
	return found, nil
}
