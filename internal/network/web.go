package network

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the networks of a family, on both sides.
func (s *Service) Routes(m *web.Router) {
	for _, side := range tool.Sides {
		c := screen{s, side}
		read, write := side.Reads(), side.Writes()
		m.Handle("GET "+side.Path("/network"), read, c.showAll)
		m.Handle("POST "+side.Path("/network"), write, c.postStart)
		one := side.Path("/network/{person}")
		m.Handle("GET "+one, read, c.showMap)
		m.Handle("GET "+one+"/names", write, c.showNames)
		m.Handle("POST "+one+"/names", write, c.postNames)
		m.Handle("GET "+one+"/who", write, c.showWho)
		m.Handle("POST "+one+"/who", write, c.postWho)
		m.Handle("GET "+one+"/places", write, c.showPlaces)
		m.Handle("POST "+one+"/places", write, c.postPlaces)
		m.Handle("GET "+one+"/ties", write, c.showTies)
		m.Handle("POST "+one+"/ties", write, c.postTies)
		m.Handle("GET "+one+"/support", write, c.showSupport)
		m.Handle("POST "+one+"/support", write, c.postSupport)
		m.Handle("GET "+one+"/tasks", read, c.showTasks)
		m.Handle("POST "+one+"/tasks", write, c.postTasks)
		m.Handle("POST "+one+"/tasks/remove", write, c.postUntask)
		m.Handle("GET "+one+"/people/{alter}", write, c.showAlter)
		m.Handle("POST "+one+"/people/{alter}", write, c.postAlter)
		m.Handle("POST "+one+"/people/{alter}/tie", write, c.postTie)
		m.Handle("POST "+one+"/people/{alter}/remove", write, c.postRemove)
		m.Handle("POST "+one+"/undo", write, c.postUndo)
		m.Handle("GET "+one+"/compare", read, c.showCompare)
	}
	s.outward(m)
}

var (
	startFields   = form.Fields{Lines: []string{"line", "whose", "name"}}
	namesFields   = form.Fields{Lines: []string{"line", "known"}, Texts: []string{"names"}, Max: map[string]int{"names": 4000}}
	whoFields     = form.Fields{Lines: []string{"shown", "quarter_*", "is_*"}}
	placeFields   = form.Fields{Lines: []string{"who", "ring", "step"}}
	tieFields     = form.Fields{Lines: []string{"line", "who", "knows"}}
	supportFields = form.Fields{Lines: []string{"who", "gives", "could", "tasks"}}
	taskFields    = form.Fields{Lines: []string{"line", "offer"}, Texts: []string{"tasks"}, Max: map[string]int{"tasks": 4000}}
	alterFields   = form.Fields{Lines: []string{"name"}}
	bondFields    = form.Fields{Part: "tie", Lines: []string{"line", "other", "kind"}}
	dropFields    = form.Fields{Lines: []string{"drop"}}
	undoFields    = form.Fields{Lines: []string{"seq"}}
)

// screen is the same page through one of the sides.
type screen struct {
	*Service
	side tool.Side
}

// view is what the pages of one network show.
type view struct {
	opened
	Network
	base string // of this network's pages
}

func (c screen) view(q *web.Request) (view, error) {
	o, err := c.open(q, c.side)
	if err != nil {
		return view{}, err
	}
	n, err := o.network()
	return view{o, n, o.Base + "/network/" + o.middle.String()}, err
}

// fresh is a form that starts from what the page shows, with an identifier for what it makes.
func (v view) fresh(q *web.Request, fields form.Fields) *form.Form {
	f := q.Fresh(fields).Set("line", core.NewID[core.ID](q.Now()).String())
	f.Version = v.book.Seq
	return f
}

// record writes down what a form says, and goes on; a form that is refused comes back on the page.
func (c screen) record(q *web.Request, name string, f *form.Form, deed func(opened, Network) (kin.Change, error), then string, page func(view) templ.Component) error {
	var err error
	if f.OK() {
		err = c.Service.record(q, c.side, name, f.Version, func(o opened) (kin.Change, error) {
			n, err := o.network()
			if err != nil {
				return kin.Change{}, err
			}
			return deed(o, n)
		})
		if err == nil {
			return q.See(then, q.Lang.NetworkSaved())
		}
	}
	v, e := c.view(q)
	if e != nil {
		return e
	}
	if core.IsKind(err, core.KindConflict) {
		f.Version = v.book.Seq // who sees how it is now, and sends it again, means it
	}
	return q.Again(err, f, func() templ.Component { return page(v) })
}

