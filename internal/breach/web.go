package breach

import (
	"time"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

// Routes mounts the form for everybody and the register for who keeps it.
func (s *Service) Routes(m *web.Router) {
	report, keep := authz.RightTo("breach.report"), authz.RightTo("breach.keep")
	m.Handle("GET /breaches/report", report, s.showReport)
	m.Handle("POST /breaches/report", report, s.postReport)
	m.Handle("GET /breaches/mine", report, s.showMine)
	m.Handle("GET /breaches", keep, s.showAll)
	m.Handle("GET /breaches/{id}", keep, s.showOne)
	m.Handle("POST /breaches/{id}", keep, s.postRecord)
	m.Handle("GET /breaches/{id}/paper", keep.As(authz.Print), s.showPaper)
	m.Handle("POST /breaches/{id}/close", keep, s.postClose)
	m.Handle("POST /breaches/{id}/reopen", keep, s.postReopen)
}

var (
	reportFields = form.Fields{Lines: []string{"kind", "found_on", "found_time"}, Texts: []string{"happened"}}
	recordFields = form.Fields{
		Lines: []string{"kind", "found_on", "found_time", "people", "authority", "authority_on", "authority_time", "number", "told", "told_on"},
		Texts: []string{"happened", "whose", "consequences", "measures", "why_no", "why_late", "why_untold"},
	}
	closeFields = form.Fields{}
)

func (s *Service) showReport(q *web.Request) error {
	f := q.Fresh(reportFields).Set("found_on", q.Today().String()).Set("found_time", q.Now().In(core.Amsterdam).Format("15:04"))
	return q.Show(reportPage(q.Frame(q.Lang.BreachReportTitle()), f))
}

func (s *Service) postReport(q *web.Request) error {
	f := q.Form(reportFields)
	b := Breach{Kind: f.Value("kind"), Discovered: moment(f, "found_on", "found_time", q.Now())}
	b.Words.Happened = f.Value("happened")
	page := func() templ.Component { return reportPage(q.Frame(q.Lang.BreachReportTitle()), f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	if err := s.Report(q.Context(), q.Actor, b, f.Token); err != nil {
		return q.Again(err, f, page)
	}
	return q.See("/breaches/mine", q.Lang.BreachReported())
}

func (s *Service) showMine(q *web.Request) error {
	all, err := s.Mine(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(minePage(q.Frame(q.Lang.BreachMineTitle()), all))
}

func (s *Service) showAll(q *web.Request) error {
	all, err := s.All(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(allPage(q.Frame(q.Lang.BreachTitle()), view{lang: q.Lang, now: q.Now(), all: all}))
}

func (s *Service) view(q *web.Request) (v view, err error) {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return v, err
	}
	v = view{lang: q.Lang, now: q.Now()}
	v.Breach, v.said, err = s.One(q.Context(), q.Actor, id)
	return v, err
}

func (s *Service) showOne(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	return q.Show(onePage(q.Frame(q.Lang.BreachOneTitle()), v, filled(q, v.Breach)))
}

func (s *Service) showPaper(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	return q.Show(paperPage(q.Frame(q.Lang.BreachOneTitle()), v))
}

// postRecord writes what is known now; sent with the button that closes, it closes as well.
func (s *Service) postRecord(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	f := q.Form(recordFields)
	b := typed(f, q.Now())
	b.ID, b.Version = v.ID, f.Version
	page := func() templ.Component { return onePage(q.Frame(q.Lang.BreachOneTitle()), v, f) }
	if !f.OK() {
		return q.Again(nil, f, page)
	}
	if err := s.Record(q.Context(), q.Actor, b); err != nil {
		return q.Again(err, f, page)
	}
	return q.See(v.path(), q.Lang.BreachSaved())
}

func (s *Service) postClose(q *web.Request) error {
	v, err := s.view(q)
	if err != nil {
		return err
	}
	if err := s.Close(q.Context(), q.Actor, v.ID, q.Form(closeFields).Version); err != nil {
		f := filled(q, v.Breach)
		return q.Again(err, f, func() templ.Component { return onePage(q.Frame(q.Lang.BreachOneTitle()), v, f) })
	}
	return q.See(v.path(), q.Lang.BreachClosedSaid())
}

func (s *Service) postReopen(q *web.Request) error {
	v, err := s.view(q)
	if err == nil {
		err = s.Reopen(q.Context(), q.Actor, v.ID, q.Form(closeFields).Version)
	}
	if err != nil {
		return err
	}
	return q.See(v.path(), q.Lang.BreachReopened())
}

// typed reads an entry from its form.
func typed(f *form.Form, now core.Instant) Breach {
	return Breach{
		Kind: f.Value("kind"), Discovered: moment(f, "found_on", "found_time", now), People: f.Int("people"),
		Authority: Answer(f.Value("authority")), AuthorityAt: moment(f, "authority_on", "authority_time", now),
		Told: Answer(f.Value("told")), ToldOn: f.Date("told_on"),
		Words: Words{
			Happened: f.Value("happened"), Whose: f.Value("whose"), Consequences: f.Value("consequences"), Measures: f.Value("measures"),
			Number: f.Value("number"), WhyNoReport: f.Value("why_no"), WhyLate: f.Value("why_late"), WhyNotTold: f.Value("why_untold"),
		},
	}
}

// filled is the form of an entry as it stands in the register.
func filled(q *web.Request, b Breach) *form.Form {
	f := form.New(q.Lang, recordFields)
	f.Version = b.Version
	f.Set("kind", b.Kind).Set("authority", string(b.Authority)).Set("told", string(b.Told)).Set("number", b.Words.Number).Set("happened", b.Words.Happened).
		Set("whose", b.Words.Whose).Set("consequences", b.Words.Consequences).Set("measures", b.Words.Measures).Set("why_no", b.Words.WhyNoReport).
		Set("why_late", b.Words.WhyLate).Set("why_untold", b.Words.WhyNotTold).Set("told_on", b.ToldOn.String())
	if b.People > 0 {
		f.Set("people", number(b.People))
	}
	set(f, "found_on", "found_time", b.Discovered)
	set(f, "authority_on", "authority_time", b.AuthorityAt)
	return f
}

func set(f *form.Form, day, clock string, at core.Instant) {
	if !at.IsZero() {
		f.Set(day, at.Date().String()).Set(clock, at.In(core.Amsterdam).Format("15:04"))
	}
}

// moment reads a day and a time of the day in the Netherlands. Without a time it is the start of the day: the clock of 72 hours
// gives nobody hours that they do not have. Of today it is never later than now.
func moment(f *form.Form, day, clock string, now core.Instant) core.Instant {
	d := f.Date(day)
	if d.IsZero() {
		return core.Instant{}
	}
	at, err := time.Parse("15:04", f.Value(clock))
	if f.Value(clock) == "" {
		at, err = time.Time{}, nil
	}
	if err != nil {
		f.Errors[clock] = f.Lang.BreachNoTime()
		return core.Instant{}
	}
	m := core.At(time.Date(d.Year(), d.Month(), d.Day(), at.Hour(), at.Minute(), 0, 0, core.Amsterdam))
	if m.After(now) && m.Sub(now) < time.Minute {
		return now
	}
	return m
}
