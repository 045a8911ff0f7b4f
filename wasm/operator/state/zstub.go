package state

import (
	"beseda/protocol"
	"beseda/wasm/bridge"
)

type Rules struct{}

func (r *Rules) follow(*State)                         {}
func (s *State) rulesSaved(*bridge.Effects)            {}
func (s *State) rulesRefused(Problem, *bridge.Effects) {}

type Events struct{}

func (s *State) eventHappened(*protocol.Frame) {}
func (s *State) eventsCame(*protocol.Frame)    {}
func (s *State) eventsRefused(Problem)         {}
