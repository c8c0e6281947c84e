package peer

import (
	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/training"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of who organises, and the volunteer's own.
func (s *Service) Routes(m *web.Router, p *training.Service) {
	keep, own := authz.RightTo("training.keep"), authz.RightTo("training.own")
	c := screen{s, p}
	m.Handle("GET /peer-days", keep, s.showList)
	m.Handle("GET /peer-days/new", keep, c.showNew)
	m.Handle("POST /peer-days/new", keep, c.postNew)
	m.Handle("GET /peer-days/{id}", keep, s.showDay)
	m.Handle("POST /peer-days/{id}/invite", keep, s.postInvite)
	m.Handle("POST /peer-days/{id}/off", keep, s.postOff)
	m.Handle("POST /peer-days/{id}/count", keep, s.postCount)
	m.Handle("POST /peer-days/{id}/cases", keep, s.postCases)
	m.Handle("GET /my-peer-days", own, s.showOwn)
	m.Handle("POST /my-peer-days/{id}/seen", own, s.postSeen)
}

// screen asks training for the places.
type screen struct {
	*Service
	places *training.Service
}

var (
	dayFields   = form.Fields{Lines: []string{"on", "starts", "place", "about", "municipality", "facility"}}
	countFields = form.Fields{Part: "count", Lines: []string{"shown", "present"}}
	casesFields = form.Fields{Part: "cases", Texts: []string{"cases"}, Max: map[string]int{"cases": 8000}}
)

func href(id core.ID) string { return "/peer-days/" + id.String() }

func (s *Service) showList(q *web.Request) error {
	days, missing, err := s.List(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.PeerTitle()), days, missing))
}

func (c screen) showNew(q *web.Request) error {
	m, f, err := c.places.PlaceOptions(q)
	if err != nil {
		return err
	}
	in := q.Fresh(dayFields).Set("starts", "19:30")
	if len(m) == 1 && len(f) == 0 {
		in.Set("municipality", m[0].Value)
	}
	return q.Show(formPage(q.Frame(q.Lang.PeerNew()), in, m, f))
}

func (c screen) postNew(q *web.Request) error {
	f := q.Form(dayFields)
	d := Day{On: f.Date("on"), Starts: f.Value("starts"), Place: f.Value("place"), About: f.Value("about"), Area: training.AreaOf(f)}
	var err error
	if f.OK() {
		var id core.ID
		if id, err = c.Plan(q.Context(), q.Actor, d); err == nil {
			return q.See(href(id), q.Lang.PeerPlanned())
		}
	}
	towns, facilities, e := c.places.PlaceOptions(q)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return formPage(q.Frame(q.Lang.PeerNew()), f, towns, facilities) })
}

func (s *Service) opened(q *web.Request) (Day, []Guest, error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return Day{}, nil, err
	}
	return s.Open(q.Context(), q.Actor, id)
}

// forms are those on a day's page.
type forms struct{ count, cases *form.Form }

func filled(l text.Lang, d Day, invited []Guest) forms {
	fs := forms{form.New(l, countFields), form.New(l, casesFields).Set("cases", d.Cases)}
	fs.cases.Version = d.Version
	var came []string
	for _, g := range invited {
		if g.Attended == present {
			came = append(came, g.Volunteer.String())
		}
	}
	fs.count.Set("present", came...)
	return fs
}

func (s *Service) showDay(q *web.Request) error {
	d, invited, err := s.opened(q)
	if err != nil {
		return err
	}
	return q.Show(dayPage(q.Frame(q.Lang.PeerOne()), d, invited, filled(q.Lang, d, invited), q.Today()))
}

// deed does something with a day; refused, its page comes back with the form as it was typed.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), said string, do func(core.ID) error) error {
	d, invited, err := s.opened(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(d.ID); err == nil {
			return q.See(href(d.ID), said)
		}
	}
	fs := filled(q.Lang, d, invited)
	put(&fs)
	return q.Again(err, f, func() templ.Component { return dayPage(q.Frame(q.Lang.PeerOne()), d, invited, fs, q.Today()) })
}

func (s *Service) postInvite(q *web.Request) error {
	f := q.Form(countFields)
	return s.deed(q, f, func(fs *forms) { fs.count = f }, q.Lang.PeerInvitedNow(), func(id core.ID) error { return s.Invite(q.Context(), q.Actor, id) })
}

func (s *Service) postOff(q *web.Request) error {
	f := q.Form(countFields)
	return s.deed(q, f, func(fs *forms) { fs.count = f }, q.Lang.PeerOffSaid(), func(id core.ID) error { return s.CallOff(q.Context(), q.Actor, id) })
}

func (s *Service) postCount(q *web.Request) error {
	f := q.Form(countFields)
	return s.deed(q, f, func(fs *forms) { fs.count = f }, q.Lang.TrainingCounted(), func(id core.ID) error {
		return s.Count(q.Context(), q.Actor, id, training.People(f, "shown"), training.People(f, "present"))
	})
}

func (s *Service) postCases(q *web.Request) error {
	f := q.Form(casesFields)
	return s.deed(q, f, func(fs *forms) { fs.cases = f }, q.Lang.TrainingSaved(), func(id core.ID) error {
		return s.Cases(q.Context(), q.Actor, id, f.Version, f.Value("cases"))
	})
}

func (s *Service) showOwn(q *web.Request) error {
	all, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.PeerTitle()), all, q.Today()))
}

func (s *Service) postSeen(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	if err := s.Seen(q.Context(), q.Actor, id); err != nil {
		return err
	}
	return q.See("/my-peer-days", "")
}

func options(all []Guest) []components.Option {
	out := make([]components.Option, len(all))
	for i, g := range all {
		out[i] = components.Option{Value: g.Volunteer.String(), Label: g.Name}
	}
	return out
}

func table(l text.Lang, days []Day) components.Table {
	t := components.Table{Caption: l.PeerList(), Empty: l.PeerNone(), Columns: []components.Column{
		{Label: l.TrainingWhen()}, {Label: l.PeerAbout()}, {Label: l.TrainingFor()}, {Label: l.TrainingPlace()},
	}}
	for _, d := range days {
		about := d.About
		if d.IsOff() {
			about = l.TrainingOff()
		}
		t.Rows = append(t.Rows, []components.Cell{{Text: training.When(l, d.On, d.Starts, ""), Href: href(d.ID)}, {Text: about}, {Text: training.AreaWords(l, d.Area)}, {Text: d.Place}})
	}
	return t
}

func came(all []Guest) (n int) {
	for _, g := range all {
		if g.Attended == present {
			n++
		}
	}
	return n
}
