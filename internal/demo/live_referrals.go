package demo

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/referral"
)

var (
	xCameIn = dress("came_in", `UPDATE referral SET received_at = :at, answer_before = :before WHERE id = :referral`,
		db.Probe{"at": "2026-01-01T00:00:00.000Z", "before": "2026-01-08T00:00:00.000Z", "referral": db.Theirs("referral")})
	xDueThen = dress("due_then", `UPDATE task SET due_at = :before WHERE referral_id = :referral AND kind = 'answer_referral'`,
		db.Probe{"before": "2026-01-08T00:00:00.000Z", "referral": db.Theirs("referral")})
)

// request is a referral that waits for an answer.
type request struct {
	referral.Referral
	by   string // who of the cast sent it; somebody outside otherwise
	days int    // ago
}

// referrals are five families that were asked for, and one whom somebody asked for before.
func (c scene) referrals(ctx context.Context) error {
	again, err := c.again(ctx)
	if err != nil {
		return err
	}
	for _, r := range append(c.requests(), again) {
		a := authz.Visitor(authz.Origin{Route: "demo"})
		if r.by != "" {
			a = c.as(r.by)
		}
		got, err := c.Referrals.Receive(ctx, a, r.Referral, "")
		if err != nil {
			return err
		}
		if err := c.earlier(ctx, got.ID, r.days); err != nil {
			return err
		}
	}
	return nil
}

// earlier lets a referral have come in so many days ago, with an answer due five working days later (REF-4).
func (c scene) earlier(ctx context.Context, id core.ID, days int) error {
	if days == 0 {
		return nil
	}
	at := c.day(-days)
	due := at.Date().AddWorkdays(5)
	before := core.At(time.Date(due.Year(), due.Month(), due.Day(), 23, 59, 59, 0, core.Amsterdam))
	return c.db.Write(ctx, system, func(t *db.Tx) error {
		if err := db.Do(t, xCameIn, db.Args{"at": at, "before": before, "referral": id}); err != nil {
			return err
		}
		return db.Do(t, xDueThen, db.Args{"before": before, "referral": id})
	})
}

// aged is a birthday of somebody of that age.
func (c scene) aged(years, days int) core.Date {
	return c.db.Now().Date().AddMonths(-12 * years).AddDays(-days)
}

func (c scene) requests() []request {
	return []request{
		{days: 1, Referral: referral.Referral{Channel: "school", Referrer: "Carla Timmer", Organisation: "Basisschool De Regenboog", Phone: "0320 555 014",
			MunicipalityName: "Lelystad", FacilityName: "PI Duinzicht", Parent: referral.Person{Name: "Denise Kuiper", Sex: "f"},
			Caregiver: "Gerda Kuiper", CaregiverRelation: "oma", CaregiverPhone: "0320 555 188",
			Children: []referral.Person{{Name: "Stijn Kuiper", Birth: c.aged(11, 120), Sex: "m"}},
			Words: "Stijn is 11. Zijn moeder is twee weken geleden aangehouden, hij was erbij. Sindsdien is hij stil in de klas en blijft hij na schooltijd hangen. " +
				"Oma zorgt voor hem en vraagt zelf om iemand die met hem op pad gaat."}},
		{days: 2, Referral: referral.Referral{Channel: "kindcheck", Referrer: "Peter Haan", Organisation: "Politie, basisteam", Email: "kindcheck@voorbeeld.invalid",
			MunicipalityName: "Almere", Parent: referral.Person{Name: "Robin Steen", Birth: c.aged(34, 40), Sex: "m"},
			Children: []referral.Person{{Name: "Lieke Steen", Birth: c.aged(4, 15), Sex: "f"}, {Name: "Joep Steen", Birth: c.aged(7, 200), Sex: "m"}},
			Words:    "Bij de aanhouding waren twee kinderen thuis. Een tante heeft ze opgehaald. Graag vragen hoe het nu met ze gaat."}},
		{by: "Bert Kuipers", days: 3, Referral: referral.Referral{Channel: "inside_coordinator", MunicipalityName: "Almere", FacilityName: "PI Waterkant",
			Parent: referral.Person{Name: "Shirley Pinas", Birth: c.aged(29, 77), Sex: "f"}, Caregiver: "Muriël Pinas", CaregiverRelation: "tante",
			Children: []referral.Person{{Name: "Jahlano Pinas", Birth: c.aged(6, 60), Sex: "m"}},
			Words:    "Ze kwam er zelf mee na de ouder-kinddag. Haar zoontje vraagt elke keer wanneer ze naar huis komt. Ze weet niet wat ze moet zeggen."}},
		{days: 9, Referral: referral.Referral{Channel: "neighbourhood_team", Referrer: "Anouk Brink", Organisation: "Wijkteam Haven", Phone: "036 555 0123",
			MunicipalityName: "Almere", FacilityName: "PI Waterkant", Parent: referral.Person{Name: "Mehmet Aksoy", Sex: "m"}, Caregiver: "Elif Aksoy", CaregiverRelation: "moeder",
			Children: []referral.Person{{Name: "Deniz Aksoy", Birth: c.aged(13, 33), Sex: "m"}, {Name: "Selin Aksoy", Birth: c.aged(9, 5), Sex: "f"}},
			Words:    "Moeder werkt veel en staat er alleen voor. Deniz is boos en wil zijn vader niet zien. Zij vraagt of iemand eens met hem kan praten."}},
		{days: 4, Referral: referral.Referral{Channel: "foster_care", Referrer: "Hilde Buis", Organisation: "Pleegzorg Polder", Phone: "0321 555 020",
			MunicipalityName: "Dronten", Parent: referral.Person{Name: "Mandy Kok", Sex: "f"}, Caregiver: "Ans de Wolf", CaregiverRelation: "pleegmoeder",
			Children: []referral.Person{{Name: "Robin Kok", Birth: c.aged(10, 44), Sex: "x"}},
			Words:    "Robin woont sinds de zomer in een pleeggezin en wil graag mee op bezoek bij mama. Hebben jullie in onze gemeente al iemand?"}},
		{days: 1, Referral: referral.Referral{Channel: "caregiver", Referrer: "Willie Roos", Phone: "030 555 0177", MunicipalityName: "Utrecht",
			Parent: referral.Person{Name: "Kelly Roos", Sex: "f"}, Caregiver: "Willie Roos", CaregiverRelation: "opa",
			Children: []referral.Person{{Name: "Fenna Roos", Birth: c.aged(8, 90), Sex: "f"}},
			Words:    "Mijn dochter zit vast en mijn kleindochter woont nu bij mij. Ze slaapt slecht. Ik ben 71 en kan wel wat hulp gebruiken."}},
	}
}

// again asks once more for a family that the coordinator knows already.
func (c scene) again(ctx context.Context) (request, error) {
	const family = 8
	f, err := c.file(ctx, family)
	r := referral.Referral{Channel: "cjg", Referrer: "Ilse Maas", Organisation: "Centrum voor Jeugd en Gezin", Email: "cjg@voorbeeld.invalid", MunicipalityName: town(family),
		Words: "Dit gezin is bij ons in beeld. De kinderen wonen bij familie zolang hun ouder vastzit. Kunnen jullie iets betekenen?"}
	for _, p := range f.People {
		switch {
		case p.IsChild:
			r.Children = append(r.Children, referral.Person{Name: p.Name, Birth: p.Birth, Sex: p.Sex})
		case p.IsParent:
			r.Parent = referral.Person{Name: p.Name, Sex: p.Sex}
		}
	}
	return request{Referral: r}, err
}
