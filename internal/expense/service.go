package expense

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/setting"
	"maatje/internal/volunteer/support"
)

// Service keeps hours, kilometres and expenses.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

const (
	listed = 2000 // more than any coordinator has in an area
	noted  = 2000 // lines of one volunteer in a year
	shown  = 12   // months back
)

// File is what one volunteer did and paid, the last month first.
type File struct {
	Who    support.Volunteer
	Months []Sheet
}

// Own reads the file of the volunteer who asks.
func (s *Service) Own(ctx context.Context, a authz.Actor) (File, error) {
	return s.Of(ctx, a, a.Volunteer())
}

// Of reads the file of a volunteer.
func (s *Service) Of(ctx context.Context, a authz.Actor, id core.VolunteerID) (f File, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		f, err = file(t, id)
		return err
	})
	return f, err
}

// file puts the months together: those that were checked as they were kept, the others as they stand now.
func file(t *db.Tx, id core.VolunteerID) (f File, err error) {
	if f.Who, err = support.Who(t, id); err != nil {
		return f, err
	}
	since := MonthOf(t.Today().AddMonths(-shown))
	kept, err := readSheets(t, qSheets, db.Args{"id": id})
	if err != nil {
		return f, err
	}
	entries, err := readEntries(t, qEntries, db.Args{"id": id, "since": since.String(), "limit": noted})
	if err != nil {
		return f, err
	}
	visits, err := readVisits(t, id, since)
	if err != nil {
		return f, err
	}
	settled, err := readSettled(t, id)
	if err != nil {
		return f, err
	}
	v, err := setting.Load(t)
	book := book{f.Who, kept, entries[id], visits, settled, int(v.KmTenths)}
	f.Months = book.months(since, MonthOf(t.Today()))
	return f, err
}

// book is all that is known of one volunteer.
type book struct {
	who             support.Volunteer
	kept            []Sheet
	entries         []Entry
	visits, settled []Ride
	tenths          int
}

func (b book) closed() (out []Month) {
	for _, k := range b.kept {
		out = append(out, k.Month)
	}
	return out
}

// months are those with something in them, the last one first, and always the present one.
func (b book) months(since, now Month) (out []Sheet) {
	closed := b.closed()
	late := CountsIn(lastOf(closed).First(), closed) // reports that came late count in the first month after all that were checked
	for m := since; !m.After(now); m = m.Next() {
		var with []Month
		if m == late {
			with = closed
		}
		sheet := b.month(m, with)
		if m == now || sheet.State != Noted || len(sheet.Entries) > 0 || len(sheet.Rides) > 0 {
			out = append(out, sheet)
		}
	}
	slices.Reverse(out)
	return out
}

// lastOf is the last of the months; none is a month in which nobody noted anything.
func lastOf(all []Month) (last Month) {
	last = MonthOf(core.MustDate("2000-01-01"))
	for _, m := range all {
		if m.After(last) {
			last = m
		}
	}
	return last
}

func (b book) month(m Month, late []Month) Sheet {
	s := Sheet{Volunteer: b.who.ID, Name: b.who.Name, Month: m, State: Noted, KmTenths: b.tenths}
	if i := slices.IndexFunc(b.kept, func(k Sheet) bool { return k.Month == m }); i >= 0 {
		s = b.kept[i]
	}
	for _, e := range b.entries {
		if e.Month == m {
			s.Entries = append(s.Entries, e)
		}
	}
	if s.State != Noted {
		return s
	}
	s.Rides = Rides(m, b.visits, b.settled, late)
	return Total(s)
}

// OfMonth reads the month of every volunteer in the actor's area who has something in it.
func (s *Service) OfMonth(ctx context.Context, a authz.Actor, m Month) (out []Sheet, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = ofMonth(t, m)
		return err
	})
	return out, err
}

