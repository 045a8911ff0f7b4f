package web

import (
	"math"
	"strconv"
)

// defaultColor is the brand colour of a new channel.
const defaultColor = "#0a6a78"

// contrast is black or white, whichever reads better on a colour: the true crossing of WCAG's contrast is at a relative
// luminance of 0.179.
func contrast(color string) string {
	if luminance(color) > 0.179 {
		return "#000000"
	}
	return "#ffffff"
}

// luminance is the relative luminance (WCAG 2.2) of #rrggbb, 0 to 1; 0 for anything else.
func luminance(color string) float64 {
	if len(color) != 7 {
		return 0
	}
	n, err := strconv.ParseUint(color[1:], 16, 32)
	if err != nil {
		return 0
	}
	linear := func(c uint64) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8&0xff) + 0.0722*linear(n&0xff)
}
