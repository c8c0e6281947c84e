package importer

import (
	"cmp"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
)

func (r *run) keepTrajectory(t *db.Tx, key string, d *trajectory, id int64, exists bool) (core.DossierID, error) {
	fam, err := must(t, "family", familyKind, d.Family)
	if err != nil {
		return 0, err
	}
	who, err := supported(t, d, fam.dossier)
	if err != nil {
		return 0, err
	}
	var by row
	if d.Volunteer != "" {
		if by, err = must(t, "volunteer", volunteerKind, d.Volunteer); err != nil {
			return 0, err
		}
	}
	args := db.Args{"row": id, "dossier": fam.dossier, "kind": d.Kind, "coordinator": r.places.coordinator(d.Coordinator), "state": d.state(),
		"start": d.start, "planned": d.plannedEnd, "ended": d.end, "reason": d.EndReason, "abrupt": d.Abrupt, "key": key}
	if err := either(t, exists, xTrajectory, xAddTrajectory, args, nil); err != nil {
		return 0, err
	}
	if _, err := db.Exec(t, xIntakeOf, db.Args{"row": id, "dossier": fam.dossier, "start": d.start}); err != nil {
		return 0, err
	}
	if err := keepSupported(t, id, fam.dossier, who); err != nil || by.id == 0 {
		return fam.dossier, err
	}
	return fam.dossier, keepMatch(t, d, id, fam.dossier, by.id)
}

func (d *trajectory) state() string {
	if d.end.IsZero() {
		return "running"
	}
	return "ended"
}

// supported are the people a trajectory is for. A record that names no children means all of them, where the kind is for
// children at all.
func supported(t *db.Tx, d *trajectory, of core.DossierID) ([]core.PersonID, error) {
	have, err := people(t, of)
	if err != nil {
		return nil, err
	}
	var out []core.PersonID
	for _, key := range d.Children {
		k, ok := have[key]
		switch {
		case !ok || !k.child:
			return nil, refuse("children: %.40q is no child of family %.40q", key, d.Family)
		case !d.end.IsZero() && !k.birth.IsZero() && d.end.Before(k.birth):
			return nil, refuse("children: %.40q was born after the end, on %s", key, k.birth)
		}
		out = append(out, k.id)
	}
	if d.Children == nil {
		n, err := db.Count(t, qForChildren, db.Args{"kind": d.Kind})
		if err != nil {
			return nil, err
		}
		for _, k := range have {
			if n > 0 && k.child {
				out = append(out, k.id)
			}
		}
	}
	if d.Parent == "" {
		return out, nil
	}
	p, ok := have[d.Parent]
	if !ok || !p.parent {
		return nil, refuse("parent: %.40q is no parent in family %.40q", d.Parent, d.Family)
	}
	return append(out, p.id), nil
}

func keepSupported(t *db.Tx, id int64, of core.DossierID, who []core.PersonID) error {
	if _, err := db.Exec(t, xForgetPeople, db.Args{"row": id}); err != nil {
		return err
	}
	for _, p := range who {
		if err := db.Do(t, xSupported, db.Args{"row": id, "dossier": of, "person": p}); err != nil {
			return err
		}
		if _, err := db.Exec(t, xDetained, db.Args{"id": db.NewID[core.ID](t), "person": p}); err != nil {
			return err
		}
	}
	return nil
}

// keepMatch keeps who the volunteer was: accepted by all, because it happened.
func keepMatch(t *db.Tx, d *trajectory, id int64, of core.DossierID, by int64) error {
	state := "accepted"
	if !d.end.IsZero() {
		state = "ended"
	}
	args := db.Args{"row": id, "dossier": of, "who": by, "state": state, "start": d.start, "ended": d.end}
	n, err := db.Exec(t, xMatch, args)
	if err == nil && n == 0 {
		err = db.Do(t, xAddMatch, with(args, db.Args{"id": db.NewID[core.ID](t), "proposed": noon(d.start)}))
	}
	if err != nil {
		return err
	}
	_, err = db.Exec(t, xVolunteerHome, db.Args{"row": by, "dossier": of})
	return err
}

func keepVisit(t *db.Tx, key string, d *visit, id int64, exists bool) error {
	of, err := must(t, "trajectory", trajectoryKind, d.Trajectory)
	if err != nil {
		return err
	}
	present, err := presentAt(t, d, of.dossier)
	if err != nil {
		return err
	}
	by, _, err := db.Maybe(t, qMatched, db.Args{"row": of.id}, (*row).columns)
	if err != nil {
		return err
	}
	args := db.Args{"row": id, "dossier": of.dossier, "trajectory": of.id, "who": core.VolunteerID(by.id), "held": d.at, "minutes": int(d.Minutes),
		"km": int(d.Km), "tools": strings.Join(d.Tools, ","), "key": key}
	if err := either(t, exists, xVisit, xAddVisit, args, nil); err != nil {
		return err
	}
	if exists {
		if _, err := db.Exec(t, xForgetPresent, db.Args{"row": id}); err != nil {
			return err
		}
	}
	for _, p := range present {
		if err := db.Do(t, xPresent, db.Args{"row": id, "dossier": of.dossier, "person": p}); err != nil {
			return err
		}
	}
	return nil
}

func presentAt(t *db.Tx, d *visit, of core.DossierID) ([]core.PersonID, error) {
	if len(d.Children) == 0 {
		return nil, nil
	}
	have, err := people(t, of)
	if err != nil {
		return nil, err
	}
	var out []core.PersonID
	for _, key := range d.Children {
		k, ok := have[key]
		switch {
		case !ok || !k.child:
			return nil, refuse("children: %.40q is no child of the family of trajectory %.40q", key, d.Trajectory)
		case !k.birth.IsZero() && d.at.Date().Before(k.birth):
			return nil, refuse("children: %.40q was not born yet; that was on %s", key, k.birth)
		}
		out = append(out, k.id)
	}
	return out, nil
}

func keepSignal(t *db.Tx, key string, d *signal, id int64, exists bool) error {
	of, err := must(t, "trajectory", trajectoryKind, d.Trajectory)
	if err != nil {
		return err
	}
	by, _, err := db.Maybe(t, qMatched, db.Args{"row": of.id}, (*row).columns)
	if err != nil {
		return err
	}
	urgency := cmp.Or(d.Urgency, "discuss")
	args := db.Args{"row": id, "dossier": of.dossier, "trajectory": of.id, "who": core.VolunteerID(by.id), "raised": d.at, "urgency": urgency,
		"before": answerBefore(d.at, urgency), "answered": d.answeredAt, "outcome": d.Outcome, "key": key}
	return either(t, exists, xSignal, xAddSignal, args, nil)
}

// answerBefore is SIG-2's clock: a now-signal the same day, others within five working days, until midnight.
func answerBefore(at core.Instant, urgency string) core.Instant {
	day := at.Date()
	if urgency != "now" {
		day = day.AddWorkdays(5)
	}
	day = day.AddDays(1)
	return core.At(time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, core.Amsterdam))
}
