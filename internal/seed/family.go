package seed

import (
	"fmt"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// family is one dossier on its way into the database.
type family struct {
	p  *Programme
	t  *db.Tx
	i  int
	id core.DossierID

	coordinator, inside core.AccountID
	area, place         core.ID
	volunteer           int
	runs                bool
	start, end          core.Date // of the trajectory
	name                string

	children          [2]core.PersonID
	parent, caregiver core.PersonID
	intake            core.ID
	trajectory        core.TrajectoryID
}

const (
	history = 3 * 365 // days over which the families came
	lasts   = 150     // days of a trajectory
	between = lasts / visitsPerDossier
)

func (p *Programme) family(t *db.Tx, i int) *family {
	area, at := i%len(p.areas), i%len(p.facilities)
	f := &family{p: p, t: t, i: i, id: p.Dossiers[i], coordinator: p.Coordinators[area], inside: p.Insiders[at], area: p.areas[area],
		place: p.facilities[at], name: surname(i/len(p.areas)*7919 + 13), trajectory: db.NewID[core.TrajectoryID](t)}
	f.volunteer, f.runs = p.volunteerOf(i)
	f.start = t.Today().AddDays(-history + i*(history-lasts-30)/p.size)
	if f.end = f.start.AddDays(lasts); f.runs {
		f.start, f.end = t.Today().AddDays(-lasts-i%7), t.Today().AddDays(60+i%90)
	}
	return f
}

// round counts the families of one area: the same names come back in each area, so that a search finds as many in any.
func (f *family) round() int { return f.i / len(f.p.areas) }

func (f *family) newID() core.ID { return db.NewID[core.ID](f.t) }

// noon is the moment at which something of a day is kept; each family has its own minute.
func (f *family) noon(d core.Date) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 12, f.i%60, f.i/60%60, 0, core.Amsterdam))
}

// ended is the day on which it ended, if it did.
func (f *family) ended(d core.Date) core.Date {
	if f.runs {
		return core.Date{}
	}
	return d
}

func (f *family) seal(table, column string, row core.ID, words string) []byte {
	sealed, err := f.t.Seal(vault.Place{Table: table, Column: column, Row: row.Int64(), Owner: f.id.Int64()}, words)
	if err != nil {
		panic(err) // its key was made a moment ago, in this process
	}
	return sealed
}

func (f *family) write() error {
	return inOrder(f.cover, f.persons, f.home, f.stay, f.asked, f.began, f.decided, f.supported, f.visits, f.worried, f.tasks, f.log)
}

func (f *family) cover() error {
	state := "closed"
	if f.runs {
		state = "running"
	}
	name := "Familie " + f.name
	return dossier.put(f.t, f.id, name, db.Fold(name), f.area, f.coordinator, f.inside, state, f.start, f.noon(f.start.AddDays(-30)), f.ended(f.end))
}

func (f *family) persons() (err error) {
	born := f.start.AddDays(-4000 + f.i*37%2500)
	if f.children[0], err = f.person(given(f.round()), born, "f", true, false, false, ""); err != nil {
		return err
	}
	if f.children[1], err = f.person(given(f.round()*3+7), born.AddDays(700), "m", true, false, false, ""); err != nil {
		return err
	}
	if f.parent, err = f.person(given(f.round()*5+3), born.AddDays(-9000), "f", false, true, false, ""); err != nil {
		return err
	}
	f.caregiver, err = f.person(given(f.round()*11+1), born.AddDays(-19000), "f", false, false, true, "oma")
	for _, child := range f.children {
		if err == nil {
			err = parentage.put(f.t, f.id, f.parent, child)
		}
	}
	return err
}

func (f *family) person(given string, born core.Date, sex string, isChild, isParent, isCaregiver bool, relation string) (core.PersonID, error) {
	id, name := db.NewID[core.PersonID](f.t), given+" "+f.name
	if err := person.put(f.t, id, f.id, name, db.Fold(name), born, sex, isChild, isParent, isCaregiver, relation); err != nil {
		return id, err
	}
	for _, word := range db.Words(name) {
		if err := nameWord.put(f.t, word, id, f.id); err != nil {
			return id, err
		}
	}
	return id, nil
}

