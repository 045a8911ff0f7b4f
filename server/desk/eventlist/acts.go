package eventlist

import (
	"strings"

	"beseda/protocol"
)

// acts are Values of what was done to the workspace itself.
func acts(ev *protocol.Frame) (before, after string) {
	switch ev.Kind {
	case protocol.KindPolicySet:
		body := decoded[protocol.PolicySet](ev)
		return policies(&protocol.PolicySet{Channel: body.Channel, Values: body.Former}), policies(&body)
	case protocol.KindRoleSet:
		body := decoded[protocol.RoleSet](ev)
		return role(body.Former, body.FormerGroup), role(body.Role, body.Group)
	case protocol.KindGroupSet:
		body := decoded[protocol.GroupSet](ev)
		if body.Former != nil {
			before = group(body.Former.Name, body.Former.Rights)
		}
		return before, group(body.Name, body.Rights)
	case protocol.KindGroupDeleted:
		return decoded[protocol.GroupDeleted](ev).Name, ""
	case protocol.KindTeamSet:
		body := decoded[protocol.TeamSet](ev)
		return joined(body.Former), joined(body.Operators)
	case protocol.KindProfileSet:
		return "", decoded[protocol.ProfileSet](ev).Name
	case protocol.KindTagSet:
		return "", decoded[protocol.TagSet](ev).Name
	case protocol.KindTagDeleted:
		return decoded[protocol.TagDeleted](ev).Name, ""
	case protocol.KindViewDeleted:
		return decoded[protocol.ViewDeleted](ev).Name, ""
	}
	return "", ""
}

func policies(body *protocol.PolicySet) string {
	if len(body.Values) == 0 && len(body.Unset) == 0 {
		return ""
	}
	var words []string
	if body.Channel != "" {
		words = append(words, "channel="+string(body.Channel))
	}
	if body.Preset != "" {
		words = append(words, "preset="+string(body.Preset))
	}
	for _, v := range body.Values {
		words = append(words, v.Key+"="+v.Value)
	}
	for _, key := range body.Unset {
		words = append(words, key+"=")
	}
	return strings.Join(words, " ")
}

// role is what somebody is, and the group where that matters.
func role(r protocol.Role, g protocol.GroupID) string {
	if g == "" {
		return string(r)
	}
	return string(r) + " group=" + string(g)
}

func group(name string, rights []protocol.Right) string {
	return strings.TrimSpace(name + " " + joined(rights))
}

// joined are words with spaces between them.
func joined[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, one := range all {
		words[i] = string(one)
	}
	return strings.Join(words, " ")
}
