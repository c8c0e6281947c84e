package training

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web"
	"maatje/internal/web/components"
)

var (
	qMunicipalities = db.Q("training.municipalities", authz.Training, `SELECT m.id, m.name FROM municipality m WHERE :all OR m.id IN (
		SELECT am.municipality_id FROM account_municipality am WHERE am.account_id = :actor UNION ALL
		SELECT am.municipality_id FROM account_municipality am JOIN standing_in si ON si.absent_id = am.account_id
		WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today) ORDER BY m.name_fold`, db.Probe{"all": false})
	qFacilities = db.Q("training.facilities", authz.Training, `SELECT f.id, f.name FROM facility f WHERE :all OR f.id IN (
		SELECT af.facility_id FROM account_facility af WHERE af.account_id = :actor UNION ALL
		SELECT af.facility_id FROM account_facility af JOIN standing_in si ON si.absent_id = af.account_id
		WHERE si.backup_id = :actor AND si.from_date <= :today AND si.until_date >= :today) ORDER BY f.name_fold`, db.Probe{"all": false})
)

// PlaceOptions are the places for which the actor can hold something.
func (s *Service) PlaceOptions(q *web.Request) (municipalities, facilities []components.Option, err error) {
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if municipalities, err = options(t, qMunicipalities); err != nil {
			return err
		}
		facilities, err = options(t, qFacilities)
		return err
	})
	return municipalities, facilities, err
}

func options(t *db.Tx, q *db.Query) ([]components.Option, error) {
	type row struct {
		id   core.ID
		name string
	}
	rows, err := db.All(t, q, db.Args{"all": Everywhere(t)}, func(r *row) []any { return []any{&r.id, &r.name} })
	out := make([]components.Option, len(rows))
	for i, r := range rows {
		out[i] = components.Option{Value: r.id.String(), Label: r.name}
	}
	return out, err
}
