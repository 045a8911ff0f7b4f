package state

import "beseda/wasm/bridge"

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

// ExportFile is the address of the list as a file of a format: csv or xlsx. It calls visitors as this console does.
func (s *State) ExportFile(format string) string {
	address := "/console/export." + format + "?language=" + s.Language
	f := s.List.server()
	if q := f.Address(s.List.Order); q != "" {
		address += "&" + q
	}
	return address
}
