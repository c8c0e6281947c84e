package intake

import (
	"encoding/hex"
	"io"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/setting"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// The forms of the page. Their names differ, because they stand on one page.
var (
	talkFields = form.Fields{Lines: []string{"talk_on", "talk_with", "talk_person", "talk_place", "talk_minutes"}, Texts: []string{"talk_said", "talk_next"}}
	needFields = form.Fields{Lines: []string{"group", "need_*", "person_*", "hidden_*"}, Texts: []string{"words_*"}}

	followFields = form.Fields{Lines: []string{"follow_on", "follow_with", "follow_person"}, Texts: []string{"follow_try"}}
	cameFields   = form.Fields{Texts: []string{"came_*"}}
	contraFields = form.Fields{Lines: setting.Contraindications()}
	whyFields    = form.Fields{Texts: []string{"why_*"}}
	youthFields  = form.Fields{Lines: []string{"youth_on", "youth_evidence"}}
	addedFields  = form.Fields{Texts: []string{"added"}}
	wordFields   = form.Fields{Lines: []string{"word_on", "word_how"}, Texts: []string{"word_said"}}

	decisionFields = form.Fields{Lines: []string{"outcome", "reasons", "referred_to"}, Texts: []string{"decision_words", "unmet"}}
)

// forms are those of one page, by the last part of the address that they go to.
type forms map[string]*form.Form

var fieldsOf = map[string]form.Fields{
	"talks": talkFields, "needs": needFields, "follow-ups": followFields, "came": cameFields, "contraindications": contraFields, "why": whyFields,
	"youth-care": youthFields, "helpers": addedFields, "words": wordFields, "decision": decisionFields,
}

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	write := authz.RightTo("intake.write")
	const path = "/dossiers/{id}/intake"
	m.Handle("GET "+path, authz.RightTo("intake.read"), s.show)
	m.Handle("POST "+path+"/talks", write, s.post("talks", s.addTalk))
	m.Handle("POST "+path+"/talks/save", write, s.saveTalk)
	m.Handle("POST "+path+"/needs", write, s.post("needs", s.addQuestion))
	m.Handle("POST "+path+"/follow-ups", write, s.post("follow-ups", s.addFollowUp))
	m.Handle("POST "+path+"/follow-ups/{row}", write, s.post("came", s.addCame))
	m.Handle("POST "+path+"/contraindications", write, s.post("contraindications", s.check))
	m.Handle("POST "+path+"/contraindications/{kind}", write, s.post("why", s.overrule))
	m.Handle("POST "+path+"/overrule/{kind}", authz.RightTo("intake.overrule"), s.post("why", s.overrule))
	m.Handle("POST "+path+"/youth-care", write, s.post("youth-care", s.agree))
	m.Handle("POST "+path+"/helpers", write, s.post("helpers", s.add))
	m.Handle("POST "+path+"/words", write, s.post("words", s.tell))
	m.Handle("POST "+path+"/decision", write, s.post("decision", s.decide))
	m.Handle("POST "+path+"/again", write, s.post("decision", s.again))
}

// page is the intake of a family with everything that is known and everything that is missing.
type page struct {
	dossier.File
	Intake
	Head      dossier.Head
	Past      []Intake
	Talks     []Talk
	Typed     typed // a talk that was begun
	Meanwhile bool  // and that another screen kept, when what was sent is stale
	Questions []Question
	FollowUps []FollowUp
	Facts     Facts
	Told      []Word
	Missing   []*core.Fail // why support cannot start yet
	Held      *core.Fail   // restrictions that keep home out of it today (INT-6)
	Today     core.Date
	MayWrite  bool
	MayRule   bool // the project leader, who decides where the programme excludes
	Forms     forms
}

func (s *Service) load(q *web.Request, d core.DossierID) (v page, err error) {
	v.Today, v.MayWrite = q.Today(), authz.RightTo("intake.write").Allows(q.Actor)
	v.MayRule = authz.RightTo("intake.overrule").Allows(q.Actor)
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.File, err = dossier.Load(t, d); err != nil {
			return err
		}
		if v.Head, err = dossier.LoadHead(t, d, "intake"); err != nil {
			return err
		}
		all, err := intakes(t, d)
		if err != nil || len(all) == 0 {
			return err
		}
		v.Intake, v.Past = all[0], all[1:]
		return v.read(t, d)
	})
	if err != nil {
		return v, err
	}
	v.Forms, err = s.newForms(q.Lang, v)
	return v, err
}

