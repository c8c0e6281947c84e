package dossier

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// coverSheet asks what stands on the cover: the family's name, its municipality and who coordinates.
var coverSheet = sheet{
	path: "cover", title: text.Lang.DossierCover,
	fields: form.Fields{Lines: []string{"name", "municipality", "coordinator", "inside", "weight"}},
	questions: func(d desk, _ core.ID) []question {
		l := d.lang
		return []question{
			{kind: line, Field: components.Field{Name: "name", Label: l.DossierFamilyName()}},
			{kind: choice, Field: components.Field{Name: "municipality", Label: l.DossierMunicipality()}, options: d.places()},
			{kind: choice, Field: components.Field{Name: "coordinator", Label: l.DossierCoordinator(), Optional: true}, options: d.colleaguesIn("outside_coordinator")},
			{kind: choice, Field: components.Field{Name: "inside", Label: l.DossierInside(), Optional: true}, options: d.colleaguesIn("inside_coordinator")},
			{kind: radio, Field: components.Field{Name: "weight", Label: l.DossierHeaviness()}, options: components.Options(text.DossierWeightCodes(), l.DossierWeight)},
		}
	},
	fill: func(f File, _ core.ID, in *form.Form) bool {
		set := func(name string, id interface {
			String() string
			IsZero() bool
		}) {
			if !id.IsZero() {
				in.Set(name, id.String())
			}
		}
		in.Set("name", f.Name).Set("weight", f.Weight)
		set("municipality", f.Municipality)
		set("coordinator", f.Coordinator)
		set("inside", f.InsideCoordinator)
		in.Version = f.Version
		return true
	},
	save: func(_ *Service, t *db.Tx, id core.DossierID, _ core.ID, in *form.Form) error {
		return ChangeCover(t, Dossier{ID: id, Name: in.Value("name"), Municipality: reference[core.ID](in, "municipality"), Weight: in.Value("weight"),
			Coordinator: reference[core.AccountID](in, "coordinator"), InsideCoordinator: reference[core.AccountID](in, "inside"), Version: in.Version})
	},
}

func (s *Service) showCover(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	d, err := s.desk(q, id)
	if err != nil {
		return err
	}
	in := form.New(q.Lang, coverSheet.fields)
	coverSheet.fill(d.file, 0, in)
	return q.Show(sheetPage(q.Frame(coverSheet.title(q.Lang)), sheetView{coverSheet, d, 0, in, nil}))
}

func (s *Service) postCover(q *web.Request) error { return s.postSheet(q, coverSheet) }
