package network

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/kin"
	"maatje/internal/tool"
	"maatje/internal/web"
)

func (c screen) showTasks(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	offers, err := c.offers(q, c.side, v)
	if err != nil {
		return err
	}
	return q.Show(tasksPage(q.Frame(q.Lang.NetworkTasksTitle()), v, v.fresh(q, taskFields), offers))
}

func (c screen) postTasks(q *web.Request) error {
	f := q.Form(taskFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err != nil {
		return err
	}
	return c.record(q, tool.NetworkMap, f, func(_ opened, n Network) (kin.Change, error) {
		if offer := f.Value("offer"); offer != "" {
			return Tasked(n, line, []string{offer})
		}
		return Tasked(n, line, Names(f.Value("tasks")))
	}, base+"/tasks", func(v view) templ.Component { return tasksPage(q.Frame(q.Lang.NetworkTasksTitle()), v, f, nil) })
}

func (c screen) postUntask(q *web.Request) error {
	f := q.Form(dropFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	return c.record(q, tool.NetworkMap, f, func(_ opened, n Network) (kin.Change, error) { return Untasked(n, f.Value("drop")) },
		base+"/tasks", func(v view) templ.Component {
			return tasksPage(q.Frame(q.Lang.NetworkTasksTitle()), v, v.fresh(q, taskFields), nil)
		})
}

// alter is who a page about one person of a network is about.
func (c screen) alter(q *web.Request) (view, Alter, error) {
	v, err := c.view(q)
	if err != nil {
		return v, Alter{}, err
	}
	id, err := web.PathID[core.ID](q, "alter")
	if err != nil {
		return v, Alter{}, err
	}
	a, there := v.Alter(id)
	if !there {
		return v, a, core.NotFound()
	}
	return v, a, nil
}

func (c screen) showAlter(q *web.Request) error {
	v, a, err := c.alter(q)
	if err != nil {
		return err
	}
	return q.Show(alterPage(q.Frame(q.Lang.NetworkTitle()), v, a, v.fresh(q, alterFields).Set("name", a.Name), v.fresh(q, bondFields)))
}

func (c screen) postAlter(q *web.Request) error {
	v, a, err := c.alter(q)
	if err != nil {
		return err
	}
	f := q.Form(alterFields)
	return c.record(q, tool.Sociogram, f, func(_ opened, n Network) (kin.Change, error) { return Renamed(n, a.ID, f.Value("name")) },
		v.base+"/people/"+a.ID.String(), func(v view) templ.Component {
			return alterPage(q.Frame(q.Lang.NetworkTitle()), v, a, f, v.fresh(q, bondFields))
		})
}

func (c screen) postTie(q *web.Request) error {
	v, a, err := c.alter(q)
	if err != nil {
		return err
	}
	f := q.Form(bondFields)
	line, err := core.ParseID[core.ID](f.Value("line"))
	if err != nil {
		return err
	}
	return c.record(q, tool.Sociogram, f, func(_ opened, n Network) (kin.Change, error) {
		other, _ := core.ParseID[core.ID](f.Value("other")) // nobody is refused by the rule
		kind := f.Value("kind")
		if kind == "" {
			return kin.Change{}, invalid("kind", "network_choose_tie")
		}
		return Tied(n, a.ID, other, line, strings.TrimPrefix(kind, "none"))
	}, v.base+"/people/"+a.ID.String(), func(v view) templ.Component {
		return alterPage(q.Frame(q.Lang.NetworkTitle()), v, a, v.fresh(q, alterFields).Set("name", a.Name), f)
	})
}

func (c screen) postRemove(q *web.Request) error {
	v, a, err := c.alter(q)
	if err != nil {
		return err
	}
	err = c.Service.record(q, c.side, tool.Sociogram, v.book.Seq, func(o opened) (kin.Change, error) {
		n, err := o.network()
		if err != nil {
			return kin.Change{}, err
		}
		return Gone(o.book.Family, n, a.ID)
	})
	if err != nil {
		return err
	}
	return q.See(v.base, q.Lang.NetworkGone())
}

func (c screen) postUndo(q *web.Request) error {
	f := q.Form(undoFields)
	base, err := c.base(q)
	if err != nil {
		return err
	}
	if err := c.undo(context.WithoutCancel(q.Context()), q, c.side, f.Int("seq")); err != nil {
		return err
	}
	return q.See(base, q.Lang.NetworkUndone())
}

// compared are the two days beside each other: those that were asked, or a month ago and today.
func (v view) compared(q *web.Request) (from, to core.Date) {
	to, err := core.ParseDate(q.Query("to"))
	if err != nil || to.IsZero() || to.After(v.today) {
		to = v.today
	}
	from, err = core.ParseDate(q.Query("from"))
	if err != nil || from.IsZero() || from.After(to) {
		from = to.AddMonths(-1)
	}
	return from, to
}

func (c screen) showCompare(q *web.Request) error {
	v, err := c.view(q)
	if err != nil {
		return err
	}
	from, to := v.compared(q)
	return q.Show(comparePage(q.Frame(q.Lang.NetworkCompareTitle()), v, v.before(from), v.before(to)))
}
