package matching

import (
	"cmp"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/trajectory"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts the pages on which people find each other.
func (s *Service) Routes(m *web.Router) {
	propose, answer, family := authz.RightTo("match.propose"), authz.RightTo("match.answer"), authz.RightTo("family.see")
	m.Handle("GET /trajectories/{id}/match", propose, s.showBoard)
	m.Handle("POST /trajectories/{id}/match", propose, s.postPropose)
	m.Handle("POST /matches/{match}/introduction", propose, s.postIntroduction)
	m.Handle("POST /matches/{match}/introduced", propose, s.postIntroduced)
	m.Handle("POST /matches/{match}/accept", propose, s.postAccept)
	m.Handle("POST /matches/{match}/decline", propose, s.postDecline)
	m.Handle("POST /matches/{match}/end", propose, s.postEnd)
	m.Handle("GET /proposals/{match}", answer, s.showProposal)
	m.Handle("POST /proposals/{match}", answer, s.postAnswer)
	m.Handle("GET /my-families", family, s.showFamilies)
	m.Handle("GET /my-families/{trajectory}", family, s.showFamily)
}

var (
	boardFields = form.Fields{
		Lines: []string{"volunteer", "wanted", "introduction_on", "introduced_on", "by", "deviation"}, Texts: []string{"double_role_words", "reason", "deviation_words"},
	}
	answerFields = form.Fields{Lines: []string{"yes"}, Texts: []string{"reason"}}
)

func boardPath(id core.TrajectoryID) string { return "/trajectories/" + id.String() + "/match" }

func (s *Service) showBoard(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "id")
	if err != nil {
		return err
	}
	return s.board(q, id, form.New(q.Lang, boardFields), nil)
}

// board is the page, or the page again with what was refused on it.
func (s *Service) board(q *web.Request, id core.TrajectoryID, f *form.Form, refused error) error {
	b, err := s.Board(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	page := func() templ.Component { return boardPage(q.Frame(q.Lang.MatchingTitle()), b, f, q.Today()) }
	if refused == nil && f.OK() {
		return q.Show(page())
	}
	return q.Again(refused, f, page)
}

func (s *Service) postPropose(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(boardFields)
	who, err := core.ParseID[core.VolunteerID](f.Value("volunteer"))
	if err != nil {
		return err
	}
	if f.OK() {
		c := Choice{
			Volunteer: who, DoubleRole: DoubleRole{Wanted: f.Bool("wanted"), Words: f.Value("double_role_words")},
			Deviation: Deviation{Code: f.Value("deviation"), Words: f.Value("deviation_words")},
		}
		if err = s.Choose(q.Context(), q.Actor, id, c); err == nil {
			return q.See(boardPath(id), q.Lang.MatchingProposed())
		}
	}
	return s.board(q, id, f, err)
}

// step does something with a match and comes back to its board.
func (s *Service) step(q *web.Request, do func(core.ID, *form.Form) error) error {
	id, err := web.PathID[core.ID](q, "match")
	if err != nil {
		return err
	}
	var x core.TrajectoryID
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		m, err := load(t, id)
		x = m.Trajectory
		return err
	})
	if err != nil {
		return err
	}
	f := q.Form(boardFields)
	if f.OK() {
		if err = do(id, f); err == nil {
			return q.See(boardPath(x), q.Lang.MatchingSaved())
		}
	}
	return s.board(q, x, f, err)
}

func (s *Service) postIntroduction(q *web.Request) error {
	return s.step(q, func(id core.ID, f *form.Form) error {
		return s.PlanIntroduction(q.Context(), q.Actor, id, f.Date("introduction_on"))
	})
}

func (s *Service) postIntroduced(q *web.Request) error {
	return s.step(q, func(id core.ID, f *form.Form) error {
		return s.Introduce(q.Context(), q.Actor, id, f.Date("introduced_on"))
	})
}

func (s *Service) postAccept(q *web.Request) error {
	return s.step(q, func(id core.ID, _ *form.Form) error { return s.Accept(q.Context(), q.Actor, id) })
}

