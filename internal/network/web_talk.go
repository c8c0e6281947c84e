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

func (c screen) showNames(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	return q.Show(namesPage(q.Frame(q.Lang.NetworkTitle()), v, v.fresh(q, namesFields)))
}

func (c screen) postNames(q *web.Request) error {
	f := q.Form(namesFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err != nil {
		return err
	}
	return c.record(q, tool.Sociogram, f, func(o opened, n Network) (kin.Change, error) {
		if o.book.Version(line) > 0 || o.book.Version(line+1) > 0 { // a double tap
			return kin.Change{}, nil
		}
		id, err := core.ParseID[core.ID](f.Value("known"))
		if err != nil {
			return Named(o.book.Family, o.middle, line, Names(f.Value("names")))
		}
		i := slices.IndexFunc(o.known(n), func(p kin.Person) bool { return p.ID == id })
		if i < 0 {
			return kin.Change{}, nil // somebody else put them there meanwhile
		}
		return Taken(o.book.Family, o.middle, line, o.known(n)[i])
	}, base+"/names", func(v view) templ.Component { return namesPage(q.Frame(q.Lang.NetworkTitle()), v, f) })
}

func (c screen) showWho(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	f := v.fresh(q, whoFields)
	for _, a := range v.Alters {
		f.Set("is_"+a.ID.String(), a.Is)
		if v.hasQuarter(a) {
			f.Set("quarter_"+a.ID.String(), Quarter(a.Person))
		}
	}
	return q.Show(whoPage(q.Frame(q.Lang.NetworkTitle()), v, f))
}

func (c screen) postWho(q *web.Request) error {
	f := q.Form(whoFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	return c.record(q, tool.Sociogram, f, func(_ opened, n Network) (kin.Change, error) {
		says := map[core.ID]Word{}
		for _, a := range n.Alters {
			if id := a.ID.String(); f.Has("shown", id) || f.Value("quarter_"+id) != "" {
				says[a.ID] = Word{f.Value("quarter_" + id), f.Value("is_" + id)}
			}
		}
		return Whose(n, says)
	}, base+"/places", func(v view) templ.Component { return whoPage(q.Frame(q.Lang.NetworkTitle()), v, f) })
}

func (c screen) showPlaces(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	f := v.fresh(q, placeFields)
	if i := slices.IndexFunc(v.Alters, func(a Alter) bool { return !a.IsPlaced() }); i >= 0 {
		f.Set("who", v.Alters[i].ID.String())
	}
	return q.Show(placesPage(q.Frame(q.Lang.NetworkTitle()), v, f))
}

// postPlaces puts somebody in a ring: the one that was pressed, or one nearer or further.
func (c screen) postPlaces(q *web.Request) error {
	f := q.Form(placeFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	return c.record(q, tool.NetworkMap, f, func(o opened, n Network) (kin.Change, error) {
		who, _ := core.ParseID[core.ID](f.Value("who")) // nobody is refused by the rule
		ring := f.Int("ring")
		a, _ := n.Alter(who)
		switch f.Value("step") {
		case "closer":
			ring = Closer(a.Place.Ring, o.count)
		case "further":
			ring = Further(a.Place.Ring, o.count)
		}
		return Placed(n, who, ring, o.count)
	}, base+"/places", func(v view) templ.Component { return placesPage(q.Frame(q.Lang.NetworkTitle()), v, f) })
}

// asked is whom the page is about: the one in the address, or the first.
func (v view) asked(q *web.Request) Alter {
	id, _ := core.ParseID[core.ID](q.Query("who")) // nobody is the first
	if a, there := v.Alter(id); there {
		return a
	}
	if len(v.Alters) == 0 {
		return Alter{}
	}
	return v.Alters[0]
}

// after is the address of the same question about the next person, or of the step that follows.
func (n Network) after(base, step string, who core.ID) string {
	i := slices.IndexFunc(n.Alters, func(a Alter) bool { return a.ID == who })
	if i+1 < len(n.Alters) {
		return base + "/" + step + "?who=" + n.Alters[i+1].ID.String()
	}
	if step == "ties" {
		return base + "/support"
	}
	return base
}

func (c screen) showTies(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	who := v.asked(q)
	return q.Show(tiesPage(q.Frame(q.Lang.NetworkTitle()), v, v.tiesForm(q, who), who))
}

func (v view) tiesForm(q *web.Request, who Alter) *form.Form {
	var known []string
	for _, id := range v.knows()[who.ID] {
		known = append(known, id.String())
	}
	return v.fresh(q, tieFields).Set("who", who.ID.String()).Set("knows", known...)
}

func (c screen) postTies(q *web.Request) error {
	f := q.Form(tieFields)
	base, then, who, err := c.nextOf(q, f, "ties")
	if err != nil {
		return err
	}
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err != nil {
		return err
	}
	return c.record(q, tool.Sociogram, f, func(_ opened, n Network) (kin.Change, error) {
		var others []core.ID
		for _, s := range f.List("knows") {
			if id, err := core.ParseID[core.ID](s); err == nil {
				others = append(others, id)
			}
		}
		return Knows(n, who, line, others)
	}, base+then, func(v view) templ.Component {
		a, _ := v.Alter(who)
		return tiesPage(q.Frame(q.Lang.NetworkTitle()), v, f, a)
	})
}

// nextOf finds whom a form is about and where the page after it is.
func (c screen) nextOf(q *web.Request, f *form.Form, step string) (base, then string, who core.ID, err error) {
	if who, err = core.ParseID[core.ID](f.Value("who")); err != nil {
		return "", "", 0, err
	}
	v, err := c.view(q)
	if err != nil {
		return "", "", 0, err
	}
	return v.base, strings.TrimPrefix(v.after(v.base, step, who), v.base), who, nil
}

func (c screen) showSupport(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	who := v.asked(q)
	f := v.fresh(q, supportFields).Set("who", who.ID.String()).Set("gives", who.Place.Gives...).Set("could", who.Place.Could...).Set("tasks", who.Place.Tasks...)
	return q.Show(supportPage(q.Frame(q.Lang.NetworkTitle()), v, f, who))
}

func (c screen) postSupport(q *web.Request) error {
	f := q.Form(supportFields)
	base, then, who, err := c.nextOf(q, f, "support")
	if err != nil {
		return err
	}
	return c.record(q, tool.NetworkMap, f, func(_ opened, n Network) (kin.Change, error) {
		return Gives(n, who, f.List("gives"), f.List("could"), f.List("tasks"))
	}, base+then, func(v view) templ.Component {
		a, _ := v.Alter(who)
		return supportPage(q.Frame(q.Lang.NetworkTitle()), v, f, a)
	})
}
