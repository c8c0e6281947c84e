package retention

import (
	"context"
	"errors"
	"math"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
	"maatje/internal/task"
)

// Jobs look every day what is due.
func (s *Service) Jobs() []job.Job {
	return []job.Job{{Name: "retention.erase", Every: job.Daily, Run: s.Run}}
}

// Run announces, takes back and erases what the day asks for, one subject in a transaction of its own, and sees to it that keys,
// files and tombstones follow. What cannot be done for one is tried for the others all the same.
func (s *Service) Run(ctx context.Context, a authz.Actor) error {
	wrong := s.Bury(ctx, a)
	for _, r := range roots {
		wrong = errors.Join(wrong, s.walk(ctx, a, r))
	}
	return errors.Join(wrong, s.Bury(ctx, a), s.tidy(ctx, a))
}

// walk looks at what was announced or asked for, and at what ended long enough ago.
func (s *Service) walk(ctx context.Context, a authz.Actor, r authz.Root) (wrong error) {
	for _, q := range []*db.Query{of[r].told, of[r].all} {
		for after := core.ID(0); ; {
			found, last, err := s.look(ctx, a, r, q, after)
			if err != nil || last == after {
				wrong = errors.Join(wrong, err)
				break
			}
			for _, who := range found {
				wrong = errors.Join(wrong, s.step(ctx, a, who))
			}
			after = last
		}
	}
	return wrong
}

// look finds, among the next rows, those about which something is to be done.
func (s *Service) look(ctx context.Context, a authz.Actor, r authz.Root, q *db.Query, after core.ID) (found []Subject, last core.ID, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		found, last = nil, after
		terms, err := settled(t)
		if err != nil {
			return err
		}
		args := db.Args{"after": int64(after), "upto": int64(math.MaxInt64), "limit": job.Batch}
		if q == of[r].all {
			args["before"] = terms.earliest(r, t.Today())
		}
		all, err := lives(t, r, q, args)
		for _, l := range all {
			last = l.ID
			if step, _, _ := Decide(l.Life, terms, t.Today()); step != Nothing {
				found = append(found, l.Subject)
			}
		}
		return err
	})
	return found, last, err
}

// earliest is the last day on which something can have ended of which the announcement is due today.
func (t Terms) earliest(r authz.Root, today core.Date) core.Date {
	months := map[authz.Root]int{authz.DossierRoot: min(t.NotStartedMonths, t.ClosedMonths), authz.ReferralRoot: t.NotStartedMonths}[r]
	return today.AddDays(t.NoticeDays + 4).AddMonths(-months)
}

// step does what is to be done about one subject, after looking once more.
func (s *Service) step(ctx context.Context, a authz.Actor, who Subject) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		terms, err := settled(t)
		if err != nil {
			return err
		}
		l, err := load(t, who)
		if core.IsKind(err, core.KindNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		switch step, on, cleared := Decide(l.Life, terms, t.Today()); step {
		case Announce:
			return announce(t, l, on)
		case Withdraw:
			return withdraw(t, l)
		case Erase:
			if err := farewell(t, l); err != nil {
				return err
			}
			return erase(t, cleared, t.Now())
		case Nothing:
		}
		return nil
	})
}

// The kinds of task, each with the page that says why and until when.
var told = map[authz.Root]string{
	authz.DossierRoot:   task.Leads("erasing_dossier", "/dossiers/{dossier}/keeping"),
	authz.ReferralRoot:  task.Leads("erasing_referral", "/referrals/{referral}/keeping"),
	authz.VolunteerRoot: task.Leads("erasing_volunteer", "/volunteers/{volunteer}/keeping"),
}

var (
	toldOffice = task.Leads("erasing_nobodys", "/keeping")
	secondEyes = map[authz.Root]string{
		authz.DossierRoot:   task.Leads("confirm_erasing_dossier", "/dossiers/{dossier}/keeping"),
		authz.ReferralRoot:  task.Leads("confirm_erasing_referral", "/referrals/{referral}/keeping"),
		authz.VolunteerRoot: task.Leads("confirm_erasing_volunteer", "/volunteers/{volunteer}/keeping"),
	}
	secondOffice = task.Leads("confirm_erasing_nobodys", "/keeping")
)

func (s Subject) task(kind string, to core.AccountID, due core.Date) task.Task {
	k := task.Task{Key: kind + ":" + s.ID.String() + ":" + to.String(), Account: to, Kind: kind, Urgency: task.CanWait, Due: endOf(due), Subject: s.ID}
	if s.Root == authz.DossierRoot {
		k.Dossier = core.DossierID(s.ID)
	}
	if s.Root == authz.ReferralRoot {
		k.Referral = s.ID
	}
	if s.Root == authz.VolunteerRoot {
		k.Volunteer = core.VolunteerID(s.ID)
	}
	return k
}

