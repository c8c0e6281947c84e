package demo

import (
	"context"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/matching/seek"
	"maatje/internal/trajectory"
)

// seeking are families that wait for somebody, and what each seeks: two who need the one volunteer that speaks their language, one
// that asks for two, one that nobody can take on, one for whom two certificates end too early, one held up by restrictions.
var seeking = []struct {
	family  int
	kind    string
	complex bool
	want    seek.Want
}{
	{50, "family_buddy", false, seek.Want{Languages: []string{"ti"}, Needed: true, Days: []string{"wed", "sat"}, Postcode: "8232", Volunteers: 1}},
	{52, "family_buddy", false, seek.Want{Languages: []string{"ti"}, Needed: true, Days: []string{"wed"}, Postcode: "1315", Volunteers: 1}},
	{54, "transport", false, seek.Want{Days: []string{"sat"}, Postcode: "8242", Volunteers: 2}},
	{56, "family_buddy", true, seek.Want{Days: []string{"mon", "tue"}, Postcode: "1338", Volunteers: 1}},
	{58, "visiting_buddy", false, seek.Want{Volunteers: 1}},
	{60, "family_buddy", false, seek.Want{Languages: []string{"ar"}, Days: []string{"mon", "fri"}, Postcode: "1316", Volunteers: 1}},
	{restrictedFamily, "accompanied_visits", false, seek.Want{Postcode: "8223", Volunteers: 1}},
}

const restrictedFamily = 62

var xWishes = dress("wishes", `UPDATE volunteer SET speaks = :speaks, days = :days, postcode = :postcode, travel_minutes = :travel, youngest = :youngest, oldest = :oldest,
	complex_wanted = :complex, complex_confirmed = :confirmed, capacity = :capacity WHERE import_key = :key`, db.Probe{
	"key": "probe", "speaks": "", "days": "", "postcode": "", "travel": 0, "youngest": 0, "oldest": 0, "complex": false, "confirmed": false, "capacity": 1,
})

var xSince = dress("waits_since", `UPDATE trajectory SET waiting_since = :on WHERE id = :id`, db.Probe{"id": db.Theirs("trajectory"), "on": "2026-01-01"})

var xInside = dress("visits_inside", `INSERT INTO volunteer_kind (volunteer_id, kind) SELECT v.id, 'visiting_buddy' FROM volunteer v WHERE v.import_key = :key`,
	db.Probe{"key": "probe"})

var xLearnt = dress("learnt", `INSERT INTO volunteer_course (volunteer_id, course, completed_on) SELECT v.id, 'visiting_buddy', '2024-05-11' FROM volunteer v WHERE v.import_key = :key`,
	db.Probe{"key": "probe"})

// ends are volunteers who visit inside, and whose certificates end before a year is over.
var ends = []int{8, 12}

// wishes gives everybody the wishes that a match looks at.
func (p *places) wishes() error {
	for i := range volunteers {
		if err := db.Do(p.t, xWishes, wishesOf(i)); err != nil {
			return err
		}
	}
	for _, i := range ends {
		if err := db.Do(p.t, xInside, db.Args{"key": volunteerKey(i)}); err != nil {
			return err
		}
		if err := db.Do(p.t, xLearnt, db.Args{"key": volunteerKey(i)}); err != nil {
			return err
		}
	}
	return nil
}

func wishesOf(i int) db.Args {
	codes := map[string][]string{
		"Almere": {"1315", "1338", "1354"}, "Lelystad": {"8232", "8223", "8242"}, "Utrecht": {"3511", "3526", "3582"}, "Zeist": {"3701", "3703", "3708"},
	}
	home := pick(towns, i)
	if i < len(cast) && cast[i].home != "" {
		home = cast[i].home
	}
	out := db.Args{
		"key": volunteerKey(i), "speaks": pick([]string{"", "en", "ar", "", "tr", "en,pl", ""}, i), "days": pick([]string{"mon,wed,fri", "tue,sat", "wed,thu", "mon,tue", "sat,sun"}, i/2),
		"postcode": pick(codes[home], i/4), "travel": pick([]int{0, 20, 30, 45}, i/3), "youngest": pick([]int{0, 4, 0, 8}, i/2), "oldest": pick([]int{0, 12, 10, 17}, i/2),
		"complex": i%8 == 4 || i%10 == 9, "confirmed": i%10 == 9, "capacity": 3,
	}
	switch i {
	case 10: // the only one around who speaks it, for one family
		out["speaks"], out["capacity"], out["days"] = "ti", 1, "wed,sat"
	case 16: // has a family, and room for no other
		out["capacity"] = 1
	case 20: // speaks it too, but the certificate ends within days
		out["speaks"] = "ti"
	}
	return out
}

// board is what waits on the board of all families.
func (c scene) board(ctx context.Context) error {
	for _, s := range seeking {
		id, err := c.starting(ctx, s.family, trajectory.Start{Kind: s.kind, Complex: s.complex})
		if err != nil {
			return err
		}
		if err := c.since(ctx, id, 2+s.family%7*2); err != nil {
			return err
		}
		s.want.Trajectory = id
		if err := c.Seek.Keep(ctx, c.whose(s.family), s.want); err != nil {
			return err
		}
	}
	return c.holdUp(ctx)
}

// since says for how many weeks a family waits already.
func (c scene) since(ctx context.Context, id core.TrajectoryID, weeks int) error {
	return c.db.Write(ctx, system, func(t *db.Tx) error {
		return db.Do(t, xSince, db.Args{"id": id, "on": t.Today().AddDays(-7 * weeks)})
	})
}

// holdUp lets restrictions run where somebody is sought for visits to the parent (INT-6).
func (c scene) holdUp(ctx context.Context) error {
	f, err := c.file(ctx, restrictedFamily)
	if err != nil {
		return err
	}
	today := c.day(0).Date()
	r := dossier.Restriction{Detention: f.Detentions[0].ID, Parent: f.Detentions[0].Parent, From: today.AddDays(-20), ExpectedUntil: today.AddDays(25)}
	return c.db.Write(ctx, system, func(t *db.Tx) error {
		_, err := dossier.RecordRestriction(t, f.ID, r)
		return err
	})
}
