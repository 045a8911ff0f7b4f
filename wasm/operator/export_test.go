//go:build !wasm

package main

import (
	"testing"

	"beseda/protocol"
	"beseda/wasm/bridge"
)

func TestSTT02TheListIsTakenAsAFileAndARefusalIsSaid(t *testing.T) {
	t.Parallel()
	const address = "/console/export.xlsx?language=en&activity=active"
	for name, c := range map[string]struct {
		event bridge.Event
		want  string
	}{
		"a limit": {bridge.Event{Text: string(protocol.CodeRateLimited), A: 4000, List: []string{"code", "rate_limited", "retry_ms", "4000"}},
			"Too many tries. Try again in 4 seconds."},
		"the right is gone": {bridge.Event{Text: string(protocol.CodeForbidden), List: []string{"code", "forbidden", "reason", "right=export"}},
			"You may not do this"},
		"too many rows": {bridge.Event{Text: string(protocol.CodeTooLarge), List: []string{"code", "too_large", "reason", "limit=1048575"}},
			"A sheet has room for 1048575 rows. Narrow the list, or take CSV."},
		"no line": {bridge.Event{}, "No connection. Check it and try again."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := signedIn(t, "/console/")
			d.Click("Export the list")
			d.Click("As XLSX")
			all := d.Asked("download")
			if len(all) != 1 || all[0].Text != address || all[0].More != "conversations-2025-11-20.xlsx" {
				t.Fatalf("takes %+v", all)
			}
			d.want("focus", d.asked("focus"), "export")
			d.want("toast", d.Toast.Text, "The file is being made, and then saved by your browser.")
			c.event.Kind, c.event.Arg = bridge.FetchFailed, address
			d.Do(c.event)
			if d.want("toast", d.Toast.Text, c.want); !d.Toast.Bad {
				t.Error("it is no bad news")
			}
		})
	}
}
