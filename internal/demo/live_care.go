package demo

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/care"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/expense"
)

// What happened before today: everybody was spoken to but one, a book should have been back, and one is there for almost five years.
var (
	xSpoken = dress("spoken_to", `INSERT INTO volunteer_contact (id, volunteer_id, held_on, how, words, account_id, noted_at)
		SELECT v.id, v.id, :on, 'phone', 'Even bijgepraat. Het gaat goed.', 0, :now FROM volunteer v WHERE v.status IN ('active', 'resting')`, db.Probe{"on": "2026-11-01"})
	xUnspoken = dress("spoken_long_ago", `UPDATE volunteer_contact SET held_on = :on WHERE volunteer_id = :person`, db.Probe{"on": "2026-01-01", "person": db.Theirs("volunteer")})
	xBack     = dress("should_be_back", `UPDATE material_loan SET lent_on = :lent, due_on = :due WHERE volunteer_id = :person AND state = 'lent'`,
		db.Probe{"lent": "2026-01-01", "due": "2026-02-01", "person": db.Theirs("volunteer")})
	xBegan = dress("began", `UPDATE volunteer_status SET at = :at WHERE volunteer_id = :person AND status = 'active'`,
		db.Probe{"at": "2026-01-01T00:00:00.000Z", "person": db.Theirs("volunteer")})
	xBecame = dress("became_active", `INSERT INTO volunteer_status (id, volunteer_id, status, at, account_id, why) VALUES (:id, :person, 'active', :at, 0, '')`,
		db.Probe{"id": db.Ours("volunteer_status_made"), "person": db.Theirs("volunteer"), "at": "2026-01-01T00:00:00.000Z"})
	qTitle = db.CrossQ("demo.title", authz.Works, whyDress, `SELECT m.id FROM material m WHERE m.name = :name`, db.Probe{"name": ""})
)

// person is somebody of the cast with a volunteer file.
func (c scene) person(name string) core.VolunteerID {
	for _, p := range c.people {
		if p.Name == name {
			return p.Volunteer
		}
	}
	panic("nobody in the cast is " + name)
}

// cared shows how volunteers are looked after: materials asked for, lent, given and late; whom nobody spoke to; five years; a month that
// is paid, one that is checked and one that is only noted.
func (c scene) cared(ctx context.Context) error {
	for _, step := range []func(context.Context) error{c.spoken, c.borrowed, c.spent} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return c.Care.Look(ctx, system)
}

func (c scene) spoken(ctx context.Context) error {
	today, wil, tineke := c.db.Now().Date(), c.person("Wil Verhoef"), c.person("Tineke Bos")
	began := today.AddDays(8).AddMonths(-60)
	at := core.At(began.Time())
	err := c.db.Write(ctx, system, func(t *db.Tx) error {
		for _, x := range []struct {
			q    *db.Query
			args db.Args
		}{
			{xSpoken, db.Args{"on": today.AddDays(-3)}}, {xUnspoken, db.Args{"on": today.AddDays(-40), "person": wil}},
			{xBecame, db.Args{"id": db.NewID[core.ID](t), "person": tineke, "at": at}}, {xBegan, db.Args{"person": tineke, "at": at}},
		} {
			if err := db.Do(t, x.q, x.args); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.Care.Note(ctx, c.as("Marleen Hoekstra"), tineke, care.Contact{On: today.AddDays(-1), How: "visit",
		Words: "Samen thee gedronken. Ze vindt het afscheid straks lastig; we hebben bedacht hoe ze het kan vertellen."}, "")
}

func (c scene) title(ctx context.Context, name string) (id core.ID, err error) {
	err = c.db.Read(ctx, system, func(t *db.Tx) error {
		id, err = db.One(t, qTitle, db.Args{"name": name}, func(id *core.ID) []any { return []any{id} })
		return err
	})
	return id, err
}

func (c scene) borrowed(ctx context.Context) error {
	today, marleen := c.db.Now().Date(), c.as("Marleen Hoekstra")
	book, err := c.title(ctx, "Prentenboek over een ouder in detentie")
	if err != nil {
		return err
	}
	game, err := c.title(ctx, "Spel met vragen over gevoelens")
	if err != nil {
		return err
	}
	diary, err := c.title(ctx, "Dagboek om zelf te vullen")
	if err != nil {
		return err
	}
	wil, tineke := c.person("Wil Verhoef"), c.person("Tineke Bos")
	if err := c.Materials.Lend(ctx, marleen, wil, book, today.AddDays(14), ""); err != nil {
		return err
	}
	err = c.db.Write(ctx, system, func(t *db.Tx) error {
		return db.Do(t, xBack, db.Args{"lent": today.AddDays(-40), "due": today.AddDays(-12), "person": wil})
	})
	if err != nil {
		return err
	}
	if err := c.Materials.Lend(ctx, marleen, tineke, game, today.AddDays(9), ""); err != nil {
		return err
	}
	if err := c.Materials.Lend(ctx, marleen, wil, diary, core.Date{}, ""); err != nil {
		return err
	}
	theirs, err := c.theirs(ctx, Person{Volunteer: tineke})
	if err != nil {
		return err
	}
	return c.Materials.Ask(ctx, c.as("Tineke Bos"), book, theirs[0], "")
}

func (c scene) spent(ctx context.Context) error {
	this := expense.MonthOf(c.db.Now().Date())
	last := this.Before()
	tineke, marleen := c.as("Tineke Bos"), c.as("Marleen Hoekstra")
	id := c.person("Tineke Bos")
	for _, e := range []expense.Entry{
		{On: last.Before().First().AddDays(4), Kind: "other", What: "verf en papier", Cents: 1895},
		{On: last.First().AddDays(10), Kind: "training", What: "training over afscheid", Minutes: 180, Km: 36},
		{On: last.First().AddDays(12), Kind: "other", What: "entree zwembad", Cents: 1250},
		{On: this.First(), Kind: "meeting", What: "terugkomdag", Minutes: 120, Km: 22},
	} {
		if err := c.Expenses.Note(ctx, tineke, id, e, ""); err != nil {
			return err
		}
	}
	if err := c.Expenses.Note(ctx, c.as("Wil Verhoef"), c.person("Wil Verhoef"), expense.Entry{On: last.First().AddDays(2), Kind: "travel", Km: 48}, ""); err != nil {
		return err
	}
	for _, m := range []expense.Month{last.Before(), last} {
		f, err := c.Expenses.Of(ctx, marleen, id)
		if err != nil {
			return err
		}
		for _, s := range f.Months {
			if s.Month != m {
				continue
			}
			if err := c.Expenses.Check(ctx, marleen, id, m, s.Cents()); err != nil {
				return err
			}
			if m == last {
				continue
			}
			if err := c.Expenses.Pay(ctx, c.as("Ingrid Meijer"), m, s.Cents()); err != nil {
				return err
			}
		}
	}
	return nil
}