func ofMonth(t *db.Tx, m Month) (out []Sheet, err error) {
	entries, err := readEntries(t, qEntriesOf, db.Args{"month": m.String()})
	if err != nil {
		return nil, err
	}
	kept, err := readSheets(t, qSheetsOf, db.Args{"month": m.String()})
	if err != nil {
		return nil, err
	}
	drove, err := db.All(t, qDrove, db.Args{"from": midnight(m), "to": midnight(m.Next())}, func(id *core.VolunteerID) []any { return []any{id} })
	if err != nil {
		return nil, err
	}
	names, err := db.All(t, qNames, db.Args{"limit": listed}, func(v *support.Volunteer) []any { return []any{&v.ID, &v.Name} })
	for _, v := range names {
		closed := slices.IndexFunc(kept, func(k Sheet) bool { return k.Volunteer == v.ID })
		if err != nil || closed < 0 && len(entries[v.ID]) == 0 && !slices.Contains(drove, v.ID) {
			continue
		}
		var one Sheet
		if closed >= 0 {
			one = kept[closed]
			one.Entries = entries[v.ID]
		} else if one, err = monthOf(t, v.ID, m); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, err
}

// monthOf reads one month of one volunteer.
func monthOf(t *db.Tx, id core.VolunteerID, m Month) (Sheet, error) {
	f, err := file(t, id)
	for _, s := range f.Months {
		if s.Month == m {
			return s, err
		}
	}
	if err == nil {
		err = core.NotFound()
	}
	return Sheet{}, err
}

// Note writes down what a volunteer did or paid: she herself, or a coordinator for her. The same form sent twice is one line.
func (s *Service) Note(ctx context.Context, a authz.Actor, id core.VolunteerID, e Entry, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		_, sent, err := db.Maybe(t, qSent, db.Args{"id": id, "token": token}, func(id *core.ID) []any { return []any{id} })
		if err != nil || sent {
			return err
		}
		if err := Check(e, t.Today()); err != nil {
			return err
		}
		kept, err := readSheets(t, qSheets, db.Args{"id": id})
		if err != nil {
			return err
		}
		e.ID, e.Month = db.NewID[core.ID](t), CountsIn(e.On, book{kept: kept}.closed())
		return db.Do(t, xNote, db.Args{"entry": e.ID, "id": id, "month": e.Month.String(), "on": e.On, "kind": e.Kind, "what": e.What, "minutes": e.Minutes, "km": e.Km,
			"cents": e.Cents, "token": cmp.Or(token, e.ID.String())})
	})
}

// Withdraw takes a line back, as long as nobody looked at it.
func (s *Service) Withdraw(ctx context.Context, a authz.Actor, id core.VolunteerID, entry core.ID) error {
	return s.once(ctx, a, xWithdraw, db.Args{"id": id, "entry": entry})
}

// SawReceipt notes who saw the receipt of a line; the receipt itself stays with the programme.
func (s *Service) SawReceipt(ctx context.Context, a authz.Actor, id core.VolunteerID, entry core.ID) error {
	return s.once(ctx, a, xReceipt, db.Args{"id": id, "entry": entry})
}

// Decline says that a line is not paid, and why; the volunteer reads it.
func (s *Service) Decline(ctx context.Context, a authz.Actor, id core.VolunteerID, entry core.ID, why string) error {
	if strings.TrimSpace(why) == "" {
		return core.Join(core.Invalid("why", "expense_why_missing"))
	}
	return s.once(ctx, a, xDecline, db.Args{"id": id, "entry": entry, "why": why})
}

// once changes a line that nobody else changed meanwhile, in a month that is not checked.
func (s *Service) once(ctx context.Context, a authz.Actor, q *db.Query, args db.Args) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := db.One(t, qEntry, db.Args{"id": args["id"], "entry": args["entry"]}, (*owned).columns); err != nil {
			return err
		}
		n, err := db.Exec(t, q, args)
		if err == nil && n == 0 {
			err = core.Conflict("expense_changed")
		}
		return err
	})
}

// Check closes a month of a volunteer as it stands (VOL-8). Seen is the amount that the screen showed.
func (s *Service) Check(ctx context.Context, a authz.Actor, id core.VolunteerID, m Month, seen int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		sheet, err := monthOf(t, id, m)
		if err == nil {
			err = MayCheck(sheet, a.Volunteer() == id, seen, t.Today())
		}
		if err != nil {
			return err
		}
		err = db.Do(t, xCheck, db.Args{"id": id, "month": m.String(), "minutes": sheet.Minutes, "km": sheet.Km, "tenths": sheet.KmTenths,
			"km_cents": sheet.KmCents, "own": sheet.OwnCents})
		if db.IsDuplicate(err) {
			err = core.Conflict("expense_checked_already")
		}
		for _, r := range sheet.Rides {
			if err == nil {
				err = db.Do(t, xRide, db.Args{"id": id, "month": m.String(), "of": r.Of.String(), "minutes": r.Minutes, "km": r.Km})
			}
		}
		return err
	})
}

// Pay says that all that was checked of a month is paid (VOL-8). Seen is the amount that the screen showed.
func (s *Service) Pay(ctx context.Context, a authz.Actor, m Month, seen int) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		list, err := readSheets(t, qSheetsOf, db.Args{"month": m.String()})
		if err == nil {
			err = MayPay(list, seen)
		}
		if err != nil {
			return err
		}
		return db.Do(t, xPay, db.Args{"month": m.String()})
	})
}

// List is what the treasurer gets of a month: what was checked, or paid already. Names and amounts, never a family.
func (s *Service) List(ctx context.Context, a authz.Actor, m Month) (out []Sheet, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		out, err = readSheets(t, qSheetsOf, db.Args{"month": m.String()})
		return err
	})
	return out, err
}
