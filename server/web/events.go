package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"beseda/protocol"
	"beseda/server/desk/eventlist"
	"beseda/server/desk/team"
	"beseda/store"
)

// exportPage is how many events are read at once; rights are asked for anew with each page.
const exportPage = 200

// exportEvents streams the event list as a table for other programs, with the filters of events.read in the address:
// type, actor and actor_id, each as often as needed, since, until and conversation.
func (s *site) exportEvents(w http.ResponseWriter, r *http.Request) {
	p, err := s.who(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	defer p.release()
	cmd, page, err := s.beginEvents(p, r.URL.Query())
	if err != nil {
		s.refuse(w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="events-`+s.Now().UTC().Format(time.DateOnly)+`.csv"`)
	h.Set("Cache-Control", "no-store")
	out := outward(p.ctx, w)
	defer out.done()
	_, _ = out.Write([]byte("\ufeff")) // spreadsheets take it for UTF-8 by this
	table := csv.NewWriter(out)
	_ = table.Write([]string{"position", "time", "event", "conversation", "author_kind", "author", "before", "after"})
	for {
		for i := range page.Events {
			_ = table.Write(eventRow(&page.Events[i]))
		}
		table.Flush()
		if !page.More || table.Error() != nil || p.ctx.Err() != nil {
			return
		}
		cmd.Before = page.Before
		if page, err = s.eventPage(p, cmd); err != nil {
			s.Log.Error("export events", "err", err)
			panic(http.ErrAbortHandler) // half a table must not look like a whole one
		}
	}
}

// beginEvents reads the filter and the first page, and writes down that the list is taken out of the house. How many
// events follow is not known then: the list is as long as the log.
func (s *site) beginEvents(p *party, query url.Values) (cmd *protocol.EventsRead, page protocol.Events, err error) {
	if err := s.mayExport(p); err != nil {
		return nil, page, err
	}
	if cmd, err = eventFilter(query); err != nil {
		return nil, page, err
	}
	if page, err = s.eventPage(p, cmd); err != nil {
		return nil, page, err
	}
	return cmd, page, s.noteExport(p, &protocol.ExportMade{What: "events", Format: formatCSV, Filter: eventAddress(cmd)})
}

func (s *site) eventPage(p *party, cmd *protocol.EventsRead) (page protocol.Events, err error) {
	err = s.Engine.Read(func(r store.Reader) (err error) {
		if err := mayExportStill(r, p); err != nil {
			return err
		}
		m, err := team.Working(r, p.call.Operator())
		if err != nil {
			return err
		}
		page, err = eventlist.Read(r, m, cmd)
		return err
	})
	return page, err
}

// eventFilter reads the filter out of an address, by the same rules as the command's.
func eventFilter(q url.Values) (*protocol.EventsRead, error) {
	cmd := &protocol.EventsRead{Limit: exportPage, ActorIDs: q["actor_id"]}
	for _, kind := range q["type"] {
		cmd.Types = append(cmd.Types, protocol.Kind(kind))
	}
	for _, kind := range q["actor"] {
		cmd.Actors = append(cmd.Actors, protocol.ActorKind(kind))
	}
	for name, into := range map[string]*int64{"since": &cmd.Since, "until": &cmd.Until} {
		if text := q.Get(name); text != "" {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, protocol.Refuse(protocol.CodeInvalid, "field="+name)
			}
			*into = n
		}
	}
	if text := q.Get("conversation"); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return nil, protocol.Refuse(protocol.CodeInvalid, "field=conversation")
		}
		cmd.Conversation = protocol.Number(n)
	}
	if refusal := protocol.Check(cmd); refusal != nil {
		return nil, refusal
	}
	return cmd, nil
}

// eventAddress is a filter as it stands in an address.
func eventAddress(cmd *protocol.EventsRead) string {
	q := url.Values{"actor_id": cmd.ActorIDs}
	for _, kind := range cmd.Types {
		q.Add("type", string(kind))
	}
	for _, kind := range cmd.Actors {
		q.Add("actor", string(kind))
	}
	for name, n := range map[string]int64{"since": cmd.Since, "until": cmd.Until, "conversation": int64(cmd.Conversation)} {
		if n != 0 {
			q.Set(name, strconv.FormatInt(n, 10))
		}
	}
	return q.Encode()
}

func eventRow(ev *protocol.Frame) []string {
	number, kind, author := "", "", ""
	if ev.Conversation != 0 {
		number = ev.Conversation.String()
	}
	if ev.Actor != nil {
		kind, author = string(ev.Actor.Kind), ev.Actor.Name
	}
	before, after := eventlist.Values(ev, moment)
	return []string{
		strconv.FormatUint(uint64(ev.Position), 10), time.UnixMilli(ev.At).UTC().Format(time.RFC3339), string(ev.Kind),
		number, kind, harmless(author), harmless(before), harmless(after),
	}
}

// harmless is a cell that no spreadsheet takes for a formula, whatever somebody called themselves.
func harmless(cell string) string {
	begins := strings.TrimLeft(cell, " \u00a0\ufeff")
	if begins != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(begins)[0]) {
		return "'" + cell
	}
	return cell
}
