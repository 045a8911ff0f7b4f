package protocol

// IsID tells whether s is an identifier as every one on the wire is: a ULID in upper-case Crockford base 32.
func IsID(s string) bool {
	if len(s) != 26 || s[0] > '7' { // 128 bits: the first character holds three
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
		case c < 'A' || c > 'Z' || c == 'I' || c == 'L' || c == 'O' || c == 'U':
			return false
		}
	}
	return true
}
