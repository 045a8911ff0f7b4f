package protocol

import "strconv"

// String is the number as people read it, without the # sign.
func (n Number) String() string { return strconv.FormatUint(uint64(n), 10) }
