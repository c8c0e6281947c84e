package visit

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/plan"
	"maatje/internal/tool"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
)

// Routes mounts the pages of visits.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /my-families/{trajectory}/report", authz.RightTo("visit.own"), s.showNew)
	m.Handle("GET /my-families/{trajectory}/reports", authz.RightTo("visit.own"), s.showOwnAll)
	m.Handle("GET /my-families/{trajectory}/visit", authz.RightTo("visit.own"), s.showPlan)
	m.Handle("POST /my-families/{trajectory}/visit", authz.RightTo("visit.own"), s.postPlan)
	m.Handle("POST /reports/{visit}/cancel", authz.RightTo("visit.own"), s.postCancel)
	m.Handle("GET /reports/{visit}", authz.RightTo("visit.own"), s.showReport)
	m.Handle("POST /reports/{visit}", authz.RightTo("visit.own"), s.postReport)
	m.Handle("POST /reports/{visit}/save", authz.RightTo("visit.own"), s.postSave)
	m.Handle("GET /dossiers/{id}/visits", authz.RightTo("visit.read"), s.showOfDossier)
	m.Handle("GET /dossiers/{id}/visits/{visit}", authz.RightTo("visit.read"), s.showOne)
	m.Handle("POST /dossiers/{id}/visits/{visit}/open", authz.RightTo("visit.read"), s.postOpen)
}

var (
	reportFields = form.Fields{
		Lines: []string{"trajectory", "held_on", "held_time", "minutes", "km", "place", "present", "activities", "mood", "tools", "genogram", "step_plan", "steps", "then"},
		Texts: []string{"words", "agreed", "boundary"},
	}
	planFields = form.Fields{Lines: []string{"plan_on", "plan_time", "place"}}
)

// family is what the report page shows beside the form.
type family struct {
	Running Running
	People  []dossier.Person
	Knows   []dossier.Knows
	Tools   []tool.State // how it stands with each of the five
	Used    []string     // of them, those that the volunteer used since the last visit
	Steps   []plan.Step  // of the plan that are not done, up to this month
	Kept    *Report      // what another screen kept meanwhile, when what was sent is stale
}

// met are the names of those who can have been there, once the family's file is closed to the volunteer.
func met(t *db.Tx, m Running) ([]dossier.Person, error) {
	return db.All(t, qMet, db.Args{"dossier": m.Dossier, "trajectory": m.Trajectory}, func(p *dossier.Person) []any {
		return []any{&p.ID, &p.Name, &p.IsChild}
	})
}

func (s *Service) family(ctx context.Context, a authz.Actor, id core.TrajectoryID) (f family, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		if f.Running, err = OwnMatch(t, id); err != nil {
			return err
		}
		if !f.Running.Runs() {
			f.People, err = met(t, f.Running)
			return err
		}
		if f.People, err = dossier.People(t, f.Running.Dossier); err != nil {
			return err
		}
		if f.Knows, err = dossier.Knowledge(t, f.Running.Dossier); err != nil || !f.Running.Reports {
			return err
		}
		return f.toolsAndSteps(t)
	})
	return f, err
}

// toolsAndSteps is what the report need not ask: which tools were used since the last visit and which were left, and what stands
// in the plan for now.
func (f *family) toolsAndSteps(t *db.Tx) (err error) {
	if f.Tools, err = tool.Of(t, f.Running.Dossier); err != nil {
		return err
	}
	since, err := lastVisit(t, f.Running)
	if err != nil {
		return err
	}
	if f.Used, err = tool.UsedSince(t, f.Running.Dossier, since); err != nil {
		return err
	}
	f.Steps, err = plan.DueNow(t, f.Running.Trajectory)
	return err
}

// lastVisit is the day of the volunteer's last visit that is done, or of the introduction.
func lastVisit(t *db.Tx, m Running) (core.Date, error) {
	held, err := db.All(t, qHeldStarts, db.Args{"dossier": m.Dossier, "trajectory": m.Trajectory, "visit": core.ID(0)},
		func(i *core.Instant) []any { return []any{i} })
	since := m.IntroducedOn
	for _, at := range held {
		if at.Date().After(since) {
			since = at.Date()
		}
	}
	return since, err
}

// showNew begins a report, or goes on with the one that was begun: nobody has to look for a draft.
func (s *Service) showNew(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	fam, err := s.family(q.Context(), q.Actor, id)
	if err == nil {
		err = MayStillReport(fam.Running, q.Today())
	}
	if err != nil {
		return err
	}
	begun, found, err := s.unfinished(q.Context(), q.Actor, id, q.Now())
	if err != nil {
		return err
	}
	if found {
		return q.See("/reports/"+begun.String(), "")
	}
	f := q.Fresh(reportFields).Set("trajectory", id.String()).Set("held_on", q.Today().String())
	fam.offer(f)
	return q.Show(reportPage(q.Frame(q.Lang.VisitReportTitle()), f, core.NewID[core.ID](q.Now()), fam))
}