// base is the address of the network that a request is about: the first four parts of its own.
func (c screen) base(q *web.Request) (string, error) {
	_, err := web.PathID[core.ID](q, "person")
	parts := strings.Split(q.R.URL.Path, "/")
	return strings.Join(parts[:min(5, len(parts))], "/"), err
}

// steps of the talk, in the order that works.
var steps = []string{"names", "who", "places", "ties", "support"}

// next is the first step that is not finished.
func (v view) next() string {
	switch {
	case len(v.Alters) == 0:
		return "names"
	case slices.ContainsFunc(v.Alters, func(a Alter) bool { return a.Beyond == "" && a.Is == "" && a.File == 0 && !a.IsPlaced() }):
		return "who"
	case v.Facts(v.count).Waiting > 0:
		return "places"
	case len(v.Alters) > 1 && !v.isTold():
		return "ties"
	}
	return "support"
}

func (c screen) showAll(q *web.Request) error {
	o, err := c.open(q, c.side)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.NetworkTitle()), o, o.start(q)))
}

func (o opened) start(q *web.Request) *form.Form {
	f := q.Fresh(startFields).Set("line", core.NewID[core.ID](q.Now()).String())
	f.Version = o.book.Seq
	return f
}

// middles are those who have a network already, in the order in which they began.
func (o opened) middles() (out []Network) {
	seen := map[core.ID]bool{}
	for _, p := range o.book.Family.Places {
		if !seen[p.Centre] {
			seen[p.Centre] = true
			if n, err := Of(o.book.Family, p.Centre, o.today); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}

// others are those of the family who have no network yet.
func (o opened) others() (out []kin.Person) {
	for _, p := range o.known(Network{}) {
		if p.IsKin() && !slices.ContainsFunc(o.middles(), func(n Network) bool { return n.Middle.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// postStart begins the network of a member of the family: somebody who is known, or a new name.
func (c screen) postStart(q *web.Request) error {
	f := q.Form(startFields)
	var middle core.ID
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err == nil && f.OK() {
		err = c.Service.record(q, c.side, tool.Sociogram, f.Version, func(o opened) (ch kin.Change, err error) {
			ch, middle, err = o.begun(line, f.Value("whose"), f.Value("name"))
			return ch, err
		})
		if err == nil {
			return q.See(q.R.URL.Path+"/"+middle.String()+"/names", q.Lang.NetworkBegun())
		}
	}
	o, e := c.open(q, c.side)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return allPage(q.Frame(q.Lang.NetworkTitle()), o, f) })
}

// begun is the change that begins a network, with the middle's own place in it. A network that has begun already is opened.
func (o opened) begun(line core.ID, whose, called string) (kin.Change, core.ID, error) {
	who, typed := kin.Person{ID: line, Name: called}, core.ID(0)
	if id, err := core.ParseID[core.ID](whose); err == nil {
		typed = id
	}
	for _, n := range o.middles() {
		if n.Middle.ID == typed || n.Middle.ID == line {
			return kin.Change{}, n.Middle.ID, nil
		}
	}
	if i := slices.IndexFunc(o.others(), func(p kin.Person) bool { return p.ID == typed }); i >= 0 {
		who = o.others()[i]
	}
	if who.Name == "" {
		return kin.Change{}, 0, invalid("whose", "network_choose_whose")
	}
	c := kin.Change{Did: "network_begun", About: who.ID}
	if _, known := person(o.book.Family, who.ID); !known {
		c.Put.Persons = []kin.Person{who}
	}
	c.Put.Places = []kin.Place{{ID: line + 1, Centre: who.ID, Person: who.ID}}
	return c, who.ID, nil
}

func (c screen) showMap(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	return q.Show(mapPage(q.Frame(q.Lang.NetworkTitle()), v, q.Query("ties") == "1", v.since(q)))
}

// since is the day with which the network is compared: the one that was asked, or a month ago.
func (v view) since(q *web.Request) core.Date {
	if d, err := core.ParseDate(q.Query("since")); err == nil && !d.IsZero() && d.Before(v.today) {
		return d
	}
	return v.today.AddMonths(-1)
}

func (v view) back() string {
	return v.Base + "/network"
}
