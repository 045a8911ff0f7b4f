package state

import (
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// ExportButtonID is the id of the button that opens the menu of files.
const ExportButtonID = "export"

func (s *State) openExport(_ *bridge.Event, fx *bridge.Effects) {
	if s.Menu == ExportMenu {
		s.closeMenu(fx)
		return
	}
	s.Menu = ExportMenu
	fx.Focus(MenuFirstID)
}

// exportFiles begins the address of each file of the list.
const exportFiles = "/console/export."

// exportList hands the person the list as a file of the format Arg. It is fetched and not followed, so that a refusal can
// be shown, and half a file is none.
func (s *State) exportList(e *bridge.Event, fx *bridge.Effects) {
	s.Menu = ExportMenu // the click has closed it
	s.closeMenu(fx)
	day := dayText((s.Now + s.Skew) / 86_400_000) // package time's own words weigh 70 KB brotli
	fx.Download(s.ExportFile(e.Arg), "conversations-"+day+"."+e.Arg)
	s.toast(Toast{Text: s.Words.Text(say.ExportBegun)}, fx)
}

// ExportFile is the address of the list as a file of a format: csv or xlsx. It calls visitors as this console does.
func (s *State) ExportFile(format string) string {
	address := exportFiles + format + "?language=" + s.Language
	f := s.List.server()
	if q := f.Address(s.sortedBy()); q != "" {
		address += "&" + q
	}
	return address
}

// exportFailed says why there is no file.
func (s *State) exportFailed(e *bridge.Event, fx *bridge.Effects) {
	if !strings.HasPrefix(e.Arg, exportFiles) {
		return
	}
	p := Problem{Code: protocol.Code(e.Text), Reason: e.Field("reason"), Lost: e.Text == ""}
	if e.A > 0 {
		p.Until = s.Now + e.A
	}
	text := s.Explain(p)
	if rows, ok := strings.CutPrefix(p.Reason, "limit="); ok && p.Code == protocol.CodeTooLarge {
		text = s.Words.Fill(say.ExportTooLong, rows)
	}
	s.toast(Toast{Text: text, Bad: true}, fx)
}
