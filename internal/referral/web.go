package referral

import (
	"encoding/hex"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/setting"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

const anybody = "anybody may refer (REF-1); nothing is read back but the code"

// Routes mounts the pages.
func (s *Service) Routes(m *web.Router) {
	answer := authz.RightTo("referral.answer")
	m.Handle("GET /refer", authz.Open(anybody), s.showRefer)
	m.Handle("POST /refer", authz.Open(anybody), s.postRefer)
	m.Handle("GET /refer/thanks", authz.Open(anybody), s.showThanks)
	m.Handle("GET /forms/intake", answer, s.showPaper)
	m.Handle("GET /referrals", answer.As(authz.Search), s.showList)
	m.Handle("GET /referrals/new", answer, s.showNew)
	m.Handle("POST /referrals/new", answer, s.postNew)
	m.Handle("GET /referrals/{id}", answer, s.showOne)
	m.Handle("POST /referrals/{id}/dossier", answer, s.postMake)
	m.Handle("POST /referrals/{id}/join", answer, s.postJoin)
	m.Handle("POST /referrals/{id}/pass", answer, s.postPass)
	m.Handle("POST /referrals/{id}/decline", answer, s.postDecline)
	m.Handle("POST /referrals/{id}/kindcheck", answer, s.postFollowUp)
}

// newForm is an empty form with a token of its own: one form shown, one referral made.
func (s *Service) newForm(q *web.Request) (*form.Form, error) {
	var b [12]byte
	_, err := io.ReadFull(s.random, b[:])
	f := form.New(q.Lang, fields)
	f.Token = hex.EncodeToString(b[:])
	return f, err
}

func (s *Service) showRefer(q *web.Request) error {
	f, err := s.newForm(q)
	if err != nil {
		return err
	}
	return q.Show(referPage(q.Frame(q.Lang.ReferralReferTitle()), f))
}

// postRefer thanks a program that fell into the trap as it thanks everybody.
func (s *Service) postRefer(q *web.Request) error {
	f := q.Form(fields)
	if f.Value(trap) != "" {
		code, err := core.NewCode(s.random)
		if err != nil {
			return err
		}
		return q.See(thanksPath(code), "")
	}
	return s.receive(q, f, func(r Received) error { return q.See(thanksPath(r.Code), "") }, func() templ.Component {
		return referPage(q.Frame(q.Lang.ReferralReferTitle()), f)
	})
}

func (s *Service) receive(q *web.Request, f *form.Form, done func(Received) error, again func() templ.Component) error {
	in := read(f)
	if !f.OK() {
		return q.Again(nil, f, again)
	}
	r, err := s.Receive(q.Context(), q.Actor, in, f.Token)
	if err != nil {
		return q.Again(err, f, again)
	}
	return done(r)
}

func thanksPath(code string) string { return "/refer/thanks?code=" + url.QueryEscape(code) }

func (s *Service) showThanks(q *web.Request) error {
	code := q.Query("code")
	if !core.IsCode(code) {
		return core.NotFound()
	}
	var chosen setting.Values
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) (err error) {
		chosen, err = setting.Load(t)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(thanksPage(q.Frame(q.Lang.ReferralThanksTitle()), code, chosen.ReferralWorkdays))
}

func (s *Service) showPaper(q *web.Request) error {
	return q.Show(paperPage(q.Frame(q.Lang.ReferralPaperTitle())))
}

func (s *Service) showNew(q *web.Request) error {
	f, err := s.newForm(q)
	if err != nil {
		return err
	}
	if q.Actor.Roles().Has(authz.InsideCoordinator) {
		f.Set("channel", insideCoordinator)
	}
	return q.Show(newPage(q.Frame(q.Lang.ReferralNewTitle()), f))
}

func (s *Service) postNew(q *web.Request) error {
	f := q.Form(fields)
	return s.receive(q, f, func(r Received) error { return q.See("/referrals", q.Lang.ReferralSaved(r.Code)) }, func() templ.Component {
		return newPage(q.Frame(q.Lang.ReferralNewTitle()), f)
	})
}

// perPage is how many referrals a page of the list shows.
const perPage = 50

// list is the page of referrals: what is shown, and how many there are of each kind.
type list struct {
	Which, Channel string
	Code           string // looked for
	Page           int
	Open, Mine     int
	Late, Answered int
	Rows           []Referral
	Now            core.Instant
}

func (s *Service) showList(q *web.Request) error {
	v := list{Which: q.Query("show"), Channel: q.Query("channel"), Code: db.Fold(q.Query("code")), Now: q.Now()}
	v.Page, _ = strconv.Atoi(q.Query("page"))
	v.Page = min(max(v.Page, 1), 10_000)
	if v.Code = strings.ReplaceAll(v.Code, " ", "-"); v.Code != "" {
		v.Which = "all"
	}
	if !isOneOf(v.Which, "mine", "late", "answered", "all") {
		v.Which = "open"
	}
	if !isOneOf(v.Channel, channelCodes...) {
		v.Channel = ""
	}
	err := s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		rows, err := db.All(t, qList, db.Args{"which": v.Which, "channel": v.Channel, "code": v.Code, "limit": perPage, "offset": (v.Page - 1) * perPage}, (*row).dest)
		for _, r := range rows {
			v.Rows = append(v.Rows, r.Referral)
		}
		if err != nil {
			return err
		}
		counts, _, err := db.Maybe(t, qCounts, db.Args{}, func(c *[4]int) []any { return []any{&c[0], &c[1], &c[2], &c[3]} })
		v.Open, v.Mine, v.Late, v.Answered = counts[0], counts[1], counts[2], counts[3]
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(listPage(q.Frame(q.Lang.NavReferrals()), v))
}

func isOneOf(s string, all ...string) bool {
	return slices.Contains(all, s)
}

// one is the page of one referral with its four answers. Each form keeps what was typed in it.
type one struct {
	Referral
	Now        core.Instant
	MayMake    bool
	Candidates []Candidate
	Colleagues []Colleague
	Make       *form.Form
	Pass       *form.Form
	Decline    *form.Form
	FollowUp   bool // after a child check, somebody still has to ask
}

var (
	passFields    = form.Fields{Lines: []string{"coordinator"}}
	declineFields = form.Fields{Lines: []string{"reasons"}, Texts: []string{"decline_words"}}
	joinFields    = form.Fields{Lines: []string{"dossier"}}
)

func (s *Service) look(q *web.Request, id core.ID) (v one, err error) {
	v.Now, v.MayMake = q.Now(), q.Actor.Roles().Has(authz.InsideCoordinator|authz.OutsideCoordinator)
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.Referral, err = load(t, id); err != nil {
			return err
		}
		if v.FollowUp, err = task.IsOpen(t, kindcheckKey(id)); err != nil || v.State != Open {
			return err
		}
		if v.Candidates, err = candidates(t, v.Referral); err != nil {
			return err
		}
		v.Colleagues, err = colleagues(t)
		return err
	})
	v.Make, v.Pass, v.Decline = fill(form.New(q.Lang, fields), v.Referral), form.New(q.Lang, passFields), form.New(q.Lang, declineFields)
	for _, f := range []*form.Form{v.Make, v.Pass, v.Decline} {
		f.Version = v.Version
	}
	return v, err
}

