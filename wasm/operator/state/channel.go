package state

import (
	"slices"
	"strings"

	"beseda/protocol"
	"beseda/wasm/bridge"
	say "beseda/wasm/words/console"
)

// Form is a channel's settings while they are edited.
type Form struct {
	// ID is the channel's, empty while it is new. Open: a form is shown.
	ID   protocol.ChannelID
	Open bool

	Name     string
	Color    string // as typed
	Greeting string
	Language string
	Left     bool
	AnySite  bool
	Sites    string // one a line
	Quoting  protocol.Capability
	// Some: only Team serve it, else everybody. TeamFind narrows the list that they are chosen from.
	Some     bool
	Team     []protocol.OperatorID
	TeamFind string

	// Dark shows the preview in the dark theme.
	Dark bool
	// Changed: something differs from what is saved.
	Changed bool
	Busy    bool
	// NameProblem, ColorProblem and SiteProblem are sentences at their fields; Problem is of the whole.
	NameProblem, ColorProblem, SiteProblem, TeamProblem string
	Problem                                             Problem
	// Copied: the tag is on the clipboard.
	Copied bool

	steps int // commands of saving without an answer
}

// Ids of the form's fields.
const (
	ChannelNameID  = "channel-name"
	ChannelColorID = "channel-color"
	ChannelSitesID = "channel-sites"
)

// Swatches are the colours offered at a press.
var Swatches = [...]string{"#0a6a78", "#7a3b8f", "#1f5fbf", "#1c7a46", "#c24a1f", "#ffcf33"}

// openForm begins editing what the route names.
func (s *State) openForm() {
	r := s.Route
	if r.Place != AtChannels || !r.New && r.Channel == "" {
		s.Form = Form{}
		return
	}
	s.Form = Form{ID: r.Channel, Open: r.New, Color: Swatches[0], Quoting: protocol.CapabilityBoth, Dark: s.Form.Dark}
	s.Form.follow(s)
}

// follow takes a channel's saved settings, unless somebody is in the middle of changing them.
func (f *Form) follow(s *State) {
	ch := s.Channel(f.ID)
	if f.ID == "" || ch == nil || f.Changed {
		return
	}
	f.Open = true
	f.Name, f.Color, f.Greeting, f.Language = ch.Looks.Name, ch.Looks.Color, ch.Looks.Greeting, ch.Looks.Language
	f.Left, f.AnySite, f.Sites = ch.Looks.Left, ch.AnySite, strings.Join(ch.Sites, "\n")
	f.followTeam(ch)
}

// formChanged takes a field's value; Arg names the field.
func (s *State) formChanged(e *bridge.Event, _ *bridge.Effects) {
	f := &s.Form
	f.Changed, f.Problem, f.Copied = true, Problem{}, false
	switch e.Arg {
	case "name":
		f.Name, f.NameProblem = e.Text, ""
	case "greeting":
		f.Greeting = e.Text
	case "language":
		f.Language = e.Text
	case "left":
		f.Left = true
	case "right":
		f.Left = false
	case "everybody", "some":
		f.Some, f.TeamProblem = e.Arg == "some", ""
	case "quoting":
		f.Quoting = protocol.Capability(e.Text)
	case "any":
		f.AnySite, f.SiteProblem = e.B == 1, ""
	case "sites":
		f.Sites = e.Text
		if f.SiteProblem != "" {
			f.SiteProblem = s.siteProblem(f.Sites)
		}
	case "color":
		f.Color = e.Text
		if _, ok := ParseColor(f.Color); ok {
			f.ColorProblem = ""
		}
	default: // a swatch
		f.Color, f.ColorProblem = e.Arg, ""
	}
}

func (s *State) previewTheme(e *bridge.Event, _ *bridge.Effects) { s.Form.Dark = e.Arg == "dark" }

// sitesLeft judges the sites once the field is left.
func (s *State) sitesLeft(_ *bridge.Event, _ *bridge.Effects) {
	s.Form.SiteProblem = s.siteProblem(s.Form.Sites)
}

func (s *State) colorLeft(_ *bridge.Event, _ *bridge.Effects) {
	if _, ok := ParseColor(s.Form.Color); !ok {
		s.Form.ColorProblem = s.Words.Text(say.ColorInvalid)
	}
}

