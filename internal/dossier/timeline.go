package dossier

import (
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Event is something that happened in the family or in its support. Kind is a code of [codes dossier_event]; What names who or
// where, as far as the section it comes from allows.
type Event struct {
	On         core.Date
	Kind, What string
}

// moments are the queries of the timeline, each through its own section: what somebody may not see did not happen for them.
// Each gives a date or an instant, and a name.
var moments = []struct {
	kind string
	q    *db.Query
}{
	{"opened", moment("opened", authz.Identity, `d.opened_at, ''`, ``)},
	{"moved", moment("moved", authz.Identity, `m.from_date, p.name`, `JOIN household_member m ON m.dossier_id = d.id JOIN person p ON p.id = m.person_id AND p.dossier_id = d.id`)},
	{"detained", moment("detained", authz.Detention, `n.from_date, p.name`, `JOIN detention n ON n.dossier_id = d.id JOIN person p ON p.id = n.parent_id AND p.dossier_id = d.id`)},
	{"released", moment("released", authz.Detention, `n.released_on, p.name`, `JOIN detention n ON n.dossier_id = d.id JOIN person p ON p.id = n.parent_id AND p.dossier_id = d.id`)},
	{"placed", moment("placed", authz.Detention, `l.from_date, COALESCE(f.name, l.place)`, `JOIN placement l ON l.dossier_id = d.id LEFT JOIN facility f ON f.id = l.facility_id`)},
	{"restricted", moment("restricted", authz.Detention, `r.from_date, ''`, `JOIN restriction r ON r.dossier_id = d.id`)},
	{"lifted", moment("lifted", authz.Detention, `r.lifted_on, ''`, `JOIN restriction r ON r.dossier_id = d.id`)},
	{"leave", moment("leave", authz.Detention, `v.from_date, ''`, `JOIN home_leave v ON v.dossier_id = d.id`)},
	{"told", moment("told", authz.Knowledge, `COALESCE(k.since, k.recorded_at), p.name`, `JOIN knowledge k ON k.dossier_id = d.id JOIN person p ON p.id = k.child_id AND p.dossier_id = d.id`)},
	{"professional", moment("professional", authz.Contacts, `p.from_date, COALESCE(NULLIF(p.organisation, ''), p.name)`, `JOIN professional p ON p.dossier_id = d.id`)},
	{"started", moment("started", authz.Plan, `t.start_on, ''`, `JOIN trajectory t ON t.dossier_id = d.id`)},
	{"ended", moment("ended", authz.Plan, `t.ended_on, ''`, `JOIN trajectory t ON t.dossier_id = d.id`)},
	{"extended", moment("extended", authz.Notes, `e.at, ''`, `JOIN extension e ON e.dossier_id = d.id`)},
	{"rhythm", moment("rhythm", authz.Notes, `r.at, ''`, `JOIN rhythm_change r ON r.dossier_id = d.id`)},
	{"contact_added", moment("contact_added", authz.Notes, `c.added_on, ''`, `JOIN checkpoint c ON c.dossier_id = d.id`)},
	{"contact", moment("contact", authz.Notes, `c.held_on, ''`, `JOIN checkpoint c ON c.dossier_id = d.id`)},
	{"visited", moment("visited", authz.Visits, `v.held_at, ''`, `JOIN visit v ON v.dossier_id = d.id`)},
	{"talked", moment("talked", authz.Intake, `k.held_on, COALESCE(p.name, '')`, `JOIN intake_talk k ON k.dossier_id = d.id LEFT JOIN person p ON p.id = k.person_id AND p.dossier_id = d.id`)},
	{"decided", moment("decided", authz.Intake, `i.decided_on, ''`, `JOIN intake i ON i.dossier_id = d.id`)},
	{"signalled", moment("signalled", authz.Signals, `s.raised_at, ''`, `JOIN signal s ON s.dossier_id = d.id`)},
	{"answered", moment("answered", authz.Signals, `s.answered_at, ''`, `JOIN signal s ON s.dossier_id = d.id`)},
	{"consented", moment("consented", authz.Consents, `c.from_date, COALESCE(p.name, c.giver_name)`, `JOIN consent c ON c.dossier_id = d.id LEFT JOIN person p ON p.id = c.giver_id AND p.dossier_id = d.id`)},
	{"withdrew", moment("withdrew", authz.Consents, `c.withdrawn_on, COALESCE(p.name, c.giver_name)`, `JOIN consent c ON c.dossier_id = d.id LEFT JOIN person p ON p.id = c.giver_id AND p.dossier_id = d.id`)},
	{"noted", moment("noted", authz.Notes, `n.at, ''`, `JOIN note n ON n.dossier_id = d.id`)},
}

func moment(name string, s authz.Section, columns, join string) *db.Query {
	return db.Q("dossier.when_"+name, s, `SELECT `+columns+` FROM visible_dossier d `+join+` WHERE d.id = :dossier`, theirs)
}

// Timeline gives everything that happened and the actor may know, newest first. Dates that are not known stand nowhere.
func Timeline(t *db.Tx, id core.DossierID) ([]Event, error) {
	type row struct{ when, what string }
	var out []Event
	for _, m := range moments {
		rows, err := db.All(t, m.q, db.Args{"dossier": id}, func(r *row) []any { return []any{nullText{&r.when}, nullText{&r.what}} })
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			on, err := dayOf(r.when)
			if err != nil {
				return nil, err
			}
			if !on.IsZero() {
				out = append(out, Event{on, m.kind, r.what})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int { return b.On.Compare(a.On) })
	return out, nil
}

// nullText reads a text column in which NULL is the empty text.
type nullText struct{ to *string }

func (x nullText) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*x.to = v
	case []byte:
		*x.to = string(v)
	}
	return nil
}

// dayOf reads a date, or the day of an instant.
func dayOf(s string) (core.Date, error) {
	if len(s) <= len("2006-01-02") {
		return core.ParseDate(s)
	}
	i, err := core.ParseInstant(s)
	return i.Date(), err
}
