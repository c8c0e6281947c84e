package genogram

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/genogram/told"
	"maatje/internal/kin"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the same screens twice: for coordinators under the file, for the volunteer under her own family.
func (s *Service) Routes(m *web.Router) {
	office := screen{s, func(q *web.Request) (Whose, string, error) {
		id, err := web.PathID[core.DossierID](q, "id")
		return OfDossier(id), "/dossiers/" + id.String(), err
	}, false}
	office.routes(m, "/dossiers/{id}/genogram", authz.RightTo("dossier.read"), authz.RightTo("dossier.write"))
	own := screen{s, func(q *web.Request) (Whose, string, error) {
		id, err := web.PathID[core.TrajectoryID](q, "trajectory")
		return OfTrajectory(id), "/my-families/" + id.String(), err
	}, true}
	own.routes(m, "/my-families/{trajectory}/genogram", authz.RightTo("family.see"), authz.RightTo("family.see"))
}

// screen is the same pages through one of the sides.
type screen struct {
	*Service
	whose func(*web.Request) (Whose, string, error)
	own   bool // the volunteer's
}

func (c screen) routes(m *web.Router, root string, see, write authz.Right) {
	m.Handle("GET "+root, see, c.show)
	m.Handle("GET "+root+"/paper", see.As(authz.Print), c.showPaper)
	m.Handle("POST "+root+"/undo", write, c.postUndo)
	m.Handle("GET "+root+"/begin", write, c.showBegin)
	m.Handle("POST "+root+"/begin", write, c.postBegin)
	m.Handle("POST "+root+"/first", write, c.postFirst)
	m.Handle("GET "+root+"/people/{person}", see, c.showPerson)
	m.Handle("GET "+root+"/people/{person}/add/{what}", write, c.showAdd)
	m.Handle("POST "+root+"/people/{person}/add/{what}", write, c.postAdd)
	m.Handle("GET "+root+"/facts/{row}", write, c.showFact)
	m.Handle("POST "+root+"/facts/{row}", write, c.postFact)
	m.Handle("POST "+root+"/facts/{row}/away", write, c.postAway)
}

// sheet is what every page here knows.
type sheet struct {
	Sheet
	l      text.Lang
	base   string // the family's own page
	own    bool
	writes bool
	today  core.Date
	facts  []told.Fact // of today, everything
}

func (x sheet) root() string { return x.base + "/genogram" }

func (x sheet) teller() told.Teller { return told.New(x.l, x.Family, x.today) }

func (x sheet) person(id core.ID) string { return x.root() + "/people/" + id.String() }

func (x sheet) fact(id core.ID) string { return x.root() + "/facts/" + id.String() }

func (x sheet) add(id core.ID, what string) string { return x.person(id) + "/add/" + what }

// read loads what a page needs.
func (c screen) read(q *web.Request) (sheet, error) {
	whose, base, err := c.whose(q)
	if err != nil {
		return sheet{}, err
	}
	x := sheet{l: q.Lang, base: base, own: c.own, today: q.Today(), writes: q.Actor.May(authz.Tools, authz.Write)}
	if x.Sheet, err = c.Read(q.Context(), q.Actor, whose); err != nil {
		return x, err
	}
	x.facts = x.teller().Facts()
	return x, nil
}

// change writes down a deed of whoever saw the book as the form carries it.
func (c screen) change(q *web.Request, f *form.Form, deed func(kin.Book) (kin.Change, error)) error {
	whose, _, err := c.whose(q)
	if err != nil {
		return err
	}
	return c.Change(q.Context(), q.Actor, whose, f.Version, deed)
}

// again shows a refused form once more.
func (c screen) again(q *web.Request, err error, f *form.Form, page func(sheet) templ.Component) error {
	x, e := c.read(q)
	if e != nil {
		return e
	}
	if core.IsKind(err, core.KindConflict) {
		f.Version = x.Seq // who saw what somebody else wrote, and sends it again, means it
	}
	return q.Again(err, f, func() templ.Component { return page(x) })
}

var undoFields = form.Fields{Lines: []string{"seq"}}

func (c screen) postUndo(q *web.Request) error {
	whose, base, err := c.whose(q)
	if err != nil {
		return err
	}
	if err := c.Undo(q.Context(), q.Actor, whose, q.Form(undoFields).Int("seq")); err != nil {
		return err
	}
	return q.See(base+"/genogram", q.Lang.GenogramUndone())
}
