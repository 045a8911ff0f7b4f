package view

import (
	"beseda/protocol"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	say "beseda/wasm/words/console"
)

// inbox is the list's island.
func (p pen) inbox() {
	s := p.s
	p.Open(vdom.Section, "inbox")
	p.Class("b-inbox b-island")
	p.Attr(vdom.AriaLabel, p.word(say.Inbox))
	p.Open(vdom.Div, "head")
	p.Class("b-inbox__head")
	p.inboxTitle()
	if s.Selection.Count() > 0 || s.Selection.Picking {
		p.selectBar()
	} else {
		p.findField()
	}
	p.chips()
	p.Close()
	switch {
	case s.List.Failed.Is():
		p.listFailed(s.List.Failed, state.RetryLook)
	case s.List.Loading():
		p.skeletonRows()
	case s.Finding():
		p.found()
	case s.List.Total == 0:
		p.nothing()
	default:
		p.rows()
	}
	p.Close()
}

func (p pen) inboxTitle() {
	s := p.s
	p.Open(vdom.Div, "title")
	p.Class("b-inbox__title")
	p.Leaf(vdom.H2, "", p.word(say.Inbox))
	if n := s.List.Unread; n > 0 {
		p.Open(vdom.Span, "unread")
		p.Class("b-badge b-badge--quiet")
		p.Attr(vdom.Role, "img")
		p.Attr(vdom.AriaLabel, s.Words.Count(say.UnreadConversations, n))
		p.Attr(vdom.Title, s.Words.Count(say.UnreadConversations, n))
		p.Text(capped(n))
		p.Close()
	}
	p.Open(vdom.Span, "tools")
	p.Class("b-inbox__tools")
	if s.Permission == "default" && !s.Prefs.Silent && s.Welcomed {
		p.iconButton("bell", "", "#i-bell", p.word(say.AllowNotifications), state.AskToNotify, "")
	}
	if s.Welcomed && s.May(protocol.RightExport) {
		p.exportMenu()
	}
	p.filterButton()
	p.Close()
	p.Close()
}

func (p pen) filterButton() {
	name := p.word(say.FilterAndSort)
	if p.s.LookSet() {
		name = p.word(say.FilterAndSortSet)
	}
	p.button("filter", "b-iconbutton", state.OpenFilter, "")
	p.Attr(vdom.ID, state.FilterButtonID)
	p.Attr(vdom.AriaLabel, name)
	p.Attr(vdom.Title, name)
	p.Attr(vdom.AriaHasPopup, "dialog")
	p.Flag(vdom.Disabled, !p.s.Welcomed)
	p.Icon("#i-filter")
	if p.s.LookSet() {
		p.Leaf(vdom.Span, "b-iconbutton__dot", "")
	}
	p.Close()
}

// exportMenu offers the list as a file.
func (p pen) exportMenu() {
	s := p.s
	p.Open(vdom.Span, "export")
	p.Class("b-pop b-pop--end")
	p.button("button", "b-iconbutton", state.OpenExport, "")
	p.Attr(vdom.ID, state.ExportButtonID)
	p.Attr(vdom.AriaLabel, p.word(say.ExportList))
	p.Attr(vdom.Title, p.word(say.ExportList))
	p.Attr(vdom.AriaHasPopup, "menu")
	p.Bool(vdom.AriaExpanded, s.Menu == state.ExportMenu)
	p.Icon("#i-download")
	p.Close()
	if s.Menu == state.ExportMenu {
		m := menu{p: p, label: p.word(say.ExportList)}
		m.add("#i-file", p.word(say.ExportCsv), "", state.ExportList, "csv")
		m.add("#i-file", p.word(say.ExportXlsx), "", state.ExportList, "xlsx")
		m.draw()
	}
	p.Close()
}

// findField looks through what is loaded, and opens any conversation by its number.
func (p pen) findField() {
	p.search(search{key: "find", id: state.FindID, value: p.s.Find, name: say.SearchConversations, placeholder: say.SearchPlaceholder,
		landmark: true, on: state.FindTyped, keys: state.FindKey})
}

// rows are the list: those in view and a few around them stand between two spaces as high as all others.
func (p pen) rows() {
	l := &p.s.List
	top, step := l.Top()
	p.Open(vdom.UL, "rows")
	p.Class("b-list")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaLabel, p.word(say.Conversations))
	if l.Changing() {
		p.Attr(vdom.AriaBusy, "true")
	}
	p.Attr(vdom.DataAnchor, "rows "+itoa(top)+" "+itoa(step))
	p.On(vdom.Scroll, state.ListScrolled, "")
	p.On(vdom.KeyDown, state.ListKey, "")
	p.On(vdom.PointerEnter, state.ListHeld, "")
	p.On(vdom.PointerLeave, state.ListFreed, "")
	p.freshRows(l.Fresh())
	reached := p.s.Reached()
	first, last := l.Window()
	p.space("above", first)
	for i := first; i < last; i++ {
		if n := l.At(i); n != 0 {
			p.row(l.Row(n), n == reached, i, l.Total)
		} else {
			p.Open(vdom.LI, "at"+itoa(i))
			p.Class("b-row")
			p.Attr(vdom.AriaHidden, "true")
			p.skeletonRow()
			p.Close()
		}
	}
	p.space("below", l.Total-last)
	p.Close()
}