func (s *Service) postDecline(q *web.Request) error {
	return s.step(q, func(id core.ID, f *form.Form) error {
		return s.Decline(q.Context(), q.Actor, id, Side(f.Value("by")), f.Value("reason"))
	})
}

func (s *Service) postEnd(q *web.Request) error {
	return s.step(q, func(id core.ID, f *form.Form) error { return s.End(q.Context(), q.Actor, id, f.Value("reason")) })
}

func (s *Service) proposal(q *web.Request) (Proposal, error) {
	id, err := web.PathID[core.ID](q, "match")
	if err != nil {
		return Proposal{}, err
	}
	return s.Proposal(q.Context(), q.Actor, id)
}

func (s *Service) showProposal(q *web.Request) error {
	p, err := s.proposal(q)
	if err != nil {
		return err
	}
	return q.Show(proposalPage(q.Frame(proposalTitle(q.Lang, p)), p, form.New(q.Lang, answerFields)))
}

func (s *Service) postAnswer(q *web.Request) error {
	p, err := s.proposal(q)
	if err != nil {
		return err
	}
	f := q.Form(answerFields)
	if f.OK() {
		if err = s.Answer(q.Context(), q.Actor, p.ID, f.Bool("yes"), f.Value("reason")); err == nil {
			return q.See("/", q.Lang.MatchingAnswered())
		}
	}
	return q.Again(err, f, func() templ.Component { return proposalPage(q.Frame(proposalTitle(q.Lang, p)), p, f) })
}

func (s *Service) showFamilies(q *web.Request) error {
	var own []trajectory.Own
	var asked []Proposal
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		if own, err = trajectory.OwnAll(t); err != nil {
			return err
		}
		asked, err = Proposals(t)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(familiesPage(q.Frame(q.Lang.MatchingFamiliesTitle()), own, asked))
}

// ownFamily is what a volunteer prepares a visit with.
type ownFamily struct {
	own        trajectory.Own
	trajectory trajectory.Trajectory
	cover      dossier.Dossier
	knows      []dossier.Knows
	people     []dossier.Person
	homes      []dossier.Household
	next       trajectory.Planned
}

func (s *Service) showFamily(q *web.Request) error {
	id, err := web.PathID[core.TrajectoryID](q, "trajectory")
	if err != nil {
		return err
	}
	var f ownFamily
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		f, err = readFamily(t, id)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(familyPage(q.Frame(q.Lang.MatchingFamilyTitle()), f, form.New(q.Lang, answerFields)))
}

// readFamily reads a family for the volunteer of this trajectory; another's is not found, also in the same family.
func readFamily(t *db.Tx, id core.TrajectoryID) (f ownFamily, err error) {
	all, err := trajectory.OwnAll(t)
	if err != nil {
		return f, err
	}
	for _, o := range all {
		if o.ID == id {
			f.own = o
		}
	}
	if f.own.ID.IsZero() {
		return f, core.NotFound()
	}
	if f.trajectory, err = trajectory.Load(t, id); err != nil {
		return f, err
	}
	d := f.trajectory.Dossier
	for _, read := range []func() error{
		func() (err error) { f.cover, err = dossier.Cover(t, d); return },
		func() (err error) { f.knows, err = dossier.Knowledge(t, d); return },
		func() (err error) { f.people, err = dossier.People(t, d); return },
		func() (err error) { f.homes, err = dossier.Households(t, d); return },
		func() (err error) { f.next, err = trajectory.OwnPlanned(t, f.trajectory); return },
	} {
		if err := read(); err != nil {
			return f, err
		}
	}
	return f, nil
}

