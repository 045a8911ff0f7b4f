package protocol

//go:generate go tool msgp -io=false -tests=false -o protocol_msgp.go
