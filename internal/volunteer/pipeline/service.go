package pipeline

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/volunteer"
)

var qOnTheWay = db.Q("pipeline.on_the_way", authz.Screening, `SELECT v.id, v.name, COALESCE(m.name, f.name, ''), v.status, v.status_since, v.account_id IS NOT NULL,
		(SELECT MAX(a.held_on) FROM screening_talk a WHERE a.volunteer_id = v.id AND a.kind = 'first'),
		(SELECT MAX(b.held_on) FROM screening_talk b WHERE b.volunteer_id = v.id AND b.kind = 'home_visit' AND b.home_agrees),
		(SELECT COUNT(*) FROM volunteer_reference r WHERE r.volunteer_id = v.id AND r.given_on IS NOT NULL AND r.dropped_on IS NULL),
		(SELECT COUNT(*) FROM volunteer_reference r WHERE r.volunteer_id = v.id AND r.asked_on IS NOT NULL AND r.given_on IS NULL AND r.dropped_on IS NULL),
		EXISTS (SELECT 1 FROM confidentiality_signature s WHERE s.volunteer_id = v.id AND s.confidentiality_id =
			(SELECT c.id FROM confidentiality c ORDER BY c.number DESC, c.id DESC LIMIT 1)),
		(SELECT MAX(x.issued_on) FROM certificate x WHERE x.volunteer_id = v.id), (SELECT MAX(y.renew_before) FROM certificate y WHERE y.volunteer_id = v.id),
		(SELECT MAX(z.completed_on) FROM volunteer_course z WHERE z.volunteer_id = v.id AND z.course = 'general')
	FROM visible_volunteer v LEFT JOIN municipality m ON m.id = v.municipality_id LEFT JOIN facility f ON f.id = v.facility_id
	WHERE v.status IN ('applied', 'talked', 'home_visit', 'references', 'certificate', 'confidentiality', 'trained') AND v.name_fold <> ''
	ORDER BY v.status_since, v.id LIMIT :limit`, db.Probe{"limit": 10})

const most = 500 // more than any coordinator has on the way

// Service reads the board.
type Service struct {
	db    *db.DB
	terms func(*db.Tx) (volunteer.Terms, error)
}

// NewService reads it under the terms that the organisation has at the moment.
func NewService(d *db.DB, terms func(*db.Tx) (volunteer.Terms, error)) *Service {
	return &Service{d, terms}
}

// Board reads everybody on the way in the actor's area.
func (s *Service) Board(ctx context.Context, a authz.Actor) (b Board, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		terms, err := s.terms(t)
		if err != nil {
			return err
		}
		type row struct {
			Walker
			general core.Date
		}
		rows, err := db.All(t, qOnTheWay, db.Args{"limit": most}, func(r *row) []any {
			return []any{
				&r.ID, &r.Name, &r.MunicipalityName, &r.Status, &r.StatusSince, &r.Shown.Account, &r.Shown.FirstTalk, &r.Shown.HomeVisit, &r.Shown.References, &r.Asked,
				&r.Shown.Signed, &r.Certificate.IssuedOn, &r.Certificate.RenewBefore, &r.general,
			}
		})
		all := make([]Walker, len(rows))
		for i, r := range rows {
			all[i] = r.Walker
			if !r.general.IsZero() {
				all[i].Courses = []volunteer.Course{{Code: "general", On: r.general}}
			}
		}
		b = group(all, t.Today(), terms)
		return err
	})
	return b, err
}
