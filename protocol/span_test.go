package protocol

import (
	"bytes"
	"testing"
)

func TestSpanMeasuresEveryForm(t *testing.T) {
	t.Parallel()
	zeros := func(n int) string { return string(make([]byte, n)) }
	for _, tc := range []struct {
		name   string
		object string
		form   form
	}{
		{"a small number", "\x7f", formInteger}, {"a small number below zero", "\xe0", formInteger},
		{"nil", "\xc0", formNil}, {"false", "\xc2", formBool}, {"true", "\xc3", formBool},
		{"bytes, 8", "\xc4\x02ab", formBytes}, {"bytes, 16", "\xc5\x00\x01a", formBytes}, {"bytes, 32", "\xc6\x00\x00\x00\x01a", formBytes},
		{"extension, 8", "\xc7\x01\x05a", formExtension}, {"extension, 16", "\xc8\x00\x01\x05a", formExtension},
		{"extension, 32", "\xc9\x00\x00\x00\x00\x05", formExtension},
		{"float, 32", "\xca" + zeros(4), formFloat}, {"float, 64", "\xcb" + zeros(8), formFloat},
		{"number, 8", "\xcc" + zeros(1), formInteger}, {"number, 16", "\xcd" + zeros(2), formInteger},
		{"number, 32", "\xce" + zeros(4), formInteger}, {"number, 64", "\xcf" + zeros(8), formInteger},
		{"integer, 8", "\xd0" + zeros(1), formInteger}, {"integer, 16", "\xd1" + zeros(2), formInteger},
		{"integer, 32", "\xd2" + zeros(4), formInteger}, {"integer, 64", "\xd3" + zeros(8), formInteger},
		{"extension of 1", "\xd4" + zeros(2), formExtension}, {"extension of 2", "\xd5" + zeros(3), formExtension},
		{"extension of 4", "\xd6" + zeros(5), formExtension}, {"extension of 8", "\xd7" + zeros(9), formExtension},
		{"extension of 16", "\xd8" + zeros(17), formExtension},
		{"short text", "\xa2ab", formText}, {"text, 8", "\xd9\x01a", formText}, {"text, 16", "\xda\x00\x01a", formText},
		{"text, 32", "\xdb\x00\x00\x00\x01a", formText},
		{"short array", "\x92\x01\x02", formArray}, {"array, 16", "\xdc\x00\x01\x05", formArray}, {"array, 32", "\xdd\x00\x00\x00\x00", formArray},
		{"short map", "\x81\xa1a\x05", formMap}, {"map, 16", "\xde\x00\x01\xa1a\x05", formMap}, {"map, 32", "\xdf\x00\x00\x00\x00", formMap},
		{"collections in collections", "\x81\xa1a\x92\x90\x81\x05\x80", formMap},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := []byte(tc.object + "\xc3rest")
			if n, ok := span(b, nil); !ok || n != len(tc.object) {
				t.Errorf("measured %d, %v; want %d", n, ok, len(tc.object))
			}
			if f, _, _ := lead(b); f != tc.form {
				t.Errorf("form %d, want %d", f, tc.form)
			}
			for cut := range len(tc.object) {
				if n, ok := span([]byte(tc.object[:cut]), nil); ok {
					t.Errorf("cut after %d bytes, it measured %d", cut, n)
				}
			}
		})
	}
}

func TestSpanRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, object string }{
		{"nothing", ""},
		{"the byte that begins no object", "\xc1"},
		{"text of four gigabytes", "\xdb\xff\xff\xff\xffa"},
		{"an extension whose length runs over", "\xc9\xff\xff\xff\xff\x05"},
		{"an array of four thousand million", "\xdd\xff\xff\xff\xff"},
		{"a map of two thousand million", "\xdf\x80\x00\x00\x00"},
		{"one element more than allowed", "\xdd\x00\x00\x40\x01" + string(make([]byte, maxElements+1))},
		{"one level more than allowed", string(bytes.Repeat([]byte{0x91}, maxDepth+1)) + "\x01"},
		{"a hundred thousand levels", string(bytes.Repeat([]byte{0x91}, 100000))},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if n, ok := span([]byte(tc.object), nil); ok {
				t.Errorf("measured %d", n)
			}
			if _, _, err := DecodeFrame([]byte(tc.object)); err == nil {
				t.Error("a frame")
			}
		})
	}
}

func TestSpanGoesToItsBounds(t *testing.T) {
	t.Parallel()
	for name, object := range map[string][]byte{
		"elements": append([]byte("\xdd\x00\x00\x40\x00"), make([]byte, maxElements)...),
		"levels":   append(bytes.Repeat([]byte{0x91}, maxDepth), 1),
	} {
		if n, ok := span(object, nil); !ok || n != len(object) {
			t.Errorf("%s: measured %d, %v", name, n, ok)
		}
	}
}

// What a peer claims about lengths costs nothing until the bytes are there.
func TestClaimedLengthsAllocateNothing(t *testing.T) {
	hostile := []byte("\x82\xa4kind\xacmessage.send\xa4body\x81\xabattachments\xdd\x7f\xff\xff\xff")
	allocations := testing.AllocsPerRun(100, func() {
		if _, _, err := DecodeFrame(hostile); err == nil {
			t.Error("a frame")
		}
	})
	if allocations > 0 {
		t.Errorf("%v allocations", allocations)
	}
}
