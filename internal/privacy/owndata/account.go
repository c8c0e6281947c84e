package owndata

import (
	"slices"
	"strings"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/text"
)

// OfAccount makes the package of whoever asks for it: somebody with an account, who showed a moment ago that it is they.
func OfAccount(t *db.Tx, l text.Lang) (Archive, error) {
	w := &worker{opener: &opener{t: t}, l: l}
	out := Archive{Lang: l, About: t.Actor().Name(), MadeAt: t.Now(), LeftOut: []string{"families", "confidence", "workers", "register", "technical"}}
	w.account(&out)
	w.signingIn(&out)
	if t.Actor().Volunteer() != 0 {
		out.LeftOut = append(out.LeftOut, "to_discuss")
		w.volunteer(&out)
		w.work(&out)
		w.cared(&out)
		w.learning(&out)
	}
	w.told(&out)
	return out, w.err
}

// worker is what the package of somebody with an account is made from.
type worker struct {
	*opener
	l text.Lang
}

func (w *worker) names(q *db.Query) []string {
	return rows(w.opener, q, nil, func(s *string) []any { return []any{s} })
}

func (w *worker) account(out *Archive) {
	l := w.l
	type account struct {
		name, email, language string
		made, seen, factor    core.Instant
	}
	var roles []string
	for _, code := range w.names(qRoles) {
		roles = append(roles, l.Role(code))
	}
	var all []Entry
	for _, a := range rows(w.opener, qAccount, nil, func(a *account) []any { return []any{&a.name, &a.email, &a.language, &a.made, &a.seen, &a.factor} }) {
		all = append(all, Entry{words("name", a.name), words("email", a.email), words("role", l.And(roles)), words("language", a.language), moment(l, "made_on", a.made),
			moment(l, "last_seen", a.seen), moment(l, "confirmed_on", a.factor)})
	}
	for _, at := range rows(w.opener, qCandidate, nil, func(i *core.Instant) []any { return []any{i} }) {
		all = append(all, Entry{words("role", l.Role("project_leader")), moment(l, "asked", at)})
	}
	out.add("account", all...)
	all = nil
	for _, place := range slices.Concat(w.names(qTowns), w.names(qPrisons)) {
		all = append(all, Entry{words("place", place)})
	}
	type standIn struct {
		name        string
		from, until core.Date
	}
	for key, q := range map[string]*db.Query{"backup": qStandIns, "about": qBackups} {
		for _, s := range rows(w.opener, q, nil, func(s *standIn) []any { return []any{&s.name, &s.from, &s.until} }) {
			all = append(all, Entry{words(key, s.name), day(l, "from", s.from), day(l, "until", s.until)})
		}
	}
	out.add("places", all...)
}

func (w *worker) signingIn(out *Archive) {
	l := w.l
	type used struct {
		name       string
		made, used core.Instant
	}
	var all []Entry
	for _, k := range rows(w.opener, qKeys, nil, func(k *used) []any { return []any{&k.name, &k.made, &k.used} }) {
		all = append(all, Entry{words("name", k.name), moment(l, "made_on", k.made), moment(l, "last_seen", k.used)})
	}
	for _, k := range rows(w.opener, qProviders, nil, func(k *used) []any { return []any{&k.name, &k.made, &k.used} }) {
		all = append(all, Entry{words("organisation", k.name), moment(l, "made_on", k.made), moment(l, "last_seen", k.used)})
	}
	for _, q := range []*db.Query{qCodes, qInvited} {
		for _, k := range rows(w.opener, q, nil, func(k *used) []any { return []any{&k.made, &k.used} }) {
			all = append(all, Entry{moment(l, "made_on", k.made), moment(l, "last_seen", k.used)})
		}
	}
	out.add("signing_in", all...)
	type session struct {
		since, seen          core.Instant
		address, device, how string
	}
	all = nil
	for _, s := range rows(w.opener, qSessions, nil, func(s *session) []any { return []any{&s.since, &s.seen, &s.address, &s.device, &s.how} }) {
		all = append(all, Entry{words("device", s.device), words("net_address", s.address), coded("how", s.how, l.SessionHow), moment(l, "since", s.since), moment(l, "last_seen", s.seen)})
	}
	out.add("devices", all...)
}

