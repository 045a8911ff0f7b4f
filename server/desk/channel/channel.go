// Package channel is the configured ways in: today website widgets, each with its looks and the sites that may embed
// it.
package channel

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"beseda/protocol"
	"beseda/server/desk/call"
	"beseda/store"
)

// Create makes a channel, served by everybody.
func Create(_ store.Reader, c call.Call, cmd *protocol.ChannelCreate) (store.Outcome, error) {
	return describe(c, protocol.KindChannelCreated, protocol.Channel{
		ID: protocol.ChannelID(c.NewID()), Looks: cmd.Looks, Sites: cmd.Sites, AnySite: cmd.AnySite, Quoting: cmd.Quoting,
	}, nil)
}

// Change replaces a channel's settings; who serves it stays.
func Change(r store.Reader, c call.Call, cmd *protocol.ChannelChange) (store.Outcome, error) {
	old, err := store.Channels.Get(r, store.Text(cmd.Channel))
	if err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = protocol.Refuse(protocol.CodeNotFound, "")
		}
		return store.Outcome{}, err
	}
	return describe(c, protocol.KindChannelSet, protocol.Channel{
		ID: cmd.Channel, Looks: cmd.Looks, Sites: cmd.Sites, AnySite: cmd.AnySite, Quoting: cmd.Quoting,
		Team: old.Channel.Team,
	}, &old.Channel)
}

func describe(c call.Call, kind protocol.Kind, ch protocol.Channel, former *protocol.Channel) (store.Outcome, error) {
	ch.Looks.Name = strings.TrimSpace(ch.Looks.Name)
	if ch.Looks.Name == "" {
		return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=looks.name")
	}
	ch.Looks.Color = strings.ToLower(ch.Looks.Color)
	ch.Looks.Greeting = strings.TrimSpace(ch.Looks.Greeting)
	sites := make([]string, 0, len(ch.Sites))
	for _, s := range ch.Sites {
		if strings.TrimSpace(s) == "" {
			continue
		}
		site, ok := Site(s)
		if !ok {
			return store.Outcome{}, protocol.Refuse(protocol.CodeInvalid, "field=sites")
		}
		if !slices.Contains(sites, site) {
			sites = append(sites, site)
		}
	}
	ch.Sites = sites
	event := protocol.ChannelSet{Channel: ch, Former: former} // of a new one the shape is the same
	return store.Outcome{Made: string(ch.ID), Events: []protocol.Frame{
		c.Event(kind, protocol.EncodeBody(&event)),
	}}, nil
}

// Site turns what an owner typed into an origin: "Shop.Example", "https://shop.example/" and "https://магазин.рф" are
// all understood; scheme https unless http is written, host in punycode, port kept where it is not the scheme's own.
// "*.shop.example" means every host below. False where it names no host.
func Site(typed string) (string, bool) {
	typed = strings.TrimSpace(typed)
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	host, wild := strings.CutPrefix(u.Hostname(), "*.")
	if strings.Contains(host, ":") { // IPv6
		host = "[" + host + "]"
	} else if host, err = idna.Lookup.ToASCII(host); err != nil || host == "" || strings.ContainsAny(host, " ;,'\"*") {
		return "", false
	}
	if wild {
		host = "*." + host
	}
	if port := u.Port(); port != "" && !(u.Scheme == "https" && port == "443") && !(u.Scheme == "http" && port == "80") {
		host += ":" + port
	}
	return u.Scheme + "://" + host, true
}

// Allows tells whether a channel's widget may stand on a page of this origin.
func Allows(ch protocol.Channel, origin string) bool {
	if ch.AnySite {
		return true
	}
	scheme, host, ok := strings.Cut(strings.ToLower(origin), "://")
	if !ok {
		return false
	}
	for _, site := range ch.Sites {
		siteScheme, siteHost, _ := strings.Cut(site, "://")
		if siteScheme != scheme {
			continue
		}
		if below, wild := strings.CutPrefix(siteHost, "*"); siteHost == host || wild && strings.HasSuffix(host, below) {
			return true
		}
	}
	return false
}

// Apply keeps the channel's row.
func Apply(tx store.Tx, ev *protocol.Frame) error {
	var body protocol.ChannelCreated
	if err := protocol.DecodeBody(ev.Body, &body); err != nil {
		return err
	}
	row := store.Channel{Channel: body.Channel, CreatedAt: ev.At}
	old, err := store.Channels.Get(tx, store.Text(body.Channel.ID))
	switch {
	case err == nil:
		row.CreatedAt = old.CreatedAt
	case !errors.Is(err, store.ErrNotFound):
		return err
	}
	return store.Channels.Put(tx, row, store.Text(body.Channel.ID))
}
