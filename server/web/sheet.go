package web

import (
	"encoding/csv"
	"net/http"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	formatCSV  = "csv"
	formatXLSX = "xlsx"
	// maxSheetRows is what a sheet of such a file holds below its head.
	maxSheetRows = excelize.TotalRows - 1
)

// sheet is a table that is written row by row. end asks, where nothing was sent yet, whether it still may be.
type sheet interface {
	head(columns []string) error
	row(l *line) error
	end(may func() error) error
	close()
}

// text is a table for any program, sent as it is written.
type text struct {
	out   http.ResponseWriter
	table *csv.Writer
}

func newText(w http.ResponseWriter) sheet {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	return &text{out: w, table: csv.NewWriter(w)}
}

func (t *text) head(columns []string) error {
	if _, err := t.out.Write([]byte("\ufeff")); err != nil { // spreadsheets take it for UTF-8 by this
		return err
	}
	return t.table.Write(columns)
}

func (t *text) row(l *line) error {
	return t.table.Write([]string{
		l.numberText(), harmless(l.subject), harmless(l.contact), harmless(l.channel), string(l.activity), string(l.status),
		harmless(l.assignee), moment(l.created), moment(l.closed), harmless(l.tags),
	})
}

func (t *text) end(func() error) error {
	t.table.Flush()
	return t.table.Error()
}

func (t *text) close() {}

func moment(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}

// book is a table for spreadsheets. Its text is text, and harmless where somebody saves it as CSV. Rows beyond what fits into memory wait in
// a temporary file; it is sent when it is whole.
type book struct {
	out   http.ResponseWriter
	file  *excelize.File
	table *excelize.StreamWriter
	times int // the style of a moment
	rows  int
}

func newBook(w http.ResponseWriter) sheet {
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return &book{out: w, file: excelize.NewFile()}
}

const firstSheet = "Sheet1"

func (b *book) head(columns []string) (err error) {
	if b.table, err = b.file.NewStreamWriter(firstSheet); err != nil {
		return err
	}
	format := "yyyy-mm-dd hh:mm:ss"
	if b.times, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return err
	}
	cells := make([]any, len(columns))
	for i, name := range columns {
		if name == "created" || name == "closed" {
			name += " (UTC)" // a cell's time has no zone
		}
		cells[i] = name
	}
	return b.add(cells)
}

func (b *book) row(l *line) error {
	return b.add([]any{
		uint64(l.number), harmless(l.subject), harmless(l.contact), harmless(l.channel), string(l.activity), string(l.status),
		harmless(l.assignee), b.moment(l.created), b.moment(l.closed), harmless(l.tags),
	})
}

func (b *book) add(cells []any) error {
	b.rows++
	at, err := excelize.CoordinatesToCellName(1, b.rows)
	if err != nil {
		return err
	}
	return b.table.SetRow(at, cells)
}

func (b *book) moment(ms int64) any {
	if ms == 0 {
		return nil
	}
	return excelize.Cell{StyleID: b.times, Value: time.UnixMilli(ms).UTC()}
}

func (b *book) end(may func() error) error {
	if err := b.table.Flush(); err != nil {
		return err
	}
	if err := may(); err != nil {
		return err
	}
	_, err := b.file.WriteTo(b.out)
	return err
}

// close removes what waits in temporary files.
func (b *book) close() { _ = b.file.Close() }