// unfinished finds a draft in this trajectory, or a planned visit whose hour has come.
func (s *Service) unfinished(ctx context.Context, a authz.Actor, id core.TrajectoryID, now core.Instant) (visit core.ID, found bool, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err := ToCome(t)
		for _, p := range all {
			if p.Trajectory == id && (p.HasReport || !p.At.After(now)) {
				visit, found = p.Visit, true
			}
		}
		return err
	})
	return visit, found, err
}

func (s *Service) showReport(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "visit")
	if err != nil {
		return err
	}
	r, err := s.Own(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	if r.State == "done" {
		return s.showDone(q, r)
	}
	fam, err := s.family(q.Context(), q.Actor, r.Trajectory)
	if err != nil {
		return err
	}
	return q.Show(reportPage(q.Frame(q.Lang.VisitReportTitle()), filled(q, r), id, fam))
}

// showDone shows a finished report; after the match has ended it stays readable for 30 days, without the family's file.
func (s *Service) showDone(q *web.Request, r Report) error {
	fam, err := s.family(q.Context(), q.Actor, r.Trajectory)
	if err != nil && !core.IsKind(err, core.KindNotFound) {
		return err
	}
	return q.Show(donePage(q.Frame(q.Lang.VisitReportTitle()), r, fam, q.Today()))
}

func (s *Service) postReport(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "visit")
	if err != nil {
		return err
	}
	f := q.Form(reportFields)
	r, err := typed(f, id, q.Now())
	if err != nil {
		return err
	}
	if f.OK() {
		if _, err = s.Save(q.Context(), q.Actor, r, f.Token+core.Done, true); err == nil {
			return q.See(next(f, r, id), q.Lang.VisitReported())
		}
	}
	if err != nil && isDone(err) {
		return q.See("/reports/"+id.String(), q.Lang.VisitReported())
	}
	fam, e := s.family(q.Context(), q.Actor, r.Trajectory)
	if e != nil {
		return e
	}
	if fam.Kept, e = s.meanwhile(q, id, err); e != nil {
		return e
	}
	if fam.Kept != nil { // sending it once more is a choice, now that both are shown
		f.Version = fam.Kept.Version
	}
	return q.Again(err, f, func() templ.Component { return reportPage(q.Frame(q.Lang.VisitReportTitle()), f, id, fam) })
}

// meanwhile is the report as another screen kept it, when err says that it did.
func (s *Service) meanwhile(q *web.Request, id core.ID, err error) (*Report, error) {
	if !core.IsKind(err, core.KindConflict) {
		return nil, nil
	}
	stored, err := s.Own(q.Context(), q.Actor, id)
	return &stored, err
}

// next is where a volunteer goes after a report: to what she said she wants to do, or home.
func next(f *form.Form, r Report, id core.ID) string {
	switch f.Value("then") {
	case "worry":
		return "/my-families/" + r.Trajectory.String() + "/worry"
	case "plan":
		return "/my-families/" + r.Trajectory.String() + "/visit"
	}
	return "/reports/" + id.String()
}

func isDone(err error) bool {
	f, ok := core.AsFail(err)
	return ok && f.Message == "visit_is_done"
}

// postSave keeps what is typed so far and answers the script.
func (s *Service) postSave(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "visit")
	if err != nil {
		return err
	}
	f := q.Form(reportFields)
	r, err := typed(f, id, q.Now())
	if err != nil {
		return err
	}
	saved, err := s.Save(q.Context(), q.Actor, r, q.Sending(f).Key, false)
	if core.IsKind(err, core.KindConflict) {
		return s.conflict(q, id, err)
	}
	if err != nil {
		return err
	}
	return q.Kept(saved.At, saved.Version)
}

// conflict shows what stands on the server beside what was typed here; neither is lost.
func (s *Service) conflict(q *web.Request, id core.ID, err error) error {
	stored, e := s.Own(q.Context(), q.Actor, id)
	if e != nil {
		return e
	}
	f, _ := core.AsFail(err)
	return q.Page(http.StatusConflict, components.Meanwhile(q.Lang, q.Lang.Fail(f), storedPairs(q.Lang, stored), "/reports/"+id.String()))
}

// typed reads the form into a report. What cannot be read is an error of its field.
func typed(f *form.Form, id core.ID, now core.Instant) (Report, error) {
	trajectory, err := core.ParseID[core.TrajectoryID](f.Value("trajectory"))
	if err != nil {
		return Report{}, err
	}
	r := Report{Visit: id, Trajectory: trajectory, HeldAt: heldAt(f, now), Minutes: f.Int("minutes"), Km: f.Int("km"),
		Place: f.Value("place"), Activities: f.List("activities"), Mood: f.Value("mood"), Tools: f.List("tools"), Genogram: f.Value("genogram"),
		StepPlan: f.Bool("step_plan"), Words: f.Value("words"), Agreed: f.Value("agreed"), Boundary: f.Value("boundary"), Version: f.Version}
	for _, s := range f.List("steps") {
		step, err := core.ParseID[core.ID](s)
		if err != nil {
			return Report{}, err
		}
		r.Steps = append(r.Steps, step)
	}
	for _, p := range f.List("present") {
		person, err := core.ParseID[core.PersonID](p)
		if err != nil {
			return Report{}, err
		}
		r.Present = append(r.Present, person)
	}
	return r, nil
}