// told is what the programme told them, asked of them and wrote down of what they did.
func (w *worker) told(out *Archive) {
	l := w.l
	type line struct {
		code   string
		at     core.Instant
		closed core.Instant
	}
	var mails, tasks, breaches, did []Entry
	for _, m := range rows(w.opener, qMails, nil, func(m *line) []any { return []any{&m.at, &m.code} }) {
		mails = append(mails, Entry{moment(l, "on", m.at), coded("what", m.code, l.MailSubject)})
	}
	for _, k := range rows(w.opener, qTasks, nil, func(k *line) []any { return []any{&k.code, &k.at} }) {
		tasks = append(tasks, Entry{coded("what", k.code, l.Task), moment(l, "since", k.at)})
	}
	for _, b := range rows(w.opener, qTold, nil, func(b *line) []any { return []any{&b.at, &b.code, &b.closed} }) {
		breaches = append(breaches, Entry{moment(l, "on", b.at), coded("what", b.code, l.BreachKind), moment(l, "ended_on", b.closed)})
	}
	type deed struct {
		action      string
		n           int
		first, last core.Instant
	}
	for _, d := range rows(w.opener, qDid, nil, func(d *deed) []any { return []any{&d.action, &d.n, &d.first, &d.last} }) {
		did = append(did, Entry{coded("action", d.action, l.OwnAction), count(l, "times", d.n), moment(l, "since", d.first), moment(l, "last_seen", d.last)})
	}
	out.add("mails", mails...)
	out.add("tasks", tasks...)
	out.add("breaches", breaches...)
	out.add("did", did...)
}

func (w *worker) volunteer(out *Archive) {
	l := w.l
	type volunteer struct {
		name, email, phone, town, prison, status string
		languages, days, wishes                  string
		speaks, postcode                         string
		youngest, oldest, travel                 int
		since                                    core.Date
		capacity                                 int
		wants, can, car                          bool
	}
	var kinds []string
	for _, k := range w.names(qVolunteerKinds) {
		kinds = append(kinds, l.TrajectoryKind(k))
	}
	var all []Entry
	for _, v := range rows(w.opener, qVolunteer, nil, func(v *volunteer) []any {
		return []any{&v.name, &v.email, &v.phone, &v.town, &v.prison, &v.status, &v.since, &v.capacity, &v.wants, &v.can, &v.languages, &v.days, &v.car, &v.wishes,
			&v.speaks, &v.youngest, &v.oldest, &v.postcode, &v.travel}
	}) {
		all = append(all, Entry{words("name", v.name), words("email", v.email), words("phone", v.phone), words("town", v.town), words("place", v.prison),
			coded("status", v.status, l.VolunteerStatus), day(l, "since", v.since), words("kind", l.And(kinds)), count(l, "capacity_families", v.capacity),
			whether(l, "complex_wanted", v.wants), whether(l, "complex_confirmed", v.can), words("languages", v.languages), list(l, "days", v.days, l.VolunteerDay),
			whether(l, "car", v.car), words("wishes", v.wishes), list(l, "speaks", v.speaks, l.Spoken), count(l, "youngest", v.youngest),
			count(l, "oldest", v.oldest), words("postcode", v.postcode), count(l, "travel_minutes", v.travel)})
	}
	type status struct {
		code, why, without string
		at                 core.Instant
		until              core.Date
	}
	for _, s := range rows(w.opener, qStatuses, nil, func(s *status) []any { return []any{&s.code, &s.at, &s.why, &s.until, &s.without} }) {
		all = append(all, Entry{coded("status", s.code, l.VolunteerStatus), moment(l, "on", s.at), words("why", s.why), day(l, "until", s.until), words("statement", s.without)})
	}
	out.add("volunteer", slices.Concat(all, w.start(), w.keeping())...)
	w.papers(out)
}

