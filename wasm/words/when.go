package words

import (
	"strconv"
	"strings"
)

// Clock is the time of day: "10:45".
func (w *Words) Clock(at int64) string {
	m := (w.Zone.local(at) - w.Zone.Day(at)*day) / minute
	return two(m/60) + ":" + two(m%60)
}

// Date is the day: "3 Nov" in the year of now, else "3 Nov 2024".
func (w *Words) Date(at, now int64) string {
	year, month, date := civil(w.Zone.Day(at))
	this, _, _ := civil(w.Zone.Day(now))
	months := strings.Fields(w.line(lineMonths))
	if len(months) < 12 {
		return ""
	}
	fill := []string{strconv.FormatInt(date, 10), months[month-1], strconv.FormatInt(year, 10)}
	if year == this {
		return filled(w.line(lineDate), fill)
	}
	return filled(w.line(lineDateYear), fill)
}

// Day is what stands over the messages of a day: "Today", "Yesterday", else the date.
func (w *Words) Day(at, now int64) string {
	switch w.Zone.Day(now) - w.Zone.Day(at) {
	case 0:
		return w.line(lineToday)
	case 1:
		return w.line(lineYesterday)
	}
	return w.Date(at, now)
}

// When is the short time of a list: the clock today, else the date.
func (w *Words) When(at, now int64) string {
	if w.Zone.Day(at) == w.Zone.Day(now) {
		return w.Clock(at)
	}
	return w.Date(at, now)
}

func two(n int64) string {
	s := strconv.FormatInt(n, 10)
	if len(s) < 2 {
		return "0" + s
	}
	return s
}

// ClockSeconds is the time of day to the second: "10:45:07".
func (w *Words) ClockSeconds(at int64) string {
	s := (w.Zone.local(at) - w.Zone.Day(at)*day) / 1000
	return two(s/3600) + ":" + two(s/60%60) + ":" + two(s%60)
}
