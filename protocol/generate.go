package protocol

//go:generate go run ./internal/msgpgen
//go:generate go run ./internal/specgen