func (v *page) read(t *db.Tx, d core.DossierID) (err error) {
	if v.Talks, err = talks(t, d, v.ID); err != nil {
		return err
	}
	if v.Typed, err = loadTyped(t, d); err != nil {
		return err
	}
	if v.Questions, err = questions(t, d, v.ID); err != nil {
		return err
	}
	if v.FollowUps, err = followUps(t, d, v.ID); err != nil {
		return err
	}
	if v.Told, err = waitingWords(t, d); err != nil {
		return err
	}
	if v.Facts, err = facts(t, d, v.Intake); err != nil {
		return err
	}
	_, refused := Start(v.Facts)
	if fail, ok := core.AsFail(refused); ok {
		v.Missing = fail.All()
	}
	v.Held, _ = core.AsFail(dossier.ContactHome(v.Running(v.Today), v.Today))
	return nil
}

// newForms are empty forms with a token, so that one form makes one thing.
func (s *Service) newForms(l text.Lang, v page) (forms, error) {
	out := forms{}
	for name, fields := range fieldsOf {
		var b [12]byte
		if _, err := io.ReadFull(s.random, b[:]); err != nil {
			return nil, err
		}
		f := form.New(l, fields)
		f.Token, f.Version = hex.EncodeToString(b[:]), v.Version
		out[name] = f
	}
	for _, c := range v.Facts.Contraindications {
		if c.Checked {
			out["contraindications"].Set(c.Kind, thereCode(c.Present))
		}
	}
	out["helpers"].Set("added", v.Added)
	v.begun(out["talks"])
	out["words"].Set("word_on", v.Today.String())
	return out, nil
}

// begun fills the form of a talk with what was typed before.
func (v page) begun(f *form.Form) {
	f.Version = v.Typed.Version
	if !v.Typed.kept() {
		f.Set("talk_on", v.Today.String())
		return
	}
	for name, values := range v.Typed.Fields {
		f.Set(name, values...)
	}
}

func thereCode(present bool) string {
	if present {
		return "yes"
	}
	return "no"
}

func (s *Service) show(q *web.Request) error {
	d, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	v, err := s.load(q, d)
	if err != nil {
		return err
	}
	return q.Show(intakePage(q.Frame(q.Lang.IntakeTitle()), v))
}

// deed is what one of the forms asks for.
type deed func(q *web.Request, d core.DossierID, f *form.Form) error

// post does what a form asks and shows the page again: saved, or refused with everything typed still there.
func (s *Service) post(name string, do deed) web.Handler {
	return func(q *web.Request) error {
		d, err := web.PathID[core.DossierID](q, "id")
		if err != nil {
			return err
		}
		f := q.Form(fieldsOf[name])
		if f.OK() {
			err = do(q, d, f)
		}
		if err == nil && f.OK() {
			return q.See("/dossiers/"+d.String()+"/intake", q.Lang.IntakeSaved())
		}
		if err != nil && (!isShown(err)) {
			return err
		}
		v, loading := s.load(q, d)
		if loading != nil {
			return loading
		}
		v.Forms[name] = f
		if name == "talks" && core.IsKind(err, core.KindConflict) { // sending it once more is a choice, now that both are shown
			f.Version, v.Meanwhile = v.Typed.Version, true
		}
		return q.Again(err, f, func() templ.Component { return intakePage(q.Frame(q.Lang.IntakeTitle()), v) })
	}
}

// isShown says that an error belongs on the form, and not on a page of its own.
func isShown(err error) bool {
	fail, ok := core.AsFail(err)
	return ok && fail.Kind != core.KindNotFound
}

func personIn(f *form.Form, name string) core.PersonID {
	p, _ := core.ParseID[core.PersonID](f.Value(name))
	return p
}

