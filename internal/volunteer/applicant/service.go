package applicant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"maatje/internal/account/budget"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
	"maatje/internal/setting"
	"maatje/internal/task"
	"maatje/internal/vault"
	"maatje/internal/volunteer"
	"maatje/internal/web/pace"
)

// visitors is how often one address may apply: a whole village hall may share one after an evening about the programme.
var visitors = pace.Pace{Burst: 10, Each: 6 * time.Minute}

// Service takes applications in.
type Service struct {
	db     *db.DB
	random io.Reader
}

// NewService makes the service. Codes and form tokens are made of random.
func NewService(d *db.DB, random io.Reader) *Service { return &Service{d, random} }

// Receive takes an application in (VOL-1). The same form sent twice, with the same words in it, is one application.
func (s *Service) Receive(ctx context.Context, a authz.Actor, in Application, token string) (out Received, err error) {
	if err := check(in, volunteer.Days()); err != nil {
		return out, err
	}
	key := onceKey(token, in)
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		chosen, err := setting.Load(t)
		if err != nil {
			return err
		}
		code, found, err := db.Maybe(t, qByToken, db.Args{"token": key}, func(c *string) []any { return []any{c} })
		if err == nil && !found {
			code, err = s.record(t, in, key, chosen.ApplicationWorkdays)
		}
		out = Received{code, chosen.ApplicationWorkdays}
		return err
	})
	return out, err
}

// onceKey tells one sending from another: the form's token and everything in it.
func onceKey(token string, in Application) string {
	h := sha256.New()
	for _, part := range []string{token, in.Name, in.Email, in.Phone, in.Municipality, in.Words, strings.Join(in.Kinds, ","), in.Languages, strings.Join(in.Days, ",")} {
		_, _ = io.WriteString(h, strconv.Itoa(len(part))+":"+part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (s *Service) record(t *db.Tx, in Application, key string, workdays int) (code string, err error) {
	if err := budget.Admit(t, budget.From("apply", t.Actor(), visitors)); err != nil {
		return "", err
	}
	if code, err = core.NewCode(s.random); err != nil {
		return "", err
	}
	one, err := find(t, in)
	if err == nil && !one.found {
		one, err = insert(t, in)
	}
	if err != nil {
		return "", err
	}
	before := answerBefore(t.Now(), workdays)
	if err := keep(t, one.id, in, code, key, before); err != nil {
		return "", err
	}
	return code, ask(t, one, before)
}

// find looks for somebody with the same address. Who has none is new.
func find(t *db.Tx, in Application) (known, error) {
	email := strings.ToLower(in.Email)
	if email == "" {
		return known{}, nil
	}
	k, found, err := db.Maybe(t, qKnown, db.Args{"email": email}, func(k *known) []any { return []any{&k.id, &k.municipality, &k.facility} })
	k.found = found
	return k, err
}

func insert(t *db.Tx, in Application) (k known, err error) {
	place, _, err := facility.FindMunicipality(t, in.Municipality)
	if err != nil {
		return k, err
	}
	k.id, k.municipality = db.NewID[core.VolunteerID](t), place.ID
	err = db.Do(t, xVolunteer, db.Args{
		"id": k.id, "name": in.Name, "fold": db.Fold(in.Name), "email": in.Email, "phone": in.Phone, "municipality": k.municipality, "languages": in.Languages,
		"days": strings.Join(in.Days, ","),
	})
	for _, kind := range slices.Compact(slices.Sorted(slices.Values(in.Kinds))) {
		if err == nil {
			err = db.Do(t, xKind, db.Args{"whose": k.id, "kind": kind})
		}
	}
	if err == nil {
		err = db.Do(t, xHistory, db.Args{"id": db.NewID[core.ID](t), "whose": k.id})
	}
	return k, err
}

func keep(t *db.Tx, whose core.VolunteerID, in Application, code, key string, before core.Instant) error {
	if err := t.NewOwner(whose.Int64()); err != nil {
		return err
	}
	id := db.NewID[core.ID](t)
	words, err := t.Seal(vault.Place{Table: "application", Column: "words", Row: id.Int64(), Owner: whose.Int64()}, in.Words)
	if err != nil {
		return err
	}
	return db.Do(t, xApplication, db.Args{"id": id, "whose": whose, "code": code, "before": before, "town": in.Municipality, "token": key, "words": words})
}

// ask puts it on the list of who looks after the place.
func ask(t *db.Tx, k known, before core.Instant) error {
	ofTown, err := who(t, qOfMunicipality, db.Args{"place": k.municipality})
	if err != nil {
		return err
	}
	ofPrison, err := who(t, qOfFacility, db.Args{"place": k.facility})
	if err != nil {
		return err
	}
	leader, err := who(t, qLeader, db.Args{})
	if err != nil {
		return err
	}
	to := assign(ofTown, ofPrison, leader)
	if to.IsZero() {
		return nil
	}
	return task.Open(t, volunteer.ApplicationTask(k.id, to, before))
}