func matchEvents(l text.Lang, all []Match) []components.Event {
	out := make([]components.Event, len(all))
	for i, m := range all {
		detail := l.MatchState(string(m.State))
		if m.DeclinedBy != "" {
			detail += ", " + l.MatchingSaidNo(l.MatchSide(string(m.DeclinedBy)))
		}
		if words := cmp.Or(m.Reason, m.DoubleRoleWords); words != "" {
			detail += ": " + words
		}
		if words := deviationWords(l, m); words != "" {
			detail += "; " + words
		}
		out[i] = components.Event{Machine: m.ProposedAt.Date().String(), When: l.Date(m.ProposedAt.Date()), Title: m.VolunteerName, Detail: detail}
	}
	return out
}

// deviationWords say in whose place somebody was asked, and why.
func deviationWords(l text.Lang, m Match) string {
	if m.Deviation.Code == "" {
		return ""
	}
	said := l.MatchingDeviatedUnknown()
	if m.Advised != "" {
		said = l.MatchingDeviated(m.Advised)
	}
	said += ", " + l.Deviation(m.Deviation.Code)
	if m.Deviation.Words != "" {
		said += ": " + m.Deviation.Words
	}
	return said
}

func sides(l text.Lang) []components.Option {
	return components.Options([]string{string(ByVolunteer), string(ByFamily), string(ByCoordinator)}, l.MatchSide)
}

// proposalTitle says how far it is: asked, to be introduced, met.
func proposalTitle(l text.Lang, p Proposal) string {
	if p.State == Agreed {
		return l.MatchingMeetingTitle()
	}
	if p.State == Introduced {
		return l.MatchingAfterTitle()
	}
	return l.MatchingProposalTitle()
}

func proposalUnder(l text.Lang, p Proposal) string {
	if p.State == Agreed {
		return l.MatchingMeetingUnder()
	}
	if p.State == Introduced {
		return l.MatchingAfterUnder()
	}
	return l.MatchingProposalUnder()
}

func proposalPairs(l text.Lang, p Proposal) []components.Pair {
	ages := make([]string, len(p.Children))
	for i, c := range p.Children {
		ages[i] = l.MatchingAgeUnknown()
		if c.Age >= 0 {
			ages[i] = l.MatchingAge(l.Number(c.Age))
		}
	}
	return []components.Pair{
		{Term: l.MatchingKind(), Text: trajectory.KindWord(l, p.Kind, p.KindName)}, {Term: l.MatchingTown(), Text: p.Town},
		{Term: l.MatchingChildren(), Text: l.And(ages)}, {Term: l.MatchingAdults(), Text: l.Number(p.Adults)},
		{Term: l.MatchingEvery(), Text: l.MatchingDays(p.Every)}, {Term: l.MatchingCoordinator(), Text: p.Coordinator},
	}
}

// proposalKnows says what the children know, by age and without names (INT-8).
func proposalKnows(l text.Lang, p Proposal) []components.ChildKnows {
	var out []components.ChildKnows
	for _, c := range p.Children {
		who := l.MatchingAgeUnknown()
		if c.Age >= 0 {
			who = l.MatchingAge(l.Number(c.Age))
		}
		out = append(out, components.ChildKnows{Name: who, What: cmp.Or(l.KnowsLevel(c.Knows), l.MatchingKnowsAsk())})
	}
	return out
}

func familyPairs(l text.Lang, f ownFamily) []components.Pair {
	var who []string
	for _, p := range f.trajectory.People {
		who = append(who, p.Name)
	}
	out := []components.Pair{
		{Term: l.MatchingKind(), Text: trajectory.KindWord(l, f.trajectory.Kind, f.trajectory.KindName)}, {Term: l.MatchingFor(), Text: l.And(who)},
		{Term: l.MatchingUntil(), Text: l.Date(f.trajectory.PlannedEnd)}, {Term: l.MatchingEvery(), Text: l.MatchingDays(f.trajectory.VisitEveryDays)},
		{Term: l.MatchingCoordinator(), Text: f.trajectory.CoordinatorName},
	}
	for _, h := range f.homes {
		where := strings.Trim(strings.Join([]string{h.Address, h.Town, h.Phone}, ", "), ", ")
		if where != "" {
			out = append(out, components.Pair{Term: h.Name, Text: where})
		}
	}
	return out
}
