package store_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tinylib/msgp/msgp"

	"beseda/protocol"
	"beseda/store"
)

var update = flag.Bool("update", false, "write the goldens anew")

// The bytes of a record of each table, with every field set. A difference means that what is on people's disks is
// written, or read, in another way: a new field that may be left out is fine, anything else is a new version.
func TestTheBytesOfEveryRecordAreKnown(t *testing.T) {
	t.Parallel()
	golden(t, store.Log)
	golden(t, store.Items)
	golden(t, store.Threads)
	golden(t, store.Conversations)
	golden(t, store.Visitors)
	golden(t, store.Contacts)
	golden(t, store.Operators)
	golden(t, store.Emails)
	golden(t, store.Channels)
	golden(t, store.Attachments)
	golden(t, store.VisitorReads)
	golden(t, store.OperatorReads)
	golden(t, store.Held)
	golden(t, store.Policies)
	golden(t, store.Reactions)
	golden(t, store.Answers)
	golden(t, store.Uploads)
	golden(t, store.Secrets)
	golden(t, store.Sightings)
	golden(t, store.Groups)
	golden(t, store.Tags)
	golden(t, store.Views)
	golden(t, store.QuickReplies)
	golden(t, store.Seals)
	golden(t, store.Drafts)
	golden(t, store.Usages)
	golden(t, store.Erasures)
}

// recordOf is the constraint of store.Table, which is its own business.
type recordOf[T any] interface {
	*T
	msgp.Marshaler
	msgp.Unmarshaler
	msgp.Sizer
}

func golden[T any, P recordOf[T]](t *testing.T, table store.Table[T, P]) {
	t.Run(table.Name, func(t *testing.T) {
		t.Parallel()
		var want T
		fillIn(t, reflect.ValueOf(&want).Elem(), "")
		got, err := table.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", fmt.Sprintf("%s.v%d.txt", strings.ReplaceAll(table.Name, " ", "_"), table.Version))
		if *update {
			if err := os.WriteFile(path, print(t, got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(text), string(print(t, got))); d != "" {
			t.Errorf("written otherwise (-golden +now)\n%s", d)
		}
		var kept []byte
		for line := range strings.Lines(string(text)) {
			if part, ok := strings.CutPrefix(line, "\t"); ok {
				raw, err := hex.DecodeString(strings.TrimSpace(part))
				if err != nil {
					t.Fatal(err)
				}
				kept = append(kept, raw...)
			}
		}
		read, err := table.Decode([]byte("key"), kept)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, read); d != "" {
			t.Errorf("the golden is read otherwise (-want +got)\n%s", d)
		}
	})
}

// print shows a record as JSON for people, and its bytes in lines that begin with a tab.
func print(t *testing.T, value []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := msgp.UnmarshalAsJSON(&out, value[1:]); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(out.String(), ",", ",\n") + "\n\n"
	for len(value) > 0 {
		n := min(32, len(value))
		text += "\t" + hex.EncodeToString(value[:n]) + "\n"
		value = value[n:]
	}
	return []byte(text)
}

// fillIn gives every field a value that tells where it belongs, so that a field which is lost or exchanged shows.
func fillIn(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	if raw, ok := v.Addr().Interface().(*protocol.Raw); ok {
		*raw = msgp.AppendString(nil, "body of "+path)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.ToLower(path))
	case reflect.Int64, reflect.Int:
		v.SetInt(int64(1000 + crc32.ChecksumIEEE([]byte(path))%100_000))
	case reflect.Uint64:
		v.SetUint(uint64(1_000_000 + crc32.ChecksumIEEE([]byte(path))%100_000))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillIn(t, v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fillIn(t, v.Index(i), fmt.Sprintf("%s%d", path, i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("name").Convert(v.Type().Key()), reflect.ValueOf("value of "+path).Convert(v.Type().Elem()))
	case reflect.Struct:
		for i := range v.NumField() {
			fillIn(t, v.Field(i), strings.TrimPrefix(path+" "+v.Type().Field(i).Name, " "))
		}
	default:
		t.Fatalf("%s is a %s, which this test cannot fill in", path, v.Kind())
	}
}