// home is where the children live, who decides about them and what they know.
func (f *family) home() error {
	house := f.newID()
	if err := household.put(f.t, house, f.id, "Bij oma", "home", "Gemeente "+surname(f.i%len(f.p.areas))); err != nil {
		return err
	}
	for _, who := range []core.PersonID{f.children[0], f.children[1], f.caregiver} {
		if err := householdMember.put(f.t, f.newID(), f.id, house, who, f.start.AddDays(-40)); err != nil {
			return err
		}
	}
	for _, child := range f.children {
		if err := authority.put(f.t, f.newID(), f.id, child, f.parent, f.start.AddDays(-4000)); err != nil {
			return err
		}
		row := f.newID()
		err := knowledge.put(f.t, row, f.id, child, "story", f.seal("knowledge", "story", row, "Mama werkt een tijd ver weg."), "oma", f.start.AddDays(-30),
			f.noon(f.start.AddDays(-20)), f.coordinator)
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *family) stay() error {
	row := f.newID()
	if err := detention.put(f.t, row, f.id, f.parent, f.start.AddDays(-40), f.end.AddDays(30), f.ended(f.end)); err != nil {
		return err
	}
	return placement.put(f.t, f.newID(), f.id, row, f.place, fmt.Sprintf("%c", 'A'+f.i%6), f.start.AddDays(-40), f.ended(f.end), f.start)
}

var channels = strings.Fields("parent caregiver inside_coordinator parent_child_officer case_manager social_worker cjg school kindcheck municipality")

// asked is how the family came, and that the parent agreed in writing.
func (f *family) asked() error {
	row, agreed := f.newID(), f.newID()
	at := f.noon(f.start.AddDays(-35))
	parent := given(f.round()*5+3) + " " + f.name
	f.intake = f.newID()
	return inOrder(
		func() error {
			return referral.put(f.t, row, row.String(), at, channels[f.i%len(channels)], f.area, f.place, parent, db.Fold(parent), "accepted", f.coordinator, f.id, at)
		},
		func() error {
			return intake.put(f.t, f.intake, f.id, row, f.coordinator, f.start.AddDays(-30), f.start.AddDays(-10), f.coordinator, "start")
		},
		func() error {
			return consent.put(f.t, agreed, f.id, f.parent, "authority", "support", f.start.AddDays(-15), core.Date{}, "paper", at, f.coordinator)
		},
		func() error { return consentAbout.put(f.t, agreed, f.id, f.children[0]) },
		func() error { return consentAbout.put(f.t, agreed, f.id, f.children[1]) },
	)
}

const (
	talked  = "Zij maakt zich zorgen over de kinderen en over hoe het op school gaat. Oma doet veel, maar is moe. Zij wil graag weten wat zij kan vertellen, en wanneer."
	held    = "Wij zijn naar de speeltuin geweest en hebben daarna thuis getekend. Hij vertelde over school en over het bezoek van vorige week. Oma kon even zitten. Het was druk, maar gezellig; bij het weggaan vroeg hij wanneer ik weer kom."
	agreedW = "Volgende keer gaan wij naar de bibliotheek. Oma belt de school over het gesprek."
	sawW    = "Hij was stil en wilde niet naar buiten. Oma zei dat hij slecht slaapt."
)

// began are the talks, and for every other family an earlier intake that came to nothing.
func (f *family) began() error {
	for k, group := range []string{"parent", "caregiver"} {
		row := f.newID()
		err := intakeTalk.put(f.t, row, f.id, f.intake, f.start.AddDays(-25+5*k), group, 60, f.seal("intake_talk", "said", row, talked), f.coordinator)
		if err != nil {
			return err
		}
	}
	return nil
}

var reasons = strings.Fields("children_not_in_picture no_support_question adequate_help_present other_help_needed contact_difficult detention_too_short")

// decided is an earlier intake, of every other family, that came to nothing.
func (f *family) decided() error {
	if f.i%2 == 0 {
		return nil
	}
	row := f.newID()
	if err := intake.put(f.t, row, f.id, core.ID(0), f.coordinator, f.start.AddDays(-300), f.start.AddDays(-280), f.coordinator, "no_start"); err != nil {
		return err
	}
	for k := range 1 + f.i/2%2 {
		if err := intakeReason.put(f.t, row, f.id, reasons[(f.i+k)%len(reasons)], k+1); err != nil {
			return err
		}
	}
	return nil
}
