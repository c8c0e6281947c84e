package demo

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/applicant"
	"maatje/internal/volunteer/confidentiality"
	farewell "maatje/internal/volunteer/leaving"
	"maatje/internal/volunteer/screening"
)

var xWaits = dress("walks_since", `UPDATE volunteer SET status_since = :on WHERE id = :id`, db.Probe{"id": db.Theirs("volunteer"), "on": "2026-01-01"})

// newcomer is somebody who wants to be a volunteer, with how many steps were taken and for how long they wait for the next.
type newcomer struct {
	name, email, why string
	steps, waits     int
}

var newcomers = []newcomer{
	{"Noor Willems", "noor.willems@voorbeeld.invalid", "Mijn eigen kinderen zijn het huis uit. Ik heb tijd, en ik hou van voorlezen.", 0, 0},
	{"Hassan Yildiz", "hassan.yildiz@voorbeeld.invalid", "Ik ben zelf opgegroeid bij mijn opa. Ik weet hoe stil dat kan zijn.", 1, 33},
	{"Carla Mulder", "carla.mulder@voorbeeld.invalid", "Een vriendin is maatje en vertelde erover.", 2, 6},
	{"Ruben de Haan", "ruben.dehaan@voorbeeld.invalid", "Ik train een voetbalteam en zie daar hoe belangrijk het is dat iemand er is.", 3, 9},
	{"Yvonne Smit", "yvonne.smit@voorbeeld.invalid", "Ik werkte in een kinderdagverblijf en wil weer iets met kinderen doen.", 4, 4},
	{"Peter Blom", "peter.blom@voorbeeld.invalid", "Ik wil iets terugdoen.", 5, 24},
	{"Aicha Benali", "aicha.benali@voorbeeld.invalid", "Ik spreek Arabisch en Frans en merk dat dat veel mensen helpt.", 6, 2},
}

// pipeline: somebody stands at every step of the way to the start, one applied twice, one waits too long; others rest, stopped, or were not
// taken on; of one a certificate ends soon, of another it has ended (VOL-1 to VOL-3).
func (c scene) pipeline(ctx context.Context) error {
	marleen := c.as("Marleen Hoekstra")
	for _, n := range newcomers {
		if err := c.applies(ctx, n); err != nil {
			return err
		}
		if err := c.walks(ctx, marleen, n); err != nil {
			return err
		}
	}
	again := newcomers[2]
	again.why = "Ik hoorde een tijd niets. Klopt dat?"
	if err := c.applies(ctx, again); err != nil {
		return err
	}
	if err := c.certificates(ctx, marleen); err != nil {
		return err
	}
	return c.partings(ctx, marleen)
}

func (c scene) applies(ctx context.Context, n newcomer) error {
	_, err := c.Applicants.Receive(ctx, authz.Visitor(authz.Origin{Address: "demo " + n.name, Route: "demo"}), applicant.Application{
		Name: n.name, Email: n.email, Municipality: "Almere", Words: n.why, Kinds: []string{"family_buddy"}, Languages: "Nederlands", Days: []string{"wed", "sat"},
	}, n.name+n.why)
	return err
}

// walks takes the steps, each with what it asks.
func (c scene) walks(ctx context.Context, by authz.Actor, n newcomer) error {
	file, talks := volunteer.NewService(c.db, volunteer.Unchanged), screening.NewService(c.db, volunteer.Unchanged)
	found, err := file.List(ctx, by, volunteer.Filter{Name: n.name})
	if err != nil {
		return err
	}
	id, today := found[0].ID, c.db.Now().Date()
	on := today.AddDays(-n.waits)
	asks := []func() error{
		func() error {
			return talks.AddTalk(ctx, by, id, screening.Talk{Kind: screening.First, HeldOn: on, Words: "Rustig en open. Vertelt makkelijk, en luistert ook. Wil graag met jonge kinderen.",
				Affinity: "Eigen kinderen, en paste jaren op bij de buren."})
		},
		func() error {
			return talks.AddTalk(ctx, by, id, screening.Talk{Kind: screening.HomeVisit, HeldOn: on, Words: "Een huis waar het zoete inval is. Koffie, twee katten, veel boeken.",
				Household: "Met partner, die het een mooi plan vindt.", HomeAgrees: true})
		},
		func() error { return c.vouched(ctx, by, id, on) },
		func() error {
			return file.SeeCertificate(ctx, by, id, volunteer.Certificate{Profile: "84", Number: "vog-" + id.String(), IssuedOn: on, SeenOn: on})
		},
		func() error {
			return confidentiality.NewService(c.db).Sign(ctx, by, id, confidentiality.Typed{Name: n.name, Agreed: true, Number: 1})
		},
		func() error { return file.CompleteCourse(ctx, by, id, volunteer.Course{Code: "general", On: on}) },
	}
	for s := volunteer.Next(volunteer.Applied); n.steps > 0; n.steps, s = n.steps-1, volunteer.Next(s) {
		if err := asks[0](); err != nil {
			return err
		}
		asks = asks[1:]
		if err := file.Move(ctx, by, id, s); err != nil {
			return err
		}
	}
	if n.name == newcomers[2].name { // one of two has spoken
		if err := talks.NameReference(ctx, by, id, screening.Reference{Name: "Mevrouw Dekker", Relation: "buurvrouw", Phone: "0612340009", AskedOn: today}); err != nil {
			return err
		}
	}
	return c.db.Write(ctx, system, func(t *db.Tx) error { return db.Do(t, xWaits, db.Args{"id": id, "on": on}) })
}

