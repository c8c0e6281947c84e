package trajectory

import (
	"maatje/internal/core"
	"maatje/internal/db"
)

// sealed is text as the database keeps it, on its way to be opened.
type sealed struct {
	row  core.ID
	text []byte
}

func readCheckpoints(t *db.Tx, x Trajectory) ([]Checkpoint, error) {
	type row struct {
		Checkpoint
		words, why []byte
	}
	rows, err := db.All(t, qCheckpoints, x.args(nil), func(r *row) []any { return []any{&r.ID, &r.Kind, &r.DueOn, &r.HeldOn, &r.words, &r.why} })
	out := make([]Checkpoint, len(rows))
	for i, r := range rows {
		out[i] = r.Checkpoint
		if out[i].Words, err = t.Open(place("checkpoint", "words", r.ID.Int64(), x.Dossier), r.words); err != nil {
			return nil, err
		}
		if out[i].Why, err = t.Open(place("checkpoint", "why", r.ID.Int64(), x.Dossier), r.why); err != nil {
			return nil, err
		}
	}
	return out, err
}

func readExtensions(t *db.Tx, x Trajectory) ([]Extension, error) {
	type row struct {
		Extension
		sealed
	}
	rows, err := db.All(t, qExtensions, x.args(nil), func(r *row) []any { return []any{&r.row, &r.At, &r.OldEnd, &r.NewEnd, &r.Reason, &r.text} })
	out := make([]Extension, len(rows))
	for i, r := range rows {
		out[i] = r.Extension
		if out[i].Words, err = t.Open(place("extension", "words", r.row.Int64(), x.Dossier), r.text); err != nil {
			return nil, err
		}
	}
	return out, err
}

func readChoices(t *db.Tx, x Trajectory) ([]ReleaseChoice, error) {
	type row struct {
		ReleaseChoice
		words []byte
	}
	rows, err := db.All(t, qChoices, x.args(nil), func(r *row) []any { return []any{&r.ID, &r.Detention, &r.AskedAt, &r.Choice, &r.DecidedAt, &r.words} })
	out := make([]ReleaseChoice, len(rows))
	for i, r := range rows {
		out[i] = r.ReleaseChoice
		if out[i].Words, err = t.Open(place("release_choice", "words", r.ID.Int64(), x.Dossier), r.words); err != nil {
			return nil, err
		}
	}
	return out, err
}

func readAftercare(t *db.Tx, x Trajectory) ([]Aftercare, error) {
	return db.All(t, qAftercare, x.args(nil), func(c *Aftercare) []any { return []any{&c.ID, &c.TakenBy, &c.Contact, &c.From, &c.Until} })
}

func readEndWords(t *db.Tx, x Trajectory) (string, error) {
	words, _, err := db.Maybe(t, qEndWords, x.args(nil), func(b *[]byte) []any { return []any{b} })
	if err != nil {
		return "", err
	}
	return t.Open(place("trajectory", "end_words", x.ID.Int64(), x.Dossier), words)
}

func readVisits(t *db.Tx, f *File) error {
	type row struct {
		count, minutes int
		last           core.Instant
	}
	v, _, err := db.Maybe(t, qVisits, f.args(nil), func(r *row) []any { return []any{&r.count, &r.last, &r.minutes} })
	f.Visits, f.Minutes, f.LastVisit = v.count, v.minutes, v.last.Date()
	return err
}