func (s *Service) addTalk(q *web.Request, d core.DossierID, f *form.Form) error {
	k := Talk{ID: onceID(d, f.Token), HeldOn: f.Date("talk_on"), With: f.Value("talk_with"), Person: personIn(f, "talk_person"), Place: f.Value("talk_place"),
		Minutes: f.Int("talk_minutes"), Said: f.Value("talk_said"), Next: f.Value("talk_next")}
	if !f.OK() {
		return nil
	}
	return s.AddTalk(q.Context(), q.Actor, d, k, core.Sending{Key: f.Token + core.Done, From: f.Version})
}

// saveTalk keeps what is typed so far and answers the script.
func (s *Service) saveTalk(q *web.Request) error {
	d, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(talkFields)
	at, version, err := s.KeepTyped(q.Context(), q.Actor, d, f.Values, q.Sending(f))
	if !core.IsKind(err, core.KindConflict) {
		if err != nil {
			return err
		}
		return q.Kept(at, version)
	}
	v, e := s.load(q, d)
	if e != nil {
		return e
	}
	fail, _ := core.AsFail(err)
	return q.Page(http.StatusConflict, components.Meanwhile(q.Lang, q.Lang.Fail(fail), v.typedPairs(q.Lang), v.path("")))
}

func (s *Service) addQuestion(q *web.Request, d core.DossierID, f *form.Form) error {
	group := f.Value("group")
	return s.AddQuestion(q.Context(), q.Actor, d, Question{ID: onceID(d, f.Token+group), Group: group, Person: personIn(f, "person_"+group),
		Need: f.Value("need_" + group), Hidden: f.Bool("hidden_" + group), Words: f.Value("words_" + group)})
}

func (s *Service) addFollowUp(q *web.Request, d core.DossierID, f *form.Form) error {
	k := FollowUp{ID: onceID(d, f.Token), DueOn: f.Date("follow_on"), With: f.Value("follow_with"), Person: personIn(f, "follow_person"), Try: f.Value("follow_try")}
	if !f.OK() {
		return nil
	}
	return s.FollowUp(q.Context(), q.Actor, d, k)
}

func (s *Service) addCame(q *web.Request, d core.DossierID, f *form.Form) error {
	row, err := web.PathID[core.ID](q, "row")
	if err != nil {
		return err
	}
	return s.Followed(q.Context(), q.Actor, d, row, f.Value("came_"+row.String()))
}

func (s *Service) check(q *web.Request, d core.DossierID, f *form.Form) error {
	present := map[string]bool{}
	for _, kind := range setting.Contraindications() {
		if v := f.Value(kind); v != "" {
			present[kind] = v == "yes"
		}
	}
	return s.Check(q.Context(), q.Actor, d, present)
}

func (s *Service) overrule(q *web.Request, d core.DossierID, f *form.Form) error {
	kind := q.R.PathValue("kind")
	if !slices.Contains(setting.Contraindications(), kind) {
		return core.NotFound()
	}
	return s.Overrule(q.Context(), q.Actor, d, kind, f.Value("why_"+kind))
}

func (s *Service) agree(q *web.Request, d core.DossierID, f *form.Form) error {
	on := f.Date("youth_on")
	if !f.OK() {
		return nil
	}
	return s.AgreeWithYouthCare(q.Context(), q.Actor, d, on, f.Value("youth_evidence"))
}

func (s *Service) add(q *web.Request, d core.DossierID, f *form.Form) error {
	return s.SayWhatIsAdded(q.Context(), q.Actor, d, f.Version, f.Value("added"))
}

func (s *Service) tell(q *web.Request, d core.DossierID, f *form.Form) error {
	w := Word{ID: onceID(d, f.Token), ToldOn: f.Date("word_on"), How: f.Value("word_how"), Said: f.Value("word_said")}
	if !f.OK() {
		return nil
	}
	return s.TellWaiting(q.Context(), q.Actor, d, w)
}

func (s *Service) decide(q *web.Request, d core.DossierID, f *form.Form) error {
	return s.Decide(q.Context(), q.Actor, d, f.Version, Decision{Outcome: Outcome(f.Value("outcome")), Reasons: f.List("reasons"), Words: f.Value("decision_words"),
		Unmet: f.Value("unmet"), ReferredTo: f.Value("referred_to")})
}

func (s *Service) again(q *web.Request, d core.DossierID, _ *form.Form) error {
	return s.Again(q.Context(), q.Actor, d)
}
