package retention

import (
	"cmp"
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// oneView is until when one subject's data are kept, and what holds that up.
type oneView struct {
	row
	lang                     text.Lang
	me                       core.AccountID
	today                    core.Date
	terms                    Terms
	head                     dossier.Head // of a dossier
	holds                    []held
	wish                     *wish
	may                      bool // change anything here
	hold, lift, ask, general *form.Form
}

// held is one hold as the page tells it.
type held struct {
	id                    core.ID
	why, by, liftedBy     string
	sealed, liftedSealed  []byte
	placed, until, lifted core.Date
	liftedWhy             string
}

func (h held) counts(on core.Date) bool {
	return h.lifted.IsZero() && (h.until.IsZero() || !on.After(h.until))
}

func (h held) told(l text.Lang) string {
	if h.until.IsZero() {
		return l.KeepingHeldBy(h.by, l.Date(h.placed))
	}
	return l.KeepingHeldUntil(h.by, l.Date(h.placed), l.Date(h.until))
}

func holdsOf(t *db.Tx, who Subject) ([]held, error) {
	all, err := db.All(t, of[who.Root].holds, who.args(nil), func(h *held) []any {
		return []any{&h.id, &h.sealed, &h.placed, &h.by, &h.until, &h.lifted, &h.liftedBy, &h.liftedSealed}
	})
	table := who.Root.Name() + "_hold"
	for i := range all {
		h := &all[i]
		if err == nil {
			h.why, err = openWhy(t, who, table, "why", h.id, h.sealed)
		}
		if err == nil {
			h.liftedWhy, err = openWhy(t, who, table, "lifted_why", h.id, h.liftedSealed)
		}
	}
	return all, err
}

// wish is that somebody asked for early erasing.
type wish struct {
	why, by, confirmedBy string
	sealed               []byte
	askedBy              core.AccountID
	on, confirmed        core.Date
}

func wishOf(t *db.Tx, who Subject) (*wish, error) {
	w, found, err := db.Maybe(t, of[who.Root].wish, who.args(nil), func(w *wish) []any {
		return []any{&w.sealed, &w.on, &w.askedBy, &w.by, &w.confirmed, &w.confirmedBy}
	})
	if err != nil || !found {
		return nil, err
	}
	w.why, err = openWhy(t, who, who.Root.Name()+"_wish", "why", who.ID, w.sealed)
	return &w, err
}

// headOf is the top of a dossier's pages.
func headOf(t *db.Tx, who Subject) (dossier.Head, error) {
	if who.Root != authz.DossierRoot {
		return dossier.Head{}, nil
	}
	return dossier.LoadHead(t, core.DossierID(who.ID), "keeping")
}

// liftOf is the form of one hold: the one that was sent, or one of its own.
func (v oneView) liftOf(h held) *form.Form {
	if v.lift.Value("hold") == h.id.String() {
		return v.lift
	}
	own := liftFields
	own.Part += h.id.String()
	return form.New(v.lang, own)
}

// facts are the clock in a list: which rule, since when, until when.
func (v oneView) facts() []components.Pair {
	l := v.lang
	out := []components.Pair{{Term: l.KeepingRule(), Text: l.KeepingKind(string(v.Kind))}}
	due, ok := Due(v.Life, v.terms)
	if !v.Ended.IsZero() {
		out = append(out, components.Pair{Term: l.KeepingEnded(), Text: l.Date(v.Ended)})
	}
	if !ok {
		return out
	}
	out = append(out, components.Pair{Term: l.KeepingKeptUntil(), Text: l.Date(due.AddDays(-1))})
	on, _ := Expected(v.Life, v.terms, v.today)
	if v.Announced.IsZero() {
		return append(out, components.Pair{Term: l.KeepingErasedOnIf(), Text: l.Date(on)})
	}
	return append(out, components.Pair{Term: l.KeepingAnnouncedOn(), Text: l.Date(v.Announced)}, components.Pair{Term: l.KeepingErasedOn(), Text: l.Date(on)})
}

// back leads to what the page is about.
func (v oneView) back() string { return homes[v.Root] + v.ID.String() }

// soonView is what is erased soon.
type soonView struct {
	lang   text.Lang
	leader bool
	rows   []soonRow
	counts map[string]int
	wishes []unseen
}

type soonRow struct {
	row
	on   core.Date
	said string
}

// horizon is how far the page looks ahead.
const horizon = 90

// soon reads what the reader may see of it: their own families, referrals and volunteers; a leader sees of families how many.
func (s *Service) soon(q *web.Request) (v soonView, err error) {
	v = soonView{lang: q.Lang, leader: q.Actor.Roles().Has(authz.ProjectLeader), counts: map[string]int{}}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		v.rows, v.wishes = nil, nil
		terms, err := settled(t)
		if err != nil {
			return err
		}
		for _, r := range roots {
			all, err := lives(t, r, of[r].mine, db.Args{"before": terms.earliest(r, t.Today().AddDays(horizon)), "limit": 2000})
			if err != nil {
				return err
			}
			for _, l := range all {
				if shown, ok := soonOf(q.Lang, l, terms, t.Today()); ok {
					v.rows = append(v.rows, shown)
				}
			}
		}
		slices.SortStableFunc(v.rows, func(a, b soonRow) int { return cmp.Compare(a.on.String(), b.on.String()) })
		if !v.leader {
			return nil
		}
		for name, c := range counted {
			if v.counts[name], err = db.Count(t, c, nil); err != nil {
				return err
			}
		}
		v.wishes, err = db.All(t, qUnseen, nil, func(u *unseen) []any { return []any{&u.root, &u.id, &u.on, &u.by, &u.askedBy} })
		return err
	})
	return v, err
}