// endOf is the end of a working day.
func endOf(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 17, 0, 0, 0, core.Amsterdam))
}

// announce tells who looks after it for which day it is, with a task and a mail that says nothing of anybody (PRV-5).
func announce(t *db.Tx, l row, on core.Date) error {
	if err := db.Do(t, of[l.Root].announce, l.args(db.Args{"due": on})); err != nil {
		return err
	}
	to, err := caring(t, l, 0)
	if err != nil {
		return err
	}
	for _, account := range to {
		k := l.task(told[l.Root], account, on.AddDays(-1))
		if err := tell(t, k, "erasing_announced"); err != nil {
			return err
		}
	}
	if len(to) > 0 {
		return nil
	}
	return tellOffice(t, l.Subject, toldOffice, on.AddDays(-1))
}

func tell(t *db.Tx, k task.Task, template string) error {
	if err := task.Open(t, k); err != nil {
		return err
	}
	return job.Queue(t, job.Mail{Key: k.Key + ":" + t.Today().String(), Account: k.Account, Template: template})
}

// tellOffice puts it to the project leaders: nobody looks after it. They see that it is so, and not whose it is.
func tellOffice(t *db.Tx, s Subject, kind string, due core.Date) error {
	leaders, err := ids(t, qLeaders, nil)
	for _, to := range leaders {
		if err == nil {
			k := s.task(kind, core.AccountID(to), due)
			k.Dossier, k.Referral, k.Volunteer = 0, 0, 0
			err = tell(t, k, "erasing_announced")
		}
	}
	return err
}

func withdraw(t *db.Tx, l row) error {
	if err := db.Do(t, of[l.Root].withdraw, l.args(nil)); err != nil {
		return err
	}
	for _, kind := range []string{told[l.Root], toldOffice} {
		if err := task.DoneAbout(t, kind, l.ID); err != nil {
			return err
		}
	}
	return nil
}

// askSecond asks for the second pair of eyes: another coordinator who sees it, and the project leaders, who see that it is asked.
func askSecond(t *db.Tx, l row) error {
	due := t.Today().AddWorkdays(5)
	to, err := caring(t, l, t.Actor().Account())
	if err != nil {
		return err
	}
	for _, account := range to {
		if err := tell(t, l.task(secondEyes[l.Root], account, due), "erasing_asked"); err != nil {
			return err
		}
	}
	return tellOffice(t, l.Subject, secondOffice, due)
}

// seconded closes what was asked of the second pair of eyes.
func seconded(t *db.Tx, s Subject) error {
	for _, kind := range []string{secondEyes[s.Root], secondOffice} {
		if err := task.DoneAbout(t, kind, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// farewell tells a volunteer at the address we are about to forget.
func farewell(t *db.Tx, l row) error {
	if l.email == "" {
		return nil
	}
	return job.Queue(t, job.Mail{Key: "erased:" + l.ID.String(), Address: l.email, Template: "volunteer_erased"})
}

// caring lists who looks after it: its coordinator, or else those of the place; never who is left out, and nobody whose access ended.
func caring(t *db.Tx, l row, without core.AccountID) ([]core.AccountID, error) {
	all, err := db.All(t, qCaring, db.Args{"coordinator": l.coordinator.Int64(), "place": l.place.Int64(), "facility": l.facility.Int64()}, func(c *carer) []any {
		return []any{&c.id, &c.own}
	})
	var own, others []core.AccountID
	for _, c := range all {
		switch {
		case c.id == without:
		case c.own:
			own = append(own, c.id)
		default:
			others = append(others, c.id)
		}
	}
	if len(own) > 0 && without.IsZero() {
		return own, err
	}
	return append(own, others...), err
}

type carer struct {
	id  core.AccountID
	own bool
}

var (
	qCaring = db.Q("retention.caring", authz.Door, `SELECT DISTINCT a.id, a.id = :coordinator FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE a.ended_at IS NULL AND (a.id = :coordinator
			OR r.role = 'outside_coordinator' AND a.id IN (SELECT am.account_id FROM account_municipality am WHERE am.municipality_id = :place)
			OR r.role = 'inside_coordinator' AND a.id IN (SELECT af.account_id FROM account_facility af WHERE af.facility_id = :facility)) ORDER BY a.id`,
		db.Probe{"coordinator": int64(db.Ours("account")), "place": int64(db.Ours("municipality")), "facility": int64(db.Ours("facility"))})
	qLeaders = db.Q("retention.leaders", authz.Door, `SELECT a.id FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role = 'project_leader' AND a.ended_at IS NULL ORDER BY a.id`, db.Probe{})
)