// heldAt is when the visit was. Without a time it is noon; on the day itself it is never later than now.
func heldAt(f *form.Form, now core.Instant) core.Instant {
	at := moment(f, "held_on", "held_time")
	if f.Value("held_time") == "" && at.After(now) && at.Date() == now.Date() {
		return now
	}
	return at
}

// moment reads a day and a time of the day in the Netherlands; without a time it is noon.
func moment(f *form.Form, day, clock string) core.Instant {
	d := f.Date(day)
	if d.IsZero() {
		return core.Instant{}
	}
	at, err := time.Parse("15:04", f.Value(clock))
	if f.Value(clock) == "" {
		at, err = time.Date(0, 1, 1, 12, 0, 0, 0, time.UTC), nil
	}
	if err != nil {
		f.Errors[clock] = f.Lang.VisitNoTime()
		return core.Instant{}
	}
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), at.Hour(), at.Minute(), 0, 0, core.Amsterdam))
}

// filled is the form of a report as it was kept.
func filled(q *web.Request, r Report) *form.Form {
	f := q.Fresh(reportFields)
	f.Version = r.Version
	f.Set("trajectory", r.Trajectory.String()).Set("place", r.Place).Set("mood", r.Mood).Set("genogram", r.Genogram).
		Set("words", r.Words).Set("agreed", r.Agreed).Set("boundary", r.Boundary).
		Set("activities", r.Activities...).Set("tools", r.Tools...).Set("minutes", number(r.Minutes)).Set("km", number(r.Km))
	if !r.HeldAt.IsZero() {
		f.Set("held_on", r.HeldAt.Date().String()).Set("held_time", r.HeldAt.In(core.Amsterdam).Format("15:04"))
	}
	if r.StepPlan {
		f.Set("step_plan", "1")
	}
	var present []string
	for _, p := range r.Present {
		present = append(present, p.String())
	}
	if len(r.Steps) > 0 {
		f.Set("steps", split(joined(r.Steps))...)
	}
	return f.Set("present", present...)
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (s *Service) showPlan(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	fam, err := s.family(q.Context(), q.Actor, id)
	if err == nil && !fam.Running.Runs() {
		err = core.NotFound()
	}
	if err != nil {
		return err
	}
	return q.Show(planPage(q.Frame(q.Lang.VisitPlanTitle()), q.Fresh(planFields), id, fam))
}

func (s *Service) postPlan(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	f := q.Form(planFields)
	at := moment(f, "plan_on", "plan_time")
	if f.OK() {
		if err = s.Plan(q.Context(), q.Actor, id, at, f.Value("place")); err == nil {
			return q.See("/my-families/"+id.String(), q.Lang.VisitPlanned())
		}
	}
	fam, e := s.family(q.Context(), q.Actor, id)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return planPage(q.Frame(q.Lang.VisitPlanTitle()), f, id, fam) })
}

func (s *Service) postCancel(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "visit")
	if err != nil {
		return err
	}
	if err := s.Cancel(q.Context(), q.Actor, id); err != nil {
		return err
	}
	return q.See("/", q.Lang.VisitCancelled())
}

func (s *Service) showOwnAll(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	var own, opened []Report
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		m, err := OwnMatch(t, id)
		if err != nil {
			return err
		}
		if own, err = OwnOfTrajectory(t, id, 200); err != nil {
			return err
		}
		opened, err = Opened(t, m.Dossier, 50)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(ownListPage(q.Frame(q.Lang.VisitListTitle()), id, own, opened, q.Today()))
}

func (s *Service) showOfDossier(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	var head dossier.Head
	var all []Report
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if head, err = dossier.LoadHead(t, id, "visits"); err != nil {
			return err
		}
		all, err = OfDossier(t, id, 200)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.VisitListTitle()), head, all))
}

func (s *Service) showOne(q *web.Request) error {
	d, visit, err := path(q)
	if err != nil {
		return err
	}
	r, err := s.One(q.Context(), q.Actor, d, visit)
	if err != nil {
		return err
	}
	var people []dossier.Person
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		people, err = dossier.People(t, d)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(readPage(q.Frame(q.Lang.VisitReportTitle()), r, people))
}

func (s *Service) postOpen(q *web.Request) error {
	d, visit, err := path(q)
	if err != nil {
		return err
	}
	open := q.Form(form.Fields{Lines: []string{"open"}}).Bool("open")
	if err := s.Open(q.Context(), q.Actor, d, visit, open); err != nil {
		return err
	}
	said := q.Lang.VisitClosedToOthers()
	if open {
		said = q.Lang.VisitOpenedToOthers()
	}
	return q.See("/dossiers/"+d.String()+"/visits/"+visit.String(), said)
}

func path(q *web.Request) (core.DossierID, core.ID, error) {
	d, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return 0, 0, err
	}
	visit, err := web.PathID[core.ID](q, "visit")
	return d, visit, err
}
