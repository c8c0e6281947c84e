package intake

import (
	"context"
	"net/url"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// typed is a talk as its writer left it on a screen: the writer's alone, and of the family, so that it outlives a decision
// made meanwhile. One that was recorded keeps its version, so that no screen writes over what it has not seen.
type typed struct {
	ID      core.ID
	Key     string // of the last sending
	SavedAt core.Instant
	Version int // 0: never typed
	Fields  url.Values

	fields []byte // sealed
}

func (k *typed) columns() []any { return []any{&k.ID, &k.Key, &k.SavedAt, &k.Version, &k.fields} }

var (
	qTyped = db.Q("intake.typed_talk", authz.Intake, `SELECT k.id, k.key, k.saved_at, k.version, k.fields
		FROM visible_dossier d JOIN typed_talk k ON k.dossier_id = d.id WHERE d.id = :dossier AND k.account_id = :actor`, probe(nil))

	qKeepTyped = db.X("intake.keep_typed_talk", authz.Intake, `INSERT INTO typed_talk (id, dossier_id, account_id, fields, key, saved_at)
		SELECT :id, d.id, :actor, :fields, CAST(:key AS TEXT), CAST(:now AS TEXT)`+fromDossier+`
		ON CONFLICT (dossier_id, account_id) DO UPDATE SET fields = excluded.fields, key = excluded.key, saved_at = excluded.saved_at, version = typed_talk.version + 1
		WHERE typed_talk.version = :version AND typed_talk.account_id = :actor AND typed_talk.dossier_id IN (SELECT v.id FROM visible_dossier v)`,
		probe(db.Probe{"id": core.ID(7), "fields": nil, "key": "x", "version": 1}))
)

func loadTyped(t *db.Tx, d core.DossierID) (k typed, err error) {
	k, found, err := db.Maybe(t, qTyped, db.Args{"dossier": d}, (*typed).columns)
	if err != nil || !found {
		return k, err
	}
	words, err := t.Open(k.place(d), k.fields)
	if err != nil {
		return k, err
	}
	k.Fields, err = url.ParseQuery(words)
	return k, err
}

func (k typed) place(d core.DossierID) vault.Place { return place(d, "typed_talk", "fields", k.ID) }

// kept says that something was left: more than the day, which the screen fills in.
func (k typed) kept() bool {
	for name, values := range k.Fields {
		if name != "talk_on" && len(values) > 0 {
			return true
		}
	}
	return false
}

// KeepTyped keeps a talk as it is typed. It is never refused for what stands in it; the same sending is done once.
func (s *Service) KeepTyped(ctx context.Context, a authz.Actor, d core.DossierID, fields url.Values, from core.Sending) (at core.Instant, version int, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		k, err := loadTyped(t, d)
		if err != nil {
			return err
		}
		if !from.IsOld(k.Key) {
			k, err = keep(t, d, k, fields, from)
		}
		at, version = k.SavedAt, k.Version
		return err
	})
	return at, version, err
}

// keep stores fields over what is kept, unless another screen kept something that this one has not seen, or nothing says
// which screen this is.
func keep(t *db.Tx, d core.DossierID, k typed, fields url.Values, from core.Sending) (typed, error) {
	if from.Key == "" || !from.MayReplace(k.Version, k.Key) {
		return k, core.Conflict("intake_typed_elsewhere")
	}
	k.ID = idOr(t, k.ID)
	sealed, err := t.Seal(k.place(d), fields.Encode())
	if err != nil {
		return k, err
	}
	n, err := db.Exec(t, qKeepTyped, db.Args{"dossier": d, "id": k.ID, "fields": sealed, "key": from.Key, "version": k.Version})
	if err == nil && n == 0 {
		err = core.Conflict("intake_typed_elsewhere")
	}
	return typed{ID: k.ID, Key: from.Key, SavedAt: t.Now(), Version: k.Version + 1}, err
}

// recorded clears what was typed, now that it is a talk. A talk that was typed on no screen has nothing to clear.
func recorded(t *db.Tx, d core.DossierID, from core.Sending) error {
	if from.Key == "" {
		return nil
	}
	k, err := loadTyped(t, d)
	if err == nil {
		_, err = keep(t, d, k, nil, from)
	}
	return err
}
