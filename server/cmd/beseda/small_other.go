//go:build !linux

package main

func startSmall() {}
