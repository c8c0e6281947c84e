package owndata

import (
	"strconv"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

var (
	qApplied = db.Q("owndata.applications", authz.Care, `SELECT a.id, v.id, a.received_at, a.municipality_name, a.words
		FROM visible_volunteer v JOIN application a ON a.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY a.received_at, a.id`, db.Probe{})
	qPromised = db.Q("owndata.signatures", authz.Profile, `SELECT s.signed_at, s.typed_name, c.number
		FROM visible_volunteer v JOIN confidentiality_signature s ON s.volunteer_id = v.id JOIN confidentiality c ON c.id = s.confidentiality_id
		WHERE v.account_id = :actor ORDER BY s.signed_at, s.id`, db.Probe{})
)

// start is what somebody wrote and signed before they began. What others said and wrote of them is discussed with them (PRV-4).
func (w *worker) start() (all []Entry) {
	type application struct {
		id, whose core.ID
		at        core.Instant
		town      string
		words     []byte
	}
	for _, a := range rows(w.opener, qApplied, nil, func(a *application) []any { return []any{&a.id, &a.whose, &a.at, &a.town, &a.words} }) {
		place := vault.Place{Table: "application", Column: "words", Row: a.id.Int64(), Owner: a.whose.Int64()}
		all = append(all, Entry{moment(w.l, "asked", a.at), words("town", a.town), words("why", w.openPlace(place, a.words))})
	}
	type signature struct {
		at     core.Instant
		name   string
		number int
	}
	for _, s := range rows(w.opener, qPromised, nil, func(s *signature) []any { return []any{&s.at, &s.name, &s.number} }) {
		all = append(all, Entry{moment(w.l, "agreed", s.at), words("name", s.name), words("number", strconv.Itoa(s.number))})
	}
	return all
}