// SiteLines are the sites typed, without empty lines.
func (f *Form) SiteLines() []string {
	var lines []string
	for line := range strings.Lines(f.Sites) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// siteProblem is what is wrong with the first bad site, "" if none is.
func (s *State) siteProblem(sites string) string {
	f := Form{Sites: sites}
	lines := f.SiteLines()
	if len(lines) > protocol.MaxSites {
		return s.Words.Fill(say.SitesTooMany, itoa(protocol.MaxSites))
	}
	for _, line := range lines {
		if k := judgeSite(line); k != 0 {
			return s.Words.Fill(k, line)
		}
	}
	return ""
}

func (s *State) saveChannel(_ *bridge.Event, fx *bridge.Effects) {
	f := &s.Form
	if !f.Open || f.Busy {
		return
	}
	color, ok := ParseColor(f.Color)
	f.NameProblem, f.ColorProblem, f.SiteProblem = "", "", ""
	first := ""
	f.TeamProblem = ""
	if f.Some && len(f.Team) == 0 {
		f.TeamProblem, first = s.Words.Text(say.TeamNobody), TeamFindID
	}
	if !f.AnySite {
		if f.SiteProblem = s.siteProblem(f.Sites); f.SiteProblem != "" {
			first = ChannelSitesID
		}
	}
	if !ok {
		f.ColorProblem, first = s.Words.Text(say.ColorInvalid), ChannelColorID
	}
	if strings.TrimSpace(f.Name) == "" {
		f.NameProblem, first = s.Words.Text(say.NameMissing), ChannelNameID
	}
	if first != "" {
		fx.Focus(first)
		fx.ScrollTo(first, true)
		return
	}
	f.Busy, f.Problem, f.steps = true, Problem{}, 1
	looks := protocol.Looks{
		Name: strings.TrimSpace(f.Name), Color: color.String(), Greeting: strings.TrimSpace(f.Greeting),
		Language: f.Language, Left: f.Left,
	}
	if f.ID == "" {
		s.ask(fx, protocol.KindChannelCreate, &protocol.ChannelCreate{
			Looks: looks, Sites: f.SiteLines(), AnySite: f.AnySite, Quoting: f.Quoting,
		}, request{what: askChannel})
		return
	}
	s.ask(fx, protocol.KindChannelChange, &protocol.ChannelChange{
		Channel: f.ID, Looks: looks, Sites: f.SiteLines(), AnySite: f.AnySite, Quoting: f.Quoting,
	}, request{what: askChannel})
	s.saveTeam(f.ID, fx)
}

func (s *State) channelSaved(a *protocol.Accepted, fx *bridge.Effects) {
	f := &s.Form
	if f.ID == "" && protocol.IsID(a.Made) && s.Route.New {
		s.Route = Route{Place: AtChannels, Channel: protocol.ChannelID(a.Made)}
		f.ID = s.Route.Channel
		fx.ReplaceURL(s.Route.Address())
		s.saveTeam(f.ID, fx)
	}
	s.channelStep(fx)
}

func (s *State) channelRefused(p Problem) {
	f := &s.Form
	f.steps--
	f.Busy = f.steps > 0
	switch field := p.Field(); {
	case strings.HasPrefix(field, "sites"):
		f.SiteProblem = s.Words.Text(say.SitesInvalid)
	case field == "looks.name" || field == "name":
		f.NameProblem = s.Words.Text(say.NameMissing)
	case field == "looks.color" || field == "color":
		f.ColorProblem = s.Words.Text(say.ColorInvalid)
	default:
		f.Problem = p
	}
}

func (s *State) resetForm(_ *bridge.Event, _ *bridge.Effects) { s.openForm() }

// ScriptTag is what a site owner pastes for a channel.
func (s *State) ScriptTag(id protocol.ChannelID) string {
	return `<script async src="` + s.Site + `/widget.js?channel=` + string(id) + `"></script>`
}

func (s *State) copyTag(e *bridge.Event, fx *bridge.Effects) {
	s.copying = copyTag
	fx.CopyText(s.ScriptTag(protocol.ChannelID(e.Arg)))
}

// ChannelsByName are the channels in the order of their names.
func (s *State) ChannelsByName() []*protocol.Channel {
	all := make([]*protocol.Channel, len(s.Team.Channels))
	for i := range all {
		all[i] = &s.Team.Channels[i]
	}
	slices.SortFunc(all, func(a, b *protocol.Channel) int {
		if c := strings.Compare(strings.ToLower(a.Looks.Name), strings.ToLower(b.Looks.Name)); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all
}
