package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"beseda/protocol"
	"beseda/server/auth"
	"beseda/server/desk/audit"
	"beseda/server/desk/call"
	"beseda/server/desk/contact"
	"beseda/server/desk/team"
	"beseda/store"
)

// columns of the list of conversations as a table.
var columns = []string{"number", "subject", "contact", "channel", "activity", "status", "assignee", "created", "closed", "tags"}

// exportConversations answers with the list of conversations under the filter of the address, as the console writes it,
// as far as whoever asks may read it at the moment that each row is written.
func (s *site) exportConversations(format string, begin func(http.ResponseWriter) sheet) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, err := s.who(r)
		if err != nil {
			s.refuse(w, err)
			return
		}
		defer p.release()
		list, err := s.beginExport(p, format, r.URL.RawQuery)
		if err != nil {
			s.refuse(w, err)
			return
		}
		h := w.Header()
		h.Set("Content-Disposition", `attachment; filename="conversations-`+s.Now().UTC().Format(time.DateOnly)+`.`+format+`"`)
		h.Set("Cache-Control", "no-store")
		out := outward(p.ctx, w)
		defer out.done()
		if err := list.write(begin(out)); err != nil {
			if p.ctx.Err() == nil {
				s.Log.Warn("export conversations", "operator", p.call.By.ID, "err", err)
			}
			panic(http.ErrAbortHandler) // half a table must not look like a whole one
		}
	}
}

// beginExport finds what is of the list, and writes down that it is taken out of the house.
func (s *site) beginExport(p *party, format, query string) (*exported, error) {
	if err := s.mayExport(p); err != nil {
		return nil, err
	}
	query, aliases, err := inLanguage(query)
	if err != nil {
		return nil, err
	}
	filter, order, err := listFilter(query)
	if err != nil {
		return nil, err
	}
	out := &exported{site: s, party: p, aliases: aliases, names: map[string]string{}}
	err = s.Engine.Read(func(r store.Reader) error {
		o, err := store.Operators.Get(r, store.Text(p.call.By.ID))
		if err != nil {
			return err
		}
		out.numbers, err = s.Inbox.List(r, o, &filter, order)
		return err
	})
	if err != nil {
		return nil, err
	}
	if format == formatXLSX && len(out.numbers) > maxSheetRows {
		return nil, &store.LimitError{Limit: maxSheetRows}
	}
	return out, s.noteExport(p, &protocol.ExportMade{
		What: "conversations", Format: format, Rows: len(out.numbers), Filter: filter.Address(order),
	})
}

// mayExport asks for the right to take lists out of the house, and counts it as a command.
func (s *site) mayExport(p *party) error {
	if err := p.call.Needs(protocol.RightExport); err != nil {
		return err
	}
	return s.Auth.Limits.Take(auth.LimitCommand, p.call.By.ID)
}

// mayExportStill asks for the right again, as it is while the list is read.
func mayExportStill(r store.Reader, p *party) error {
	c, err := team.Admit(r, p.call)
	if err != nil {
		return err
	}
	return c.Needs(protocol.RightExport)
}

// noteExport writes down that somebody took a list.
func (s *site) noteExport(p *party, made *protocol.ExportMade) error {
	return s.operatorCall(p, func(r store.Reader, c call.Call) (store.Outcome, error) { return audit.Exported(r, c, made) })
}

// listFilter reads a filter out of an address. A list that leaves the house is never a wider one than was asked for: what
// is not understood is refused.
func listFilter(query string) (f protocol.Filter, order protocol.Order, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return f, order, protocol.Refuse(protocol.CodeInvalid, "malformed")
	}
	var pairs []string
	for name, all := range values {
		for _, value := range all {
			pair := name + "=" + value
			one, by := protocol.ParseFilter(pair)
			for _, part := range strings.Split(value, ",") {
				if alone, by := protocol.ParseFilter(name + "=" + part); alone.Address(by) == "" {
					return f, order, protocol.Refuse(protocol.CodeInvalid, "field="+name)
				}
			}
			if one.Address(by) == "" {
				return f, order, protocol.Refuse(protocol.CodeInvalid, "field="+name)
			}
			pairs = append(pairs, pair)
		}
	}
	f, order = protocol.ParseFilter(strings.Join(pairs, "&"))
	return f, order, nil
}

