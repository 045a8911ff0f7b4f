package badgerdb

import (
	"fmt"
	"log/slog"
	"strings"
)

// badgerLog hands what Badger says to slog, a step quieter than Badger means it: its "info" is for its own developers.
type badgerLog struct{ log *slog.Logger }

func (l badgerLog) Errorf(format string, args ...any)   { l.log.Error(line(format, args)) }
func (l badgerLog) Warningf(format string, args ...any) { l.log.Warn(line(format, args)) }
func (l badgerLog) Infof(format string, args ...any)    { l.log.Debug(line(format, args)) }
func (badgerLog) Debugf(string, ...any)                 {}

func line(format string, args []any) string {
	return "badger: " + strings.TrimSpace(fmt.Sprintf(format, args...))
}
