package plan

import (
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/plan/goal"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages of step plans: one for coordinators, one for the volunteer.
func (s *Service) Routes(m *web.Router) {
	read, write := authz.RightTo("trajectory.read"), authz.RightTo("trajectory.write")
	office := screen{s, ForCoordinator, "id", "/trajectories/"}
	m.Handle("GET /trajectories/{id}/plan", read, office.show)
	m.Handle("POST /trajectories/{id}/plan", write, office.postAdd)
	m.Handle("POST /trajectories/{id}/steps/{step}/done", write, office.postTick)
	m.Handle("GET /trajectories/{id}/steps/{step}", write, office.showStep)
	m.Handle("POST /trajectories/{id}/steps/{step}/move", write, office.postMove)
	m.Handle("POST /trajectories/{id}/steps/{step}", write, office.postStep)
	m.Handle("POST /trajectories/{id}/steps/{step}/remove", write, office.postRemove)
	own := screen{s, ForVolunteer, "trajectory", "/my-families/"}
	m.Handle("GET /my-families/{trajectory}/plan", authz.RightTo("family.see"), own.show)
	m.Handle("POST /my-families/{trajectory}/plan", authz.RightTo("family.see"), own.postAdd)
	m.Handle("POST /my-families/{trajectory}/steps/{step}/done", authz.RightTo("family.see"), own.postTick)
	m.Handle("GET /my-families/{trajectory}/steps/{step}", authz.RightTo("family.see"), own.showStep)
	m.Handle("POST /my-families/{trajectory}/steps/{step}/move", authz.RightTo("family.see"), own.postMove)
}

var (
	addFields    = form.Fields{Lines: []string{"step", "month", "who", "goal"}, Texts: []string{"what", "way"}}
	moveFields   = form.Fields{Lines: []string{"month"}}
	tickFields   = form.Fields{Lines: []string{"done_on"}}
	changeFields = form.Fields{Lines: []string{"month", "who", "goal", "done_on"}, Texts: []string{"what", "way"}}
)

// screen is the same page through one of the sides.
type screen struct {
	*Service
	by    Side
	param string // of the trajectory, in the route
	root  string // where the trajectory's pages start
}

// sheet is what the page shows.
type sheet struct {
	Plan
	base    string // the trajectory's own page
	today   core.Date
	office  bool       // coordinators can change and remove as well
	refused *form.Form // a tap that was refused; nil: none
	writes  bool
	goals   []goal.Goal
	family  string // where the family's other tools stand
}

func (c screen) sheet(q *web.Request) (sheet, error) {
	id, err := web.PathID[core.TrajectoryID](q, c.param)
	if err != nil {
		return sheet{}, err
	}
	p, err := c.Read(q.Context(), q.Actor, c.by, id)
	if err != nil {
		return sheet{}, err
	}
	return c.around(q, p)
}

// around is what stands around a plan: the family's goals, and what the reader may do.
func (c screen) around(q *web.Request, p Plan) (x sheet, err error) {
	section, family := authz.OwnSteps, c.root+p.Trajectory.String()
	office := c.by == ForCoordinator
	if office {
		section, family = authz.Steps, "/dossiers/"+p.Dossier.String()
	}
	x = sheet{Plan: p, base: c.root + p.Trajectory.String(), today: q.Today(), office: office, family: family,
		writes: p.EndedOn.IsZero() && q.Actor.May(section, authz.Write)}
	err = c.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		x.goals, err = goal.Of(t, p.Dossier)
		return err
	})
	return x, err
}

func (c screen) show(q *web.Request) error {
	x, err := c.sheet(q)
	if err != nil {
		return err
	}
	return q.Show(planPage(q.Frame(q.Lang.PlanTitle()), x.blank(q), x))
}

// blank is the form of a new step, in the month of today.
func (x sheet) blank(q *web.Request) *form.Form {
	f := q.Fresh(addFields).Set("step", core.NewID[core.ID](q.Now()).String())
	if now := MonthOn(x.Start, x.today); now >= 1 && now <= x.Months() {
		f.Set("month", strconv.Itoa(now))
	}
	return f
}

// again shows the page with a form that was refused: that of a new step, or a tap. The steps stand on it as they are now.
func (c screen) again(q *web.Request, err error, refused *form.Form, isAdd bool) error {
	x, e := c.sheet(q)
	if e != nil {
		return e
	}
	add := refused
	if !isAdd {
		x.refused, add = refused, x.blank(q)
	}
	return q.Again(err, refused, func() templ.Component { return planPage(q.Frame(q.Lang.PlanTitle()), add, x) })
}

func (c screen) postAdd(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, c.param)
	if err != nil {
		return err
	}
	f := q.Form(addFields)
	in, err := typed(f)
	if err == nil && f.OK() {
		if in.ID, err = core.ParseID[core.ID](f.Value("step")); err == nil {
			err = c.Add(q.Context(), q.Actor, c.by, id, in)
		}
		if err == nil {
			return q.See(c.root+id.String()+"/plan", q.Lang.PlanAdded())
		}
	}
	return c.again(q, err, f, true)
}

// typed reads what both forms of a step ask.
func typed(f *form.Form) (s Step, err error) {
	s = Step{Month: f.Int("month"), Who: f.Value("who"), What: f.Value("what"), Way: f.Value("way")}
	if f.Value("goal") != "" {
		s.Goal, err = core.ParseID[core.ID](f.Value("goal"))
	}
	return s, err
}

func (c screen) path(q *web.Request) (id core.TrajectoryID, step core.ID, err error) {
	if id, err = web.PathID[core.TrajectoryID](q, c.param); err != nil {
		return id, step, err
	}
	step, err = web.PathID[core.ID](q, "step")
	return id, step, err
}

