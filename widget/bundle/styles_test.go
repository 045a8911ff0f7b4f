package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPageGetsTheStylesItUses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ sheet, words, want string }{
		"a class that nobody names":             {".a{x:y}.b{x:y}", "a", ".a{x:y}"},
		"one of several selectors":              {".a,.b .c,.d:is(.a,.b){x:y}", "a", ".a{x:y}"},
		"all classes of a selector are needed":  {".a .b{x:y}.a.c{x:y}", "a b", ".a .b{x:y}"},
		"what must not be there may be unknown": {".a:not(.b){x:y}", "a", ".a:not(.b){x:y}"},
		"elements and attributes stay":          {"p,[dir=rtl] a{x:y}", "", "p,[dir=rtl] a{x:y}"},
		"a class that is put together":          {".b-m--end{x:y}.b-t3{x:y}.b-n--x{x:y}", "b-m-- b-t", ".b-m--end{x:y}.b-t3{x:y}"},
		"inside of media":                       {"@media (a){.a{x:y}.b{x:y}}@media (b){.b{x:y}}", "a", "@media (a){.a{x:y}}"},
		"animations that are used":              {"@keyframes k{from{x:y}}@keyframes l{from{x:y}}.a{animation:k 1s}.b{animation:l 1s}", "a", "@keyframes k{from{x:y}}.a{animation:k 1s}"},
		"properties that are used, in chains":   {":root{--p:1;--q:var(--r);--r:2;--s:3}.a{x:var(--q)}", "a", ":root{--q:var(--r);--r:2}.a{x:var(--q)}"},
		"a property that the program sets":      {":root{--b-brand:1}.a{x:y}", "a b-brand", ":root{--b-brand:1}.a{x:y}"},
		"signs in quotes":                       {`.a::before{content:"}{;"}.b{x:y}`, "a", `.a::before{content:"}{;"}`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			words := map[string]bool{}
			wordsOf(words, tt.words)
			if diff := cmp.Diff(tt.want, used(tt.sheet, words)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
