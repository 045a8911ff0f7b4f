package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestThePageCarriesTheTagOnce(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	page(tag{"https://chat.example", "01J00000000000000000SH0P00"}).
		ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	want := `<script async src="https://chat.example/widget.js?channel=01J00000000000000000SH0P00"></script>`
	if got := w.Body.String(); strings.Count(got, want) != 1 || strings.Count(got, "<script") != 1 {
		t.Errorf("no %s in\n%s", want, got)
	}
}

func TestWhatIsGivenCannotLeaveItsPlace(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	page(tag{`javascript:alert(1)//`, `"><b>`}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if got := w.Body.String(); strings.Contains(got, `"><b>`) || strings.Contains(got, `src="javascript`) {
		t.Error(got)
	}
}