// freshRows leads to what a mouse that rests on the list keeps from coming in. It lies over the rows, and moves none.
func (p pen) freshRows(n int) {
	if n == 0 {
		return
	}
	p.Open(vdom.LI, "fresh")
	p.Class("b-list__fresh")
	p.button("", "b-button b-button--small", state.ListCaughtUp, "")
	p.small("#i-up")
	p.Text(p.s.Words.Count(say.NewInList, n))
	p.Close()
	p.Close()
}

func (p pen) space(key string, rows int) {
	p.Open(vdom.LI, key)
	p.Class("b-list__space")
	p.Attr(vdom.AriaHidden, "true")
	p.Attr(vdom.StyleBlockSize, state.Rem(rows*state.RowHeight))
	p.Close()
}

// found are the rows that the search field finds, and the way to a number.
func (p pen) found() {
	s := p.s
	found := s.Found()
	if n := s.FoundNumber(); n != 0 {
		p.button("number", "b-button b-found", state.OpenFound, "")
		p.small("#i-chats")
		p.Text(s.Words.Fill(say.OpenFound, n.String()))
		p.Close()
	}
	if len(found) == 0 && s.FoundNumber() == 0 {
		p.Open(vdom.Div, "nothing")
		p.Class("b-empty")
		p.Icon("#i-search")
		p.Leaf(vdom.H3, "b-empty__title", s.Words.Fill(say.NothingFound, firstLine(s.Find)))
		p.Leaf(vdom.P, "", p.word(say.NothingFoundText))
		p.Close()
	} else {
		p.Open(vdom.UL, "found")
		p.Class("b-list")
		p.Attr(vdom.Role, "list")
		p.Attr(vdom.AriaLabel, p.word(say.Conversations))
		p.On(vdom.KeyDown, state.ListKey, "")
		p.On(vdom.PointerEnter, state.ListHeld, "")
		p.On(vdom.PointerLeave, state.ListFreed, "")
		reached := s.Reached()
		for i, n := range found {
			p.row(s.List.Row(n), n == reached, i, len(found))
		}
		p.Close()
	}
	p.Open(vdom.P, "among")
	p.Class("b-found__note")
	p.Attr(vdom.Role, "status")
	p.Text(s.Words.Count(say.FoundAmong, s.List.Held()))
	p.Close()
}

func (p pen) nothing() {
	s := p.s
	p.Open(vdom.Div, "nothing")
	p.Class("b-empty")
	p.art()
	switch {
	case s.List.All == 0:
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.NoneYet))
		p.Leaf(vdom.P, "", p.word(say.NoneYetText))
		if s.Admin() {
			p.link("channels", "b-button", state.Route{Place: state.AtChannels}.Address())
			p.Text(p.word(say.PutOnSite))
			p.Close()
		}
	case s.Narrowed():
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.NothingFits))
		p.Leaf(vdom.P, "", p.word(say.NothingFitsText))
		p.button("reset", "b-button", state.ResetLook, "")
		p.Text(p.word(say.ResetLook))
		p.Close()
	default:
		p.Leaf(vdom.H3, "b-empty__title", p.word(say.AllAnswered))
		p.Leaf(vdom.P, "", p.word(say.AllAnsweredText))
		p.button("all", "b-button", state.ShowLook, state.EverythingQuery())
		p.Text(p.word(say.SeeCompleted))
		p.Close()
	}
	p.Close()
}

func (p pen) skeletonRows() {
	p.Open(vdom.UL, "skeleton")
	p.Class("b-list b-late")
	p.Attr(vdom.Role, "list")
	p.Attr(vdom.AriaBusy, "true")
	p.Attr(vdom.AriaLabel, p.word(say.LoadingConversations))
	for range 7 {
		p.Open(vdom.LI, "")
		p.Class("b-row")
		p.Attr(vdom.AriaHidden, "true")
		p.skeletonRow()
		p.Close()
	}
	p.Close()
}

func (p pen) skeletonRow() {
	p.Open(vdom.Span, "")
	p.Class("b-row__face")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--face", "")
	p.Close()
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--name", "")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--time", "")
	p.Leaf(vdom.Span, "b-skeleton b-skeleton--last", "")
}