func (s *Service) showOne(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	v, err := s.look(q, id)
	if err != nil {
		return err
	}
	return q.Show(onePage(q.Frame(q.Lang.ReferralTitle(v.Code)), v))
}

// again shows the referral with one of its forms refused.
func (s *Service) again(q *web.Request, id core.ID, cause error, f *form.Form, put func(*one)) error {
	v, err := s.look(q, id)
	if err != nil {
		return err
	}
	f.Version = max(f.Version, v.Version)
	put(&v)
	return q.Again(cause, f, func() templ.Component { return onePage(q.Frame(q.Lang.ReferralTitle(v.Code)), v) })
}

func (s *Service) postMake(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(fields)
	in := read(f)
	var made core.DossierID
	if f.OK() {
		made, err = s.Make(q.Context(), q.Actor, id, f.Version, in)
	}
	if err != nil || !f.OK() {
		return s.again(q, id, err, f, func(v *one) { v.Make = f })
	}
	return q.See("/dossiers/"+made.String()+"/intake", q.Lang.ReferralMade())
}

func (s *Service) postJoin(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(joinFields)
	to, err := core.ParseID[core.DossierID](f.Value("dossier"))
	if err != nil {
		return err
	}
	if err := s.Join(q.Context(), q.Actor, id, f.Version, to); err != nil {
		return s.again(q, id, err, f, func(v *one) { v.Make = f })
	}
	return q.See("/dossiers/"+to.String()+"/intake", q.Lang.ReferralJoined())
}

func (s *Service) postPass(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(passFields)
	to, _ := core.ParseID[core.AccountID](f.Value("coordinator"))
	if err := s.Pass(q.Context(), q.Actor, id, f.Version, to); err != nil {
		return s.again(q, id, err, f, func(v *one) { v.Pass = f })
	}
	return q.See("/referrals", q.Lang.ReferralPassed())
}

func (s *Service) postDecline(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	f := q.Form(declineFields)
	if f.OK() {
		err = s.Decline(q.Context(), q.Actor, id, f.Version, f.List("reasons"), f.Value("decline_words"))
	}
	if err != nil || !f.OK() {
		return s.again(q, id, err, f, func(v *one) { v.Decline = f })
	}
	return q.See("/referrals", q.Lang.ReferralDeclined())
}

func (s *Service) postFollowUp(q *web.Request) error {
	id, err := web.PathID[core.ID](q, "id")
	if err != nil {
		return err
	}
	if err := s.FollowUp(q.Context(), q.Actor, id); err != nil {
		return err
	}
	return q.See("/referrals/"+id.String(), q.Lang.ReferralFollowedUp())
}
