//go:build !tinygo && !js

package protocol

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// What the team writes about contacts: who they are, and the tags that they bear.

func (z *TagCreate) clean() { z.Name = CleanName(z.Name) }

func (z *TagChange) clean() { z.Name = CleanName(z.Name) }

func (z *ContactChange) clean() {
	z.Name, z.Phone = CleanName(z.Name), CleanName(z.Phone)
	z.Email = strings.TrimSpace(norm.NFC.String(z.Email))
}
