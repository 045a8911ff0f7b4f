package words

// Zone is how a person's clock differs from UTC, now and when it was or will be changed. The zero value is UTC.
type Zone struct {
	first   int64 // milliseconds east, before the first change
	changes []change
}

type change struct{ from, offset int64 }

const (
	minute = 60_000
	day    = 24 * 60 * minute
)

// ParseZone reads what the page tells at its start: minutes east, then changes as milliseconds:minutes, with semicolons:
// "60;1743296400000:120;1761440400000:60". What does not read ends it.
func ParseZone(s string) Zone {
	var z Zone
	n, rest := whole(s)
	z.first = n * minute
	for len(rest) > 0 && rest[0] == ';' {
		var c change
		c.from, rest = whole(rest[1:])
		if len(rest) == 0 || rest[0] != ':' {
			break
		}
		c.offset, rest = whole(rest[1:])
		c.offset *= minute
		z.changes = append(z.changes, c)
	}
	return z
}

func whole(s string) (n int64, rest string) {
	sign := int64(1)
	if len(s) > 0 && s[0] == '-' {
		sign, s = -1, s[1:]
	}
	for len(s) > 0 && '0' <= s[0] && s[0] <= '9' {
		n, s = n*10+int64(s[0]-'0'), s[1:]
	}
	return sign * n, s
}

// local is a time in unix milliseconds as the person's clock shows it, still in milliseconds.
func (z Zone) local(at int64) int64 {
	offset := z.first
	for _, c := range z.changes {
		if at < c.from {
			break
		}
		offset = c.offset
	}
	return at + offset
}

// Day counts the person's days; two times of one day have the same.
func (z Zone) Day(at int64) int64 { return floor(z.local(at), day) }

func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// civil turns a day count from 1970-01-01 into year, month 1–12 and day (the proleptic Gregorian calendar; years are
// counted from March, so that the leap day is a year's last).
func civil(days int64) (year, month, date int64) {
	days += 719468
	era := floor(days, 146097)
	d := days - era*146097
	y := (d - d/1460 + d/36524 - d/146096) / 365
	d -= 365*y + y/4 - y/100
	m := (5*d + 2) / 153
	date = d - (153*m+2)/5 + 1
	year = y + era*400
	if month = m + 3; month > 12 {
		month -= 12
		year++
	}
	return year, month, date
}
