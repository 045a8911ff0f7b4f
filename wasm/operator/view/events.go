package view

import (
	"slices"

	"beseda/protocol"
	"beseda/wasm/face"
	"beseda/wasm/operator/state"
	"beseda/wasm/vdom"
	"beseda/wasm/words"
	say "beseda/wasm/words/console"
)

// eventsPage is the list of what happened, newest first. Rows never push: what is new waits behind a button.
func (p pen) eventsPage() {
	s, e := p.s, &p.s.Events
	p.pageHead("events", p.word(say.EventsPage), p.word(say.EventsLead))
	p.Open(vdom.Div, "tools")
	p.Class("b-page__tools")
	if s.May(protocol.RightExport) {
		p.Open(vdom.A, "export")
		p.Class("b-button")
		p.Attr(vdom.Href, s.EventsFile())
		p.Attr(vdom.Download, "events.csv")
		p.small("#i-download")
		p.Text(p.word(say.EventsExport))
		p.Close()
	}
	p.Close()
	p.Close()
	p.eventFilters()
	p.happened(&e.Happened, happenedWords{
		loading: say.LoadingEvents, none: say.EventsEmpty, noneText: say.EventsEmptyText, shown: say.EventsShown,
		more: say.NewEvents, moreThan: say.NewEventsMore, older: say.OlderEvents, table: say.EventsTable, columns: []words.Key{
			say.ColumnTime, say.ColumnAuthor, say.ColumnNumber, say.ColumnEvent, say.ColumnBefore, say.ColumnAfter,
		},
	}, p.eventRow)
	p.Close()
}

func (p pen) eventRow(row *state.EventRow) {
	p.Open(vdom.TR, utoa(uint64(row.Position)))
	p.whenAndWho(row)
	p.Open(vdom.TD, "number")
	if n := row.Conversation; n != 0 {
		p.link("", "b-num", p.s.To(n).Address())
		p.Text("#" + n.String())
		p.Close()
	} else {
		p.nothingHere()
	}
	p.Close()
	p.Leaf(vdom.TD, "", p.eventName(row.Kind))
	before, after := p.eventChange(row)
	p.eventValue("before", "b-events__before", before)
	p.eventValue("after", "", after)
	p.Close()
}

func (p pen) eventFace(row *state.EventRow) {
	s := p.s
	f := face.Face{ID: row.Actor.ID, Size: "b-avatar--xs"}
	switch row.Actor.Kind {
	case protocol.ActorVisitor:
		name := row.Actor.Name
		if have := s.List.Row(row.Conversation); have != nil && name == "" {
			name = have.Name
		}
		f.Name = s.VisitorFace(name, protocol.VisitorID(row.Actor.ID))
	case protocol.ActorOperator:
		o := s.Operator(protocol.OperatorID(row.Actor.ID))
		f.Name, f.Picture = s.OperatorName(&row.Actor), state.Picture(o)
	default:
		f.Icon = "#i-bot"
	}
	face.Draw(p.Builder, f)
}

func (p pen) eventValue(key, class, text string) {
	p.Open(vdom.TD, key)
	if class != "" {
		p.Class(class)
	}
	if text == "" {
		p.nothingHere()
	} else {
		p.Open(vdom.Span, "")
		p.Attr(vdom.Dir, "auto")
		p.Text(shortened(firstLine(text)))
		p.Close()
	}
	p.Close()
}

func (p pen) nothingHere() {
	p.Open(vdom.Span, "")
	p.Attr(vdom.AriaHidden, "true")
	p.Text("·")
	p.Close()
	p.hidden(p.word(say.Nothing))
}

// eventFilters narrow the list; they stand in the address.
func (p pen) eventFilters() {
	s := p.s
	f := &s.Events.Filter
	p.Open(vdom.Div, "filters")
	p.Class("b-toolbar b-filters")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.EventsFilters))
	p.typeFilter(f)
	p.filterField("author", say.FilterAuthor)
	p.Open(vdom.Select, "")
	p.Class("b-input")
	p.Attr(vdom.ID, "filter-author")
	p.On(vdom.Change, state.FilterActor, "")
	p.option("", p.word(say.FilterEverybody), f.Author == "")
	names := [...]words.Key{say.AuthorOperators, say.AuthorVisitors, say.AuthorBots, say.AuthorRules, say.AuthorTimers, say.AuthorApis}
	for i, kind := range state.AuthorKinds {
		p.option(string(kind), p.word(names[i]), f.Author == string(kind))
	}
	for i := range s.Team.Operators {
		o := &s.Team.Operators[i]
		p.option(string(o.ID), o.Name, f.Author == string(o.ID))
	}
	p.Close()
	p.Close()
	p.dateFilter("since", say.FilterSince, f.Since, state.FilterSince)
	p.dateFilter("until", say.FilterUntil, f.Until, state.FilterUntil)
	p.filterField("number", say.FilterNumber)
	p.Open(vdom.Input, "")
	p.Class("b-input b-input--number")
	p.Attr(vdom.ID, "filter-number")
	p.Attr(vdom.Type, "text")
	p.Attr(vdom.InputMode, "numeric")
	p.Attr(vdom.Autocomplete, "off")
	p.Attr(vdom.Placeholder, "#")
	number := ""
	if f.Number != 0 {
		number = f.Number.String()
	}
	p.Attr(vdom.Value, number)
	p.On(vdom.Change, state.FilterNumber, "")
	p.Close()
	p.Close()
	if f.String() != "" {
		p.button("reset", "b-linkbutton", state.FilterReset, "")
		p.Text(p.word(say.FilterReset))
		p.Close()
	}
	p.Close()
}

func (p pen) filterField(key string, name words.Key) {
	p.Open(vdom.Div, key)
	p.Class("b-filters__field")
	p.Open(vdom.Label, "")
	p.Attr(vdom.For, "filter-"+key)
	p.Text(p.word(name))
	p.Close()
}

func (p pen) dateFilter(key string, name words.Key, value string, on vdom.Handler) {
	p.filterField(key, name)
	p.Open(vdom.Input, "")
	p.Class("b-input")
	p.Attr(vdom.ID, "filter-"+key)
	p.Attr(vdom.Type, "date")
	p.Attr(vdom.Value, value)
	p.On(vdom.Change, on, "")
	p.Close()
	p.Close()
}

// typeFilter is a list of kinds that unfolds; the browser opens and closes it.
func (p pen) typeFilter(f *state.Filter) {
	p.Open(vdom.Details, "types")
	p.Class("b-filters__types")
	p.Open(vdom.Summary, "")
	p.Class("b-button")
	if len(f.Types) > 0 {
		p.Class("b-button--soft")
		p.Text(p.s.Words.Count(say.FilterTypesSome, len(f.Types)))
	} else {
		p.Text(p.word(say.FilterTypes))
	}
	p.small("#i-down")
	p.Close()
	p.Open(vdom.Div, "list")
	p.Class("b-menu")
	p.Attr(vdom.Role, "group")
	p.Attr(vdom.AriaLabel, p.word(say.FilterTypes))
	for _, kind := range state.EventKinds {
		p.Open(vdom.Label, string(kind))
		p.Class("b-check")
		p.Open(vdom.Input, "")
		p.Class("b-checkbox")
		p.Attr(vdom.Type, "checkbox")
		p.Flag(vdom.Checked, slices.Contains(f.Types, kind))
		p.On(vdom.Change, state.FilterType, string(kind))
		p.Close()
		p.Leaf(vdom.Span, "", p.eventName(kind))
		p.Close()
	}
	p.Close()
	p.Close()
}
