//go:build !testclock

package web

// testRoutes are what only a build for tests has: nothing moves the clock of this one.
func (s *site) testRoutes() []route { return nil }
