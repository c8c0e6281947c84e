package tool

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

// Side is through which door a page of a tool is opened: a coordinator's, by the family, or a volunteer's, by the own
// trajectory. Both lead to the same page.
type Side struct {
	param, root string // of the route
	office      bool
}

// Both sides.
var (
	Office = Side{"id", "/dossiers/", true}
	Own    = Side{"trajectory", "/my-families/", false}
)

// Sides are both, for what is mounted twice.
var Sides = []Side{Office, Own}

// Path is the pattern of a route on this side; rest starts with a slash.
func (s Side) Path(rest string) string { return s.root + "{" + s.param + "}" + rest }

// Reads is the right of a page that shows.
func (s Side) Reads() authz.Right { return s.right("dossier.read") }

// Writes is the right of a page that changes.
func (s Side) Writes() authz.Right { return s.right("dossier.write") }

func (s Side) right(office string) authz.Right {
	if s.office {
		return authz.RightTo(office)
	}
	return authz.RightTo("family.see")
}

// Family is whose tools a page is about, and the address under which its pages stand.
type Family struct {
	Dossier  core.DossierID
	Name     string
	Base     string // "/dossiers/17" or "/my-families/23"
	IsOffice bool
	Writes   bool
	Head     dossier.Head // of a coordinator's page
	Plan     string       // where the step plan stands
}

// Of finds the family of a request in a transaction; what the actor may not see is not found.
func (s Side) Of(t *db.Tx, q *web.Request) (f Family, err error) {
	row, err := web.PathID[core.ID](q, s.param)
	if err != nil {
		return f, err
	}
	f.Base, f.IsOffice = s.root+row.String(), s.office
	f.Writes = q.Actor.May(authz.Tools, authz.Write)
	columns := func(f *Family) []any { return []any{&f.Dossier, &f.Name} }
	if !s.office {
		own, err := db.One(t, qOwn, db.Args{"trajectory": row}, columns)
		f.Dossier, f.Name, f.Plan = own.Dossier, own.Name, f.Base+"/plan"
		return f, err
	}
	own, err := db.One(t, qOffice, db.Args{"dossier": row}, columns)
	f.Dossier, f.Name = own.Dossier, own.Name
	return f, err
}

// Read is Of in a transaction of its own.
func (s Side) Read(ctx context.Context, d *db.DB, q *web.Request) (f Family, err error) {
	err = d.Read(ctx, q.Actor, func(t *db.Tx) error {
		f, err = s.Of(t, q)
		return err
	})
	return f, err
}

// withHead adds what stands on top of a coordinator's page, and where the step plan is.
func (f *Family) withHead(t *db.Tx) (err error) {
	if !f.IsOffice {
		return nil
	}
	if f.Head, err = dossier.LoadHead(t, f.Dossier, "tools"); err != nil {
		return err
	}
	run, err := db.All(t, qTrajectory, db.Args{"dossier": f.Dossier}, func(id *core.TrajectoryID) []any { return []any{id} })
	f.Plan = f.Base + "/trajectories"
	if len(run) == 1 {
		f.Plan = "/trajectories/" + run[0].String() + "/plan"
	}
	return err
}

// Back says where the link under a page of the tools goes.
func (f Family) Back(l text.Lang) string {
	if f.IsOffice {
		return l.ToolToDossier()
	}
	return l.VisitToFamily()
}
