package seed

import (
	"fmt"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/journal"
)

const day = 24 * time.Hour

// supported is the trajectory with its people, its volunteer and the coordinator's own contacts.
func (f *family) supported() error {
	state, matched, reason := "ended", "ended", "goal_reached"
	if f.runs {
		state, matched, reason = "running", "accepted", ""
	}
	return inOrder(
		func() error {
			return trajectory.put(f.t, f.trajectory, f.id, f.intake, "family_buddy", f.coordinator, state, f.start, f.end, f.ended(f.end), reason)
		},
		func() error { return trajectoryPerson.put(f.t, f.trajectory, f.id, f.children[0]) },
		func() error { return trajectoryPerson.put(f.t, f.trajectory, f.id, f.children[1]) },
		func() error { return trajectoryPerson.put(f.t, f.trajectory, f.id, f.parent) },
		func() error {
			return volunteerMatch.put(f.t, f.newID(), f.id, f.trajectory, f.p.Volunteers[f.volunteer].ID, matched, f.noon(f.start.AddDays(-9)),
				f.noon(f.start.AddDays(-8)), f.start, f.start, f.ended(f.end))
		},
		f.checkpoints,
	)
}

func (f *family) checkpoints() error {
	for k, kind := range []string{"intake", "three_months"} {
		row, on := f.newID(), f.start.AddDays(90*k)
		if err := checkpoint.put(f.t, row, f.id, f.trajectory, kind, on, on, f.seal("checkpoint", "words", row, talked), f.coordinator); err != nil {
			return err
		}
	}
	return nil
}

// visits are ten, each with its report and the children who were there.
func (f *family) visits() error {
	who, moods := f.p.Volunteers[f.volunteer].ID, []string{"good", "ordinary", "hard"}
	for k := range visitsPerDossier {
		row, at := f.newID(), f.noon(f.start.AddDays(k*between))
		err := visit.put(f.t, row, f.id, f.trajectory, who, "held", at, 90+10*(k%4), 4+f.i%20, "diary")
		if err == nil {
			err = visitReport.put(f.t, row, f.id, who, "done", "relaxing,talking", moods[(f.i+k)%3], f.seal("visit_report", "words", row, held),
				f.seal("visit_report", "agreed", row, agreedW), "made", at, at)
		}
		for _, child := range f.children {
			if err == nil {
				err = visitPerson.put(f.t, row, f.id, child)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// worried is a signal in every fifth family, answered.
func (f *family) worried() error {
	if f.i%5 != 0 {
		return nil
	}
	row, at := f.newID(), f.noon(f.start.AddDays(60))
	v := f.p.Volunteers[f.volunteer]
	return signal.put(f.t, row, f.id, f.trajectory, v.ID, v.Account, at, "week", f.seal("signal", "saw", row, sawW), at.Add(7*day), at.Add(2*day),
		f.coordinator, "discussed")
}

// tasks are one that was done, and for four of every ten families one that waits.
func (f *family) tasks() error {
	at, now := f.noon(f.start.AddDays(60)), f.t.Now()
	if err := task.put(f.t, f.newID(), "seed_done:"+f.id.String(), f.coordinator, "answer_signal", 1, at, f.id, 0, at, at); err != nil {
		return err
	}
	if f.i/len(f.p.areas)%10 >= openTasksPerTen {
		return nil
	}
	due := now.Add(time.Duration(f.i/len(f.p.areas)%20-5) * day)
	return task.put(f.t, f.newID(), "seed_open:"+f.id.String(), f.coordinator, "answer_signal", f.i%3, due, f.id, 0, at, core.Instant{})
}

var sections = strings.Fields("identity knowledge plan visits")

// log is a dozen times that somebody looked.
func (f *family) log() error {
	for k := range 12 {
		e := f.p.keys.Append(f.p.log, journal.Record{
			At: f.noon(f.start.AddDays(k * 12)).String(), Account: f.coordinator.Int64(), Actor: "outside_coordinator", Action: "read",
			What: sections[k%4], Dossier: f.id.Int64(), Route: "GET /dossiers/{id}", Address: fmt.Sprintf("192.0.2.%d", f.i%250),
			Rule: "municipality", Outcome: "done",
		})
		err := logEntry.put(f.t, e.Seq, e.Version, e.At, e.Account, e.Actor, e.BehalfOf, e.Action, e.What, e.Dossier, e.Row, e.Route,
			e.Address, e.Device, e.Rule, e.Outcome, e.Hash, e.Seal)
		if err != nil {
			return err
		}
		f.p.log = e.Head()
	}
	return nil
}
