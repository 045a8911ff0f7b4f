package state

import (
	"math"
	"strconv"
	"strings"
)

// Color is an sRGB colour.
type Color struct{ R, G, B uint8 }

// ParseColor reads #rrggbb, #rgb, or either without the mark.
func ParseColor(s string) (Color, bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	if len(s) != 6 {
		return Color{}, false
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return Color{}, false
	}
	return Color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// String is #rrggbb.
func (c Color) String() string {
	const digit = "0123456789abcdef"
	b := []byte{'#', 0, 0, 0, 0, 0, 0}
	for i, v := range [...]uint8{c.R, c.G, c.B} {
		b[1+2*i], b[2+2*i] = digit[v>>4], digit[v&15]
	}
	return string(b)
}

// luminance is the relative luminance of WCAG, from 0 to 1.
func (c Color) luminance() float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

// Contrast is the ratio of the text that the widget writes on this colour, black or white, to the colour, in tenths: 63
// is 6.3 : 1. It is never under 46.
func (c Color) Contrast() (tenths int, dark bool) {
	y := c.luminance()
	if y > 0.179 {
		return int((y+0.05)/0.05*10 + 0.5), true
	}
	return int(1.05/(y+0.05)*10 + 0.5), false
}