// exported is a list on its way out.
type exported struct {
	*site
	party   *party
	numbers []protocol.Number
	aliases aliases
	names   map[string]string // of channels and operators that stood in a row
}

// write fills a sheet. Rights are asked for anew with each page of rows, and, where nothing was sent before the end,
// once more at the end.
func (x *exported) write(out sheet) error {
	defer out.close()
	if err := out.head(columns); err != nil {
		return err
	}
	var written []protocol.Number
	for rest := x.numbers; len(rest) > 0; {
		n := min(len(rest), exportPage)
		rows, err := x.rows(rest[:n])
		if err != nil {
			return err
		}
		for i := range rows {
			if err := out.row(&rows[i]); err != nil {
				return err
			}
			written = append(written, rows[i].number)
		}
		rest = rest[n:]
	}
	return out.end(func() error { return x.still(written) })
}

// still refuses where something that was written may no longer be read.
func (x *exported) still(written []protocol.Number) error {
	return x.Engine.Read(func(r store.Reader) error {
		if err := mayExportStill(r, x.party); err != nil {
			return err
		}
		for _, n := range written {
			if !x.Inbox.MayRead(x.party.call.Operator(), n) {
				return protocol.Refuse(protocol.CodeConflict, "changed")
			}
		}
		return nil
	})
}

// line is a conversation as a row of the table.
type line struct {
	number                              protocol.Number
	subject, contact, channel, assignee string
	activity                            protocol.Activity
	status                              protocol.Status
	created, closed                     int64 // unix milliseconds; 0 for never
	tags                                string
}

func (x *exported) rows(numbers []protocol.Number) (rows []line, err error) {
	err = x.Engine.Read(func(r store.Reader) error {
		if err := mayExportStill(r, x.party); err != nil {
			return err
		}
		for _, n := range numbers {
			conv, err := store.Conversations.Get(r, store.Num(n))
			if err != nil {
				return err
			}
			if !x.Inbox.MayRead(x.party.call.Operator(), n) { // taken away, merged or erased meanwhile
				continue
			}
			row, err := x.line(r, &conv)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

func (x *exported) line(r store.Reader, conv *store.Conversation) (row line, err error) {
	row = line{
		number: conv.Number, subject: conv.Subject, activity: conv.Activity, status: conv.Status,
		created: conv.StartedAt, closed: conv.ClosedAt,
	}
	if row.subject == "" {
		row.subject = conv.Title
	}
	person, err := store.Contacts.Get(r, store.Text(conv.Contact))
	if err != nil && !errors.Is(err, store.ErrNotFound) { // without a contact there is nobody to name
		return row, err
	}
	if row.contact = person.Name; row.contact == "" {
		row.contact = x.aliases.of(conv.Visitor)
	}
	borne, err := contact.Borne(r, &person)
	if err != nil {
		return row, err
	}
	var names []string
	for _, t := range borne {
		tag, err := store.Tags.Get(r, store.Text(t.Tag))
		if err != nil {
			return row, err
		}
		names = append(names, tag.Tag.Name)
	}
	row.tags = strings.Join(names, ", ")
	row.channel, err = x.name(string(conv.Channel), func() (string, error) {
		ch, err := store.Channels.Get(r, store.Text(conv.Channel))
		return ch.Channel.Looks.Name, err
	})
	if err != nil || conv.Assignee == "" {
		return row, err
	}
	row.assignee, err = x.name(string(conv.Assignee), func() (string, error) {
		o, err := store.Operators.Get(r, store.Text(conv.Assignee))
		return o.Name, err
	})
	return row, err
}

// name reads a name that many rows have once.
func (x *exported) name(id string, read func() (string, error)) (string, error) {
	if name, ok := x.names[id]; ok {
		return name, nil
	}
	name, err := read()
	if err == nil {
		x.names[id] = name
	}
	return name, err
}

func (l *line) numberText() string { return strconv.FormatUint(uint64(l.number), 10) }
