package genogram

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/kin"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"

	"github.com/a-h/templ"
)

// Gaps are what the dossier has and the genogram lacks, or has otherwise.
func (s *Service) Gaps(ctx context.Context, a authz.Actor, whose Whose) (gaps []kin.Gap, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		id, err := whose(t)
		if err != nil {
			return err
		}
		gaps, err = compared(t, id)
		return err
	})
	return gaps, err
}

func compared(t *db.Tx, id core.DossierID) ([]kin.Gap, error) {
	b, err := kin.Load(t, id)
	if err != nil {
		return nil, err
	}
	in, err := kin.FromFile(t, id)
	if err != nil {
		return nil, err
	}
	return kin.Compare(b.Family, in), nil
}

// TakeOver takes from the dossier what was ticked (TOO-2).
func (s *Service) TakeOver(ctx context.Context, a authz.Actor, whose Whose, seen int, keys []string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		id, err := whose(t)
		if err != nil {
			return err
		}
		b, err := kin.Load(t, id)
		if err != nil {
			return err
		}
		in, err := kin.FromFile(t, id)
		if err != nil {
			return err
		}
		if _, err = kin.Arrange(keep).Record(t, id, tool.Genogram, seen, kin.TakeOver(b.Family, in, keys)); err != nil {
			return err
		}
		return tool.Used(t, id, tool.Genogram)
	})
}

var beginFields = form.Fields{Lines: []string{"take"}, Max: map[string]int{"take": 100}}

// takeable are the gaps that can be taken over today, as boxes to tick.
func takeable(fm *form.Form, gaps []kin.Gap, today core.Date) (out []components.Option) {
	for _, g := range gaps {
		if g.Key != "" && !g.IsAhead(today) {
			out = append(out, components.Option{Value: g.Key, Label: g.Words(fm.Lang)})
		}
	}
	return out
}

// showBegin is the preview: everything is ticked, and nothing is taken over before somebody says so.
func (c screen) showBegin(q *web.Request) error {
	x, gaps, err := c.gaps(q)
	if err != nil {
		return err
	}
	f := q.Fresh(beginFields)
	f.Version = x.Seq
	var keys []string
	for _, o := range takeable(f, gaps, x.today) {
		keys = append(keys, o.Value)
	}
	f.Set("take", keys...)
	return q.Show(beginPage(q.Frame(q.Lang.GenogramTitle()), f, x, gaps))
}

func (c screen) gaps(q *web.Request) (sheet, []kin.Gap, error) {
	x, err := c.read(q)
	if err != nil {
		return x, nil, err
	}
	whose, _, err := c.whose(q)
	if err != nil {
		return x, nil, err
	}
	gaps, err := c.Gaps(q.Context(), q.Actor, whose)
	return x, gaps, err
}

func (c screen) postBegin(q *web.Request) error {
	whose, base, err := c.whose(q)
	if err != nil {
		return err
	}
	f := q.Form(beginFields)
	if f.OK() {
		if err = c.TakeOver(q.Context(), q.Actor, whose, f.Version, f.List("take")); err == nil {
			return q.See(base+"/genogram", q.Lang.GenogramTaken())
		}
	}
	x, gaps, e := c.gaps(q)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return beginPage(q.Frame(q.Lang.GenogramTitle()), f, x, gaps) })
}