// vouched: two people said something.
func (c scene) vouched(ctx context.Context, by authz.Actor, id core.VolunteerID, on core.Date) error {
	talks := screening.NewService(c.db, volunteer.Unchanged)
	for i, r := range []screening.Reference{
		{Name: "De heer Vos", Relation: "werkten samen", Phone: "0612340011", AskedOn: on, Said: "Altijd op tijd, en blijft rustig als het druk is."},
		{Name: "Mevrouw Dekker", Relation: "buurvrouw", Phone: "0612340012", AskedOn: on, Said: "Als er iets is, staat ze voor de deur. Ze belooft niets wat ze niet doet."},
	} {
		if err := talks.NameReference(ctx, by, id, r); err != nil {
			return err
		}
		v, err := talks.Sheet(ctx, by, id)
		if err != nil {
			return err
		}
		if err := talks.Give(ctx, by, id, v.References[i].ID, r.Said, on); err != nil {
			return err
		}
	}
	return nil
}

// starter adds somebody who is active.
func (c scene) starter(ctx context.Context, name, email string) (id core.VolunteerID, err error) {
	err = c.db.Write(ctx, system, func(t *db.Tx) error {
		town, err := db.One(t, qTown, db.Args{"name": "Almere"}, func(id *core.ID) []any { return []any{id} })
		if err == nil {
			id, err = volunteer.New(t, volunteer.Profile{Name: name, Email: email, Municipality: town, Status: volunteer.Active, Capacity: 1,
				Wishes: volunteer.Wishes{Kinds: []string{"tailored"}, Languages: "Nederlands", Phone: "0612340020"}})
		}
		return err
	})
	return id, err
}

var qTown = db.CrossQ("demo.town", authz.Works, whyDress, `SELECT m.id FROM municipality m WHERE m.name = :name`, db.Probe{"name": "x"})

// certificates: one ends in three weeks, and one ended this week.
func (c scene) certificates(ctx context.Context, by authz.Actor) error {
	file, today := volunteer.NewService(c.db, volunteer.Unchanged), c.db.Now().Date()
	for name, left := range map[string]int{"Gerda Visser": 21, "Kees Brouwer": -3} {
		id, err := c.starter(ctx, name, "")
		if err != nil {
			return err
		}
		renew := today.AddDays(left)
		if err := file.SeeCertificate(ctx, by, id, volunteer.Certificate{Number: "vog-" + id.String(), IssuedOn: renew.AddMonths(-36), RenewBefore: renew}); err != nil {
			return err
		}
	}
	return file.WarnCertificates(ctx, system)
}

// partings: somebody rests, somebody stopped after a talk, and somebody was not taken on and still has to hear it.
func (c scene) partings(ctx context.Context, by authz.Actor) error {
	s, today := farewell.NewService(c.db, volunteer.Unchanged), c.db.Now().Date()
	rests, err := c.starter(ctx, "Els Kramer", "")
	if err != nil {
		return err
	}
	if err := s.Rest(ctx, by, rests, "Haar dochter krijgt een baby.", today.AddDays(60)); err != nil {
		return err
	}
	stops, err := c.starter(ctx, "Jan Postma", "jan.postma@voorbeeld.invalid")
	if err != nil {
		return err
	}
	talk := screening.Talk{HeldOn: today.AddDays(-1), Well: "Het gezin, en de steun van de andere maatjes.", Better: "Eerder weten hoe lang het duurt.", ComesBack: "perhaps"}
	if err := s.Leave(ctx, by, stops, farewell.Farewell{Why: "Verhuist naar Groningen.", Talked: true}, talk); err != nil {
		return err
	}
	file := volunteer.NewService(c.db, volunteer.Unchanged)
	town, err := file.File(ctx, by, rests)
	if err != nil {
		return err
	}
	no, err := file.Add(ctx, by, volunteer.Profile{Name: "Tom Hendriks", Municipality: town.Municipality, Capacity: 1, Wishes: volunteer.Wishes{Phone: "0612340030"}})
	if err != nil {
		return err
	}
	_, _, err = s.Reject(ctx, by, no, "Zoekt eigenlijk betaald werk.")
	return err
}