// keeping is when the volunteer's file is erased, and what was written down about that.
func (w *worker) keeping() (all []Entry) {
	l := w.l
	type span struct {
		why             string
		from, until, at core.Date
	}
	for _, e := range rows(w.opener, qKept, nil, func(s *span) []any { return []any{&s.from, &s.until} }) {
		all = append(all, Entry{day(l, "told_on", e.from), day(l, "erased_on", e.until)})
	}
	for _, h := range rows(w.opener, qHeld, nil, func(s *span) []any { return []any{&s.why, &s.from, &s.until, &s.at} }) {
		all = append(all, Entry{words("kept_longer", h.why), day(l, "from", h.from), day(l, "until", h.until), day(l, "lifted_on", h.at)})
	}
	for _, h := range rows(w.opener, qWished, nil, func(s *span) []any { return []any{&s.why, &s.from, &s.at} }) {
		all = append(all, Entry{words("erase_asked", h.why), day(l, "on", h.from), day(l, "confirmed_on", h.at)})
	}
	for _, h := range rows(w.opener, qHelped, nil, func(s *span) []any { return []any{&s.from, &s.until} }) {
		all = append(all, Entry{day(l, "helped_from", h.from), day(l, "until", h.until)})
	}
	return all
}

func (w *worker) papers(out *Archive) {
	l := w.l
	type certificate struct {
		profile, number, by string
		issued, renew, seen core.Date
	}
	var all []Entry
	for _, c := range rows(w.opener, qCertificates, nil, func(c *certificate) []any { return []any{&c.profile, &c.number, &c.issued, &c.renew, &c.seen, &c.by} }) {
		all = append(all, Entry{words("profile", c.profile), words("number", c.number), day(l, "from", c.issued), day(l, "renew_before", c.renew), day(l, "recorded", c.seen), words("recorded_by", c.by)})
	}
	out.add("certificates", all...)
	type course struct {
		code string
		on   core.Date
	}
	all = nil
	for _, c := range rows(w.opener, qCourses, nil, func(c *course) []any { return []any{&c.code, &c.on} }) {
		all = append(all, Entry{coded("course", c.code, l.Course), day(l, "done_on", c.on)})
	}
	out.add("courses", all...)
	type look struct {
		at         core.Instant
		who, actor string
	}
	all = nil
	for _, k := range rows(w.opener, qSeen, db.Args{"limit": seenLines}, func(k *look) []any { return []any{&k.at, &k.who, &k.actor} }) {
		if k.who == "" { // the program itself
			continue
		}
		var as []string
		for code := range strings.SplitSeq(k.actor, "+") {
			as = append(as, l.LogRole(code))
		}
		all = append(all, Entry{moment(l, "on", k.at), words("who", k.who), words("role", l.And(as))})
	}
	out.add("seen", all...)
}

// work is what a volunteer did, without a family in it.
func (w *worker) work(out *Archive) {
	l := w.l
	type match struct {
		state                     string
		proposed                  core.Instant
		introduced, accepted, end core.Date
	}
	var all []Entry
	for _, m := range rows(w.opener, qMatches, nil, func(m *match) []any { return []any{&m.state, &m.proposed, &m.introduced, &m.accepted, &m.end} }) {
		all = append(all, Entry{coded("state", m.state, l.MatchState), moment(l, "asked", m.proposed), day(l, "introduced_on", m.introduced), day(l, "from", m.accepted), day(l, "until", m.end)})
	}
	out.add("matches", all...)
	type visit struct {
		at          core.Instant
		minutes, km int
	}
	all = nil
	for _, v := range rows(w.opener, qOwnVisits, nil, func(v *visit) []any { return []any{&v.at, &v.minutes, &v.km} }) {
		all = append(all, Entry{moment(l, "on", v.at), count(l, "minutes", v.minutes), count(l, "km", v.km)})
	}
	out.add("own_visits", all...)
	type worry struct {
		at, answered core.Instant
		urgency      string
	}
	all = nil
	for _, s := range rows(w.opener, qWorries, nil, func(s *worry) []any { return []any{&s.at, &s.urgency, &s.answered} }) {
		all = append(all, Entry{moment(l, "on", s.at), coded("urgency", s.urgency, l.SignalUrgency), moment(l, "answer", s.answered)})
	}
	out.add("worries", all...)
}
