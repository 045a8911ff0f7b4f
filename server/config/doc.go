// Package config turns flags, environment and a file into one Config, checked once and never changed after.
//
// Each option is one row of a table: its flag, its environment name BESEDA_…, its key in the file, its default, its help
// and how its text is read. A flag beats the environment, which beats the file, which beats the default.
//
// It never opens a listener or a folder, and reads flags, environment and files only through what main hands in. No
// option holds a secret, and an address with credentials in it is refused without being repeated: so printing a Config
// shows nothing that must not be seen.
//
// main calls it, on its own goroutine, before anything else runs. A Config is plain data, safe to read from anywhere.
package config