// soonOf says what the list tells of one, if it belongs there: what is held stays in sight.
func soonOf(l text.Lang, r row, terms Terms, today core.Date) (soonRow, bool) {
	on, ok := Expected(r.Life, terms, today)
	out := soonRow{row: r, on: on}
	switch {
	case r.Runs || r.Ended.IsZero():
		return out, false
	case r.stands(today):
		out.said = l.KeepingHeldColumn()
		return out, true
	case r.Confirmed:
		out.said, out.on = l.KeepingGoesToday(), today
		return out, true
	case !r.askedOn.IsZero():
		out.said = l.KeepingWaitsColumn()
		return out, true
	case !ok || today.DaysUntil(on) > horizon:
		return out, false
	}
	out.said = l.Date(on)
	if r.Announced.IsZero() {
		out.said += ", " + l.KeepingNotYet()
	}
	return out, true
}

func (v soonView) table() components.Table {
	l := v.lang
	out := components.Table{Caption: l.KeepingSoon(), Columns: []components.Column{{Label: l.KeepingWho()}, {Label: l.KeepingWhyColumn()}, {Label: l.KeepingDay()}}}
	for _, r := range v.rows {
		out.Rows = append(out.Rows, []components.Cell{{Text: r.label, Href: r.Path()}, {Text: l.KeepingKind(string(r.Kind))}, {Text: r.said}})
	}
	return out
}

// unseen is a wish as a leader sees it: who wrote it down and when, not whose it is.
type unseen struct {
	root    string
	id      core.ID
	on      core.Date
	by      string
	askedBy core.AccountID
}

func (u unseen) of(l text.Lang) string {
	switch u.root {
	case authz.DossierRoot.Name():
		return l.KeepingWishFamily()
	case authz.ReferralRoot.Name():
		return l.KeepingWishReferral()
	}
	return l.KeepingWishVolunteer()
}

const whyUnseen = "the project leader is the second pair of eyes where there is no other: that it is asked, by whom and when, and not whose it is"

var (
	counted = map[string]*db.Query{
		"families":  leaderCount("families", `SELECT COUNT(*) FROM dossier_erasure`),
		"referrals": leaderCount("referrals", `SELECT COUNT(*) FROM referral_erasure`),
		"held": leaderCount("held", `SELECT COUNT(*) FROM (SELECT h.id FROM dossier_hold h WHERE h.lifted_on IS NULL AND (h.until_on IS NULL OR h.until_on >= :today)
			UNION ALL SELECT h.id FROM referral_hold h WHERE h.lifted_on IS NULL AND (h.until_on IS NULL OR h.until_on >= :today)) x`),
	}
	qUnseen = db.CrossQ("retention.wishes_unseen", authz.EarlyErasing, whyUnseen, `SELECT x.root, x.id, x.asked_on, a.name, x.asked_by FROM (
			SELECT 'dossier' AS root, w.dossier_id AS id, w.asked_on, w.asked_by FROM dossier_wish w WHERE w.confirmed_on IS NULL
			UNION ALL SELECT 'referral' AS root, w.referral_id AS id, w.asked_on, w.asked_by FROM referral_wish w WHERE w.confirmed_on IS NULL
			UNION ALL SELECT 'volunteer' AS root, w.volunteer_id AS id, w.asked_on, w.asked_by FROM volunteer_wish w WHERE w.confirmed_on IS NULL) x
		JOIN account a ON a.id = x.asked_by ORDER BY x.asked_on, x.id`, db.Probe{})
	xConfirmUnseen = func() map[authz.Root]*db.Query {
		out := map[authz.Root]*db.Query{}
		for _, r := range roots {
			n := r.Name()
			out[r] = db.CrossX("retention.confirm_unseen_"+n, authz.EarlyErasing, whyUnseen, `UPDATE `+n+`_wish SET confirmed_on = :today, confirmed_by = :by
				WHERE `+n+`_id = :`+param(r)+` AND confirmed_on IS NULL AND asked_by <> :by`, db.Probe{param(r): db.Theirs(n), "by": int64(db.Ours("account"))})
		}
		return out
	}()
)

func leaderCount(what, q string) *db.Query {
	return db.CrossQ("retention.count_"+what, authz.EarlyErasing, "a project leader sees how many, and not whose", q, db.Probe{})
}

// ConfirmUnseen is Confirm by a project leader. What runs or is held since is not erased, whoever agreed.
func (s *Service) ConfirmUnseen(ctx context.Context, a authz.Actor, who Subject) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		n, err := db.Exec(t, xConfirmUnseen[who.Root], who.args(db.Args{"by": t.Actor().Account()}))
		if err == nil && n == 0 {
			err = core.Refuse("PRV-4", "retention_same_eyes")
		}
		if err != nil {
			return err
		}
		return seconded(t, who)
	})
}
