package genogram

import (
	"net/url"

	"maatje/internal/core"
	"maatje/internal/web"
)

// look is how somebody wants to see the picture; it stands in the address and is remembered nowhere.
type look struct {
	on, beside core.Date // days in the past; none is today
	known      core.Date // as it was written down at the end of that day
	child      core.PersonID
	hide       bool // the mark of who stays inside
	abuse      bool // by a deliberate choice alone
	whole      bool // everybody, on a phone too
	near       core.ID
}

func looked(q *web.Request) look {
	v := look{hide: q.Query("hide") == "1", abuse: q.Query("abuse") == "1", whole: q.Query("show") == "all"}
	v.on, v.beside, v.known = day(q, "on"), day(q, "beside"), day(q, "known")
	if v.beside.IsZero() && q.Query("beside") != "" {
		v.on, v.beside = core.Date{}, v.on // today beside an earlier day is that day beside today
	}
	v.child, _ = core.ParseID[core.PersonID](q.Query("for"))
	v.near, _ = core.ParseID[core.ID](q.Query("near"))
	if !v.child.IsZero() {
		v.abuse, v.known = false, core.Date{}
	}
	return v
}

// day reads a day of the address; one that is not there or lies ahead is today.
func day(q *web.Request, name string) core.Date {
	d, err := core.ParseDate(q.Query(name))
	if err != nil || !d.Before(q.Today()) {
		return core.Date{}
	}
	return d
}

// query is the look as it stands in an address.
func (v look) query() string {
	out := url.Values{}
	for name, d := range map[string]core.Date{"on": v.on, "beside": v.beside, "known": v.known} {
		if !d.IsZero() {
			out.Set(name, d.String())
		}
	}
	for name, yes := range map[string]bool{"hide": v.hide, "abuse": v.abuse} {
		if yes {
			out.Set(name, "1")
		}
	}
	if !v.child.IsZero() {
		out.Set("for", v.child.String())
	}
	if v.whole {
		out.Set("show", "all")
	}
	if !v.near.IsZero() {
		out.Set("near", v.near.String())
	}
	if len(out) == 0 {
		return ""
	}
	return "?" + out.Encode()
}

// isPlain says that the picture is the one of today for whoever works with it: the one that is changed.
func (v look) isPlain() bool {
	return v.on.IsZero() && v.beside.IsZero() && v.known.IsZero() && v.child.IsZero()
}