func (c screen) postTick(q *web.Request) error {
	id, step, err := c.path(q)
	if err != nil {
		return err
	}
	f := q.Form(tickFields)
	on := f.Date("done_on")
	if f.OK() {
		if err = c.Tick(q.Context(), q.Actor, c.by, id, step, f.Version, on); err == nil {
			return q.See(c.root+id.String()+"/plan", q.Lang.PlanSaved())
		}
	}
	return c.again(q, err, f, false)
}

// one is the page of a step: the form, what it was, and the months to which it can go.
type one struct {
	sheet
	Step
	past []Past
}

func (c screen) one(q *web.Request) (x one, err error) {
	id, step, err := c.path(q)
	if err != nil {
		return x, err
	}
	p, s, past, err := c.One(q.Context(), q.Actor, c.by, id, step)
	if err != nil {
		return x, err
	}
	around, err := c.around(q, p)
	return one{around, s, past}, err
}

func (c screen) showStep(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	return q.Show(stepPage(q.Frame(q.Lang.PlanStepTitle()), x.filled(q), x))
}

// filled is the form of a step as it is now.
func (x one) filled(q *web.Request) *form.Form {
	s := x.Step
	f := q.Fresh(changeFields).Set("month", strconv.Itoa(s.Month)).Set("who", s.Who).Set("what", s.What).Set("way", s.Way)
	if s.IsDone() {
		f.Set("done_on", s.DoneOn.String())
	}
	if !s.Goal.IsZero() {
		f.Set("goal", s.Goal.String())
	}
	f.Version = s.Version
	return f
}

func (c screen) postStep(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(changeFields)
	in, err := typed(f)
	in.ID, in.DoneOn, in.Version = x.ID, f.Date("done_on"), f.Version
	if err == nil && f.OK() {
		if err = c.Change(q.Context(), q.Actor, x.Trajectory, in); err == nil {
			return q.See(x.base+"/plan", q.Lang.PlanSaved())
		}
	}
	if core.IsKind(err, core.KindConflict) {
		f.Version = x.Version // the step as it is now stands on the page: sending it again is a choice
	}
	return q.Again(err, f, func() templ.Component { return stepPage(q.Frame(q.Lang.PlanStepTitle()), f, x) })
}

func (c screen) postMove(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(moveFields)
	month := f.Int("month")
	if f.OK() {
		if err = c.Move(q.Context(), q.Actor, c.by, x.Trajectory, x.ID, f.Version, month); err == nil {
			return q.See(x.base+"/plan", q.Lang.PlanMoved(q.Lang.Number(month)))
		}
	}
	return c.stepAgain(q, err, f, x)
}

func (c screen) postRemove(q *web.Request) error {
	x, err := c.one(q)
	if err != nil {
		return err
	}
	f := q.Form(form.Fields{})
	if err = c.Remove(q.Context(), q.Actor, x.Trajectory, x.ID, f.Version); err == nil {
		return q.See(x.base+"/plan", q.Lang.PlanRemoved())
	}
	return c.stepAgain(q, err, f, x)
}

// stepAgain shows the page of a step after a tap that was refused. What the page's own form says is what the step is now.
func (c screen) stepAgain(q *web.Request, err error, refused *form.Form, x one) error {
	x.refused = refused
	return q.Again(err, refused, func() templ.Component { return stepPage(q.Frame(q.Lang.PlanStepTitle()), x.filled(q), x) })
}

func monthOptions(l text.Lang, p Plan) (out []components.Option) {
	for n := range p.Months() {
		out = append(out, components.Option{Value: strconv.Itoa(n + 1), Label: monthLabel(l, p, n+1)})
	}
	return out
}

func monthLabel(l text.Lang, p Plan, n int) string {
	label := l.PlanMonth(l.Number(n))
	if !p.Start.IsZero() {
		label += ", " + l.PlanFrom(l.DateShort(p.Start.AddMonths(n-1)))
	}
	return label
}

// state says in words who does a step and whether it is done.
func state(l text.Lang, s Step) string {
	if s.IsDone() {
		return l.PlanDone(l.StepWho(s.Who), l.DateShort(s.DoneOn))
	}
	return l.PlanToDo(l.StepWho(s.Who))
}

// tick is what pressing the button under a step sends, and what the button says.
func (x sheet) tick(l text.Lang, s Step) (day, label string) {
	if s.IsDone() {
		return "", l.PlanUntick()
	}
	return x.today.String(), l.PlanTick()
}

func (x sheet) step(s Step) string { return x.base + "/steps/" + s.ID.String() }

// goalOptions are the goals that a step can serve.
func (x sheet) goalOptions() (out []components.Option) {
	for _, g := range x.goals {
		if !g.Stopped {
			out = append(out, components.Option{Value: g.ID.String(), Label: g.Text})
		}
	}
	return out
}

// serves is the goal of a step in words; "" if there is none.
func (x sheet) serves(s Step) string {
	for _, g := range x.goals {
		if g.ID == s.Goal {
			return g.Text
		}
	}
	return ""
}

// events are what a step was, the newest first.
func events(l text.Lang, past []Past) (out []components.Event) {
	for _, h := range past {
		day := h.Until.Date()
		out = append(out, components.Event{Machine: day.String(), When: l.Date(day), Title: l.StepDeed(h.Deed), Tone: components.Plain,
			Detail: l.PlanWas(l.Number(h.Month), h.What, state(l, h.Step))})
	}
	return out
}

func back(l text.Lang, x sheet) string {
	if x.office {
		return l.PlanToTrajectory()
	}
	return l.PlanToFamily()
}
