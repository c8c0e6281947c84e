package confidentiality

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

var theirs = db.Theirs("volunteer")

const textFrom = ` FROM confidentiality c LEFT JOIN account a ON a.id = c.written_by ORDER BY c.number DESC, c.id DESC LIMIT `

var (
	qNewest = db.Q("confidentiality.newest", authz.Settings, `SELECT c.id, c.number, c.dutch, c.english, c.written_on, COALESCE(a.name, ''), 0`+textFrom+`1`, db.Probe{})
	qTexts  = db.CrossQ("confidentiality.texts", authz.Settings, "of each version how many signed it: a number, and nobody's name", `SELECT c.id, c.number, c.dutch, c.english,
		c.written_on, COALESCE(a.name, ''), (SELECT COUNT(*) FROM confidentiality_signature s WHERE s.confidentiality_id = c.id)`+textFrom+`:limit`, db.Probe{"limit": 50})

	xWrite = db.X("confidentiality.write", authz.Settings, `INSERT INTO confidentiality (id, number, dutch, english, written_on, written_by)
		VALUES (:id, :number, :dutch, :english, :today, :actor)`, db.Probe{"id": db.Ours("confidentiality_made"), "number": 2, "dutch": "d", "english": "e"})

	qWho = db.Q("confidentiality.who", authz.Profile, `SELECT v.id, v.name FROM visible_volunteer v WHERE v.id = :whose`, db.Probe{"whose": theirs})
	qOwn = db.Q("confidentiality.own", authz.Profile, `SELECT v.id FROM visible_volunteer v WHERE v.account_id = :actor`, db.Probe{})

	qSignatures = db.Q("confidentiality.signatures", authz.Profile, `SELECT c.number, s.typed_name, s.signed_at, COALESCE(a.name, ''), s.in_presence
		FROM visible_volunteer v JOIN confidentiality_signature s ON s.volunteer_id = v.id JOIN confidentiality c ON c.id = s.confidentiality_id
		LEFT JOIN account a ON a.id = s.account_id WHERE v.id = :whose ORDER BY s.signed_at DESC, s.id DESC`, db.Probe{"whose": theirs})

	xSign = db.X("confidentiality.sign", authz.Profile, `INSERT INTO confidentiality_signature (id, volunteer_id, confidentiality_id, typed_name, signed_at, account_id, in_presence)
		SELECT :id, v.id, CAST(:version AS BIGINT), CAST(:name AS TEXT), CAST(:now AS TEXT), CAST(:actor AS BIGINT), CAST(:presence AS BOOLEAN)
		FROM visible_volunteer v WHERE v.id = :whose`,
		db.Probe{"id": db.Ours("confidentiality_signature_made"), "whose": theirs, "version": db.Ours("confidentiality"), "name": "n", "presence": false})
)

func textDest(x *Text) []any {
	return []any{&x.ID, &x.Number, &x.Dutch, &x.English, &x.WrittenOn, &x.WrittenBy, &x.Signed}
}

// Service keeps texts and signatures.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Texts lists every version, the newest first.
func (s *Service) Texts(ctx context.Context, a authz.Actor) (all []Text, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qTexts, db.Args{"limit": 50}, textDest)
		return err
	})
	return all, err
}

// Write puts a new version beside the old ones. Number is that of the version it was written from.
func (s *Service) Write(ctx context.Context, a authz.Actor, number int, next Text) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		now, err := db.One(t, qNewest, db.Args{}, textDest)
		if err == nil && now.Number != number {
			err = core.Conflict("confidentiality_written_already")
		}
		if err == nil {
			err = CheckText(now, next)
		}
		if err != nil {
			return err
		}
		return db.Do(t, xWrite, db.Args{"id": db.NewID[core.ID](t), "number": now.Number + 1, "dutch": next.Dutch, "english": next.English})
	})
}

// Of reads the newest text with what a volunteer signed. No identifier is the actor's own file.
func (s *Service) Of(ctx context.Context, a authz.Actor, id core.VolunteerID) (v Sheet, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		v, err = sheet(t, id)
		return err
	})
	return v, err
}

func sheet(t *db.Tx, id core.VolunteerID) (v Sheet, err error) {
	if id.IsZero() {
		if id, err = db.One(t, qOwn, db.Args{}, func(id *core.VolunteerID) []any { return []any{id} }); err != nil {
			return v, err
		}
	}
	if v, err = db.One(t, qWho, db.Args{"whose": id}, func(v *Sheet) []any { return []any{&v.Volunteer, &v.Name} }); err != nil {
		return v, err
	}
	if v.Text, err = db.One(t, qNewest, db.Args{}, textDest); err != nil {
		return v, err
	}
	v.Signatures, err = db.All(t, qSignatures, db.Args{"whose": id}, func(s *Signature) []any {
		return []any{&s.Number, &s.Name, &s.At, &s.By, &s.InPresence}
	})
	return v, err
}

// Sign keeps that a volunteer signed the text. With an identifier it is signed on the coordinator's screen, before their eyes.
func (s *Service) Sign(ctx context.Context, a authz.Actor, id core.VolunteerID, in Typed) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		v, err := sheet(t, id)
		if err != nil {
			return err
		}
		typed := in
		typed.Name = db.Fold(in.Name)
		if err := MaySign(v, db.Fold(v.Name), typed); err != nil {
			return err
		}
		return db.Do(t, xSign, db.Args{
			"id": db.NewID[core.ID](t), "whose": v.Volunteer, "version": v.Text.ID, "name": in.Name, "presence": !id.IsZero(),
		})
	})
}
