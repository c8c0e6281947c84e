package seed

import (
	"fmt"

	"maatje/internal/core"
	"maatje/internal/db"
)

// people makes the places, those who coordinate and the volunteers.
func (p *Programme) people(t *db.Tx) (err error) {
	p.Coordinators, p.Insiders, p.Volunteers, p.areas, p.facilities = nil, nil, nil, nil, nil // it may run again
	for i := range p.areasWanted() {
		if err := p.area(t, i); err != nil {
			return err
		}
	}
	for i := range max(2, p.size/dossiersPerFacility) {
		if err := p.facility(t, i); err != nil {
			return err
		}
	}
	if p.Leader, err = employ(t, "Projectleider", "leader", "project_leader"); err != nil {
		return err
	}
	for i := range p.volunteersWanted() {
		if err := p.volunteer(t, i); err != nil {
			return err
		}
	}
	return nil
}

func employ(t *db.Tx, name, key, role string) (core.AccountID, error) {
	id := db.NewID[core.AccountID](t)
	email := key + "@seed.invalid"
	if err := account.put(t, id, email, email, name, t.Now()); err != nil {
		return id, err
	}
	return id, accountRole.put(t, id, role)
}

func (p *Programme) area(t *db.Tx, i int) error {
	id, name := db.NewID[core.ID](t), "Gemeente "+surname(i)
	if err := municipality.put(t, id, name, fmt.Sprintf("%s %d", db.Fold(name), i)); err != nil {
		return err
	}
	who, err := employ(t, given(i)+" "+surname(i*7), fmt.Sprintf("coordinator%d", i), "outside_coordinator")
	if err != nil {
		return err
	}
	p.areas, p.Coordinators = append(p.areas, id), append(p.Coordinators, who)
	return accountMunicipality.put(t, who, id)
}

func (p *Programme) facility(t *db.Tx, i int) error {
	id, name := db.NewID[core.ID](t), "PI "+surname(i*3)
	if err := facility.put(t, id, name, fmt.Sprintf("%s %d", db.Fold(name), i), surname(i*3), "prison"); err != nil {
		return err
	}
	who, err := employ(t, given(i*5)+" "+surname(i*11), fmt.Sprintf("inside%d", i), "inside_coordinator")
	if err != nil {
		return err
	}
	p.facilities, p.Insiders = append(p.facilities, id), append(p.Insiders, who)
	return accountFacility.put(t, who, id)
}

func (p *Programme) volunteer(t *db.Tx, i int) error {
	name := given(i*3+1) + " " + surname(i*17+5)
	who, err := employ(t, name, fmt.Sprintf("volunteer%d", i), "volunteer")
	if err != nil {
		return err
	}
	id, today := db.NewID[core.VolunteerID](t), t.Today()
	p.Volunteers = append(p.Volunteers, Volunteer{Account: who, ID: id})
	return inOrder(
		func() error {
			return volunteer.put(t, id, who, name, db.Fold(name), "", p.areas[i%len(p.areas)], "active", today.AddDays(-900), runningEach+1)
		},
		func() error { return volunteerStatus.put(t, db.NewID[core.ID](t), id, "active", t.Now(), p.Leader) },
		func() error { return volunteerKind.put(t, id, "family_buddy") },
		func() error { return volunteerCourse.put(t, id, "general", today.AddDays(-950)) },
		func() error { return volunteerCourse.put(t, id, "family_buddy", today.AddDays(-940)) },
		func() error {
			return certificate.put(t, db.NewID[core.ID](t), id, fmt.Sprintf("V%d", i), today.AddDays(-200), today.AddDays(895))
		},
	)
}

// inOrder does one thing after the other until one fails.
func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

var (
	beginnings = []string{"Jan", "Pie", "Kla", "Bak", "Vis", "Mei", "Mul", "Hoo", "Dek", "Smi", "Wil", "Ber", "Pos", "Kui", "Dij", "Vee", "Bos", "Sch", "Hen", "Lin",
		"Bra", "Kro", "Ste", "Zan", "Haa", "Bro", "Ver", "Oos", "Nij", "Gro"}
	middles = []string{"ke", "ter", "ma", "sse", "ger", "del", "ve", "bo", "ste", "hui", "kel", "la", "ren", "do", "pel", "mer", "si", "ka"}
	endings = []string{"ns", "ma", "sma", "stra", "kamp", "berg", "veld", "huis", "man", "sen"}
	first   = []string{"Sara", "Noor", "Daan", "Sem", "Lotte", "Mila", "Finn", "Yara", "Bram", "Tess", "Luuk", "Emma", "Zoë", "Amir", "Fenna", "Joris", "Imane",
		"Kofi", "Roos", "Thijs", "Nadia", "Wout", "Elif", "Sven", "Puck", "Milan", "Aya", "Guus", "Liv", "Otis"}
	second = []string{"", "-Lynn", "-Jan", "-Marie", "-Bo", "-Lou", "-Mae"}
)

// surname is one of 5,400; given is one of 210.
func surname(i int) string {
	return beginnings[i%30] + middles[i/30%18] + endings[i/540%10]
}

func given(i int) string { return first[i%30] + second[i/30%7] }
