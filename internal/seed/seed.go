// Package seed fills an empty database with a programme of any size, to measure what the product costs when it is large:
// families with ten visits each, those who support them and those who coordinate, their words sealed as real ones are. The
// same size gives the same programme. Nobody in it exists. Benchmarks and tests alone import it.
package seed

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/journal"
)

// How large a programme of n dossiers is.
const (
	dossiersPerArea     = 100 // an area is a municipality with one outside coordinator
	dossiersPerFacility = 500 // each facility has one inside coordinator
	visitsPerDossier    = 10
	leastVolunteers     = 200
	mostVolunteers      = 2000
	runningEach         = 2 // running trajectories of one volunteer
	openTasksPerTen     = 4 // on a coordinator's worklist, for every ten dossiers
	batch               = 250
)

// Programme is who can be signed in as, and which families there are.
type Programme struct {
	Coordinators []core.AccountID // outside; one for each area
	Insiders     []core.AccountID
	Leader       core.AccountID
	Volunteers   []Volunteer
	Dossiers     []core.DossierID // of area i: i, i + areas, i + 2 areas ...

	areas, facilities []core.ID
	size              int
	keys              journal.Keys
	log               journal.Head // the end of the log that the families leave
}

// Volunteer is one of the programme's volunteers with what runs.
type Volunteer struct {
	Account      core.AccountID
	ID           core.VolunteerID
	Trajectories []core.TrajectoryID
	Children     []core.PersonID // one of each trajectory
}

// Seed writes a programme of n dossiers; done hears how many are there.
func Seed(ctx context.Context, d *db.DB, n int, done func(int)) (*Programme, error) {
	p := &Programme{size: n, Dossiers: make([]core.DossierID, n), keys: d.LogKeys()}
	if err := d.Write(ctx, actor, p.people); err != nil {
		return nil, err
	}
	for from := 0; from < n; from += batch {
		until := min(from+batch, n)
		var running []running
		log := p.log
		err := d.Write(ctx, actor, func(t *db.Tx) (err error) {
			p.log = log // it may run again
			running, err = p.families(t, from, until)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, r := range running {
			v := &p.Volunteers[r.volunteer]
			v.Trajectories, v.Children = append(v.Trajectories, r.trajectory), append(v.Children, r.child)
		}
		done(until)
	}
	return p, nil
}

var actor = authz.System("seed")

// running is a trajectory that runs, and whose it is.
type running struct {
	volunteer  int
	trajectory core.TrajectoryID
	child      core.PersonID
}

func (p *Programme) areasWanted() int { return max(1, p.size/dossiersPerArea) }
func (p *Programme) volunteersWanted() int {
	return min(max(p.size/50, leastVolunteers), mostVolunteers)
}

// volunteersPerArea is how many live in each area; the last ones have no family.
func (p *Programme) volunteersPerArea() int { return max(1, len(p.Volunteers)/len(p.areas)) }

// volunteerOf is whose family the dossier is, and whether that trajectory still runs: the latest few of each volunteer do.
func (p *Programme) volunteerOf(i int) (volunteer int, runs bool) {
	areas, each := len(p.areas), p.volunteersPerArea()
	round, rounds := i/areas, p.size/areas
	return i%areas + areas*(round%each), round >= rounds-runningEach*each
}

// families writes the dossiers from..until, with their keys in one go.
func (p *Programme) families(t *db.Tx, from, until int) (out []running, err error) {
	owners := make([]int64, 0, until-from)
	for i := from; i < until; i++ {
		p.Dossiers[i] = db.NewID[core.DossierID](t)
		owners = append(owners, p.Dossiers[i].Int64())
	}
	if err := t.NewOwners(owners); err != nil {
		return nil, err
	}
	for i := from; i < until; i++ {
		f := p.family(t, i)
		if err := f.write(); err != nil {
			return nil, err
		}
		if f.runs {
			out = append(out, running{f.volunteer, f.trajectory, f.children[0]})
		}
	}
	return out, nil
}
