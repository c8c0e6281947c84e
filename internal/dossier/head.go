package dossier

import (
	"context"
	"slices"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/components"
	"maatje/internal/web/text"
)

// Head is what stands on top of every page of one family: its name, what each child knows, and the tabs the actor may open.
type Head struct {
	Dossier
	Knows []Knows
	Here  string // the tab the page belongs to, "" for the overview
	tabs  []string
}

// tab is a part of the dossier with an address of its own, open to whoever sees its section.
type tab struct {
	name  string
	label func(text.Lang) string
	sees  *db.Query
}

func seen(name string, s authz.Section) *db.Query {
	return db.Q("dossier.sees_"+name, s, `SELECT d.id FROM visible_dossier d WHERE d.id = :dossier`, theirs)
}

var tabs = []tab{
	{"intake", text.Lang.DossierTabIntake, seen("intake", authz.Intake)},
	{"consents", text.Lang.DossierTabConsents, seen("consents", authz.Consents)},
	{"trajectories", text.Lang.DossierTabTrajectories, seen("trajectories", authz.Plan)},
	{"genogram", text.Lang.DossierTabGenogram, seen("genogram", authz.Tools)},
	{"visits", text.Lang.DossierTabVisits, seen("visits", authz.Visits)},
	{"tools", text.Lang.DossierTabTools, seen("tools", authz.Tools)},
	{"signals", text.Lang.DossierTabSignals, seen("signals", authz.Signals)},
	{"log", text.Lang.DossierTabLog, seen("log", authz.Log)},
	{"requests", text.Lang.DossierTabRequests, seen("requests", authz.Requests)},
}

// LoadHead reads the top of a page; here is the name of its tab.
func LoadHead(t *db.Tx, id core.DossierID, here string) (Head, error) {
	cover, err := Cover(t, id)
	if err != nil {
		return Head{}, err
	}
	h := Head{Dossier: cover, Here: here}
	if h.Knows, err = Knowledge(t, id); err != nil {
		return h, err
	}
	for _, b := range tabs {
		sees, err := db.All(t, b.sees, db.Args{"dossier": id}, func(id *core.DossierID) []any { return []any{id} })
		if err != nil {
			return h, err
		}
		if len(sees) > 0 {
			h.tabs = append(h.tabs, b.name)
		}
	}
	return h, nil
}

// ReadHead is LoadHead in a transaction of its own, for a page that reads nothing else of the family with it.
func ReadHead(ctx context.Context, d *db.DB, a authz.Actor, id core.DossierID, here string) (h Head, err error) {
	err = d.Read(ctx, a, func(t *db.Tx) error {
		h, err = LoadHead(t, id, here)
		return err
	})
	return h, err
}

// Path is the address of the family's overview.
func (h Head) Path() string { return "/dossiers/" + h.ID.String() }

// Links are the tabs.
func (h Head) Links(l text.Lang) []components.Link {
	out := []components.Link{{Href: h.Path(), Label: l.DossierTabOverview(), Here: h.Here == ""}}
	for _, b := range tabs {
		for _, name := range h.tabs {
			if name == b.name {
				out = append(out, components.Link{Href: h.Path() + "/" + b.name, Label: b.label(l), Here: h.Here == b.name})
			}
		}
	}
	return out
}

// Opens says whether the actor may open the tab of this name.
func (h Head) Opens(name string) bool { return slices.Contains(h.tabs, name) }
