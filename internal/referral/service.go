package referral

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/netip"
	"strconv"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
	"maatje/internal/setting"
	"maatje/internal/task"
)

// Intakes opens the intake of a dossier. Package intake is it; app wires it.
type Intakes interface {
	OpenFor(t *db.Tx, dossier core.DossierID, referral core.ID, coordinator core.AccountID) (core.ID, error)
}

// Service takes referrals in and lets them be answered.
type Service struct {
	db      *db.DB
	random  io.Reader
	intakes Intakes
}

// NewService makes the capability. Codes and form tokens are made of random.
func NewService(d *db.DB, random io.Reader, intakes Intakes) *Service {
	return &Service{db: d, random: random, intakes: intakes}
}

// Received is what came of sending a referral in.
type Received struct {
	ID   core.ID
	Code string
}

// Receive takes a referral in (REF-1, REF-2). The same form sent twice, with the same words in it, is one referral.
func (s *Service) Receive(ctx context.Context, a authz.Actor, in Referral, token string) (Received, error) {
	if err := check(in, s.db.Now().Date()); err != nil {
		return Received{}, err
	}
	key := onceKey(token, in)
	var out Received
	err := s.db.Write(ctx, a, func(t *db.Tx) error {
		var found bool
		var err error
		if key != "" {
			out, found, err = db.Maybe(t, qByToken, db.Args{"token": key}, func(r *Received) []any { return []any{&r.ID, &r.Code} })
		}
		if err != nil || found {
			return err
		}
		if err := spend(t); err != nil {
			return err
		}
		out, err = s.record(t, in, key)
		return err
	})
	return out, err
}

// onceKey is what tells one sending from another: the form's token and everything in it, so that a form which is corrected
// and sent again loses no word.
func onceKey(token string, in Referral) string {
	if token == "" {
		return ""
	}
	h := sha256.New()
	for _, part := range append(in.texts(), token) {
		_, _ = io.WriteString(h, strconv.Itoa(len(part))+":"+part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (r Referral) texts() []string {
	out := []string{r.Channel, r.Referrer, r.Organisation, r.Phone, r.Email, r.MunicipalityName, r.FacilityName, r.Parent.Name, r.Parent.Birth.String(),
		r.Parent.Sex, r.Caregiver, r.CaregiverRelation, r.CaregiverPhone, r.Words}
	for _, c := range r.Children {
		out = append(out, c.Name, c.Birth.String(), c.Sex)
	}
	return out
}

// spend takes one out of the visitor's budget; who is signed in has no need of one.
func spend(t *db.Tx) error {
	if t.Actor().IsSignedIn() || t.Actor().IsSystem() {
		return nil
	}
	type bucket struct {
		tokens float64
		at     core.Instant
	}
	key := "refer:" + neighbourhood(t.Actor().Origin().Address)
	b, _, err := db.Maybe(t, qBucket, db.Args{"key": key}, func(b *bucket) []any { return []any{&b.tokens, &b.at} })
	if err != nil {
		return err
	}
	left, err := visitorBudget.take(b.tokens, b.at, t.Now())
	if err != nil {
		return err
	}
	_, err = db.Exec(t, qSpend, db.Args{"key": key, "tokens": left})
	return err
}

// neighbourhood is an address as one household or office has it: all of an IPv4 address, half of an IPv6 address. It is
// kept as a hash.
func neighbourhood(address string) string {
	if ip, err := netip.ParseAddr(address); err == nil && ip.Is6() && !ip.Is4In6() {
		if p, err := ip.Prefix(64); err == nil {
			address = p.String()
		}
	}
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:8])
}

func (s *Service) record(t *db.Tx, in Referral, key string) (out Received, err error) {
	in.ID = db.NewID[core.ID](t)
	if in.Code, err = core.NewCode(s.random); err != nil {
		return out, err
	}
	if err = find(t, &in); err != nil {
		return out, err
	}
	if in.Coordinator, err = coordinatorFor(t, in); err != nil {
		return out, err
	}
	chosen, err := setting.Load(t)
	if err != nil {
		return out, err
	}
	in.AnswerBefore = answerBefore(t.Now(), chosen.ReferralWorkdays)
	if err = insert(t, in, key); err != nil {
		return out, err
	}
	return Received{in.ID, in.Code}, openTasks(t, in, chosen.KindcheckDays)
}

func insert(t *db.Tx, in Referral, key string) error {
	if err := t.NewOwner(in.ID.Int64()); err != nil {
		return err
	}
	words, err := t.Seal(placeOf(in.ID, "words"), in.Words)
	if err != nil {
		return err
	}
	args := in.args()
	args["words"], args["token"] = words, nil
	if key != "" {
		args["token"] = key
	}
	if err := db.Do(t, qInsert, args); err != nil {
		return err
	}
	for _, c := range in.Children {
		if err := db.Do(t, qInsertChild, db.Args{"id": db.NewID[core.ID](t), "referral": in.ID, "name": c.Name, "fold": db.Fold(c.Name), "birth": c.Birth, "sex": c.Sex}); err != nil {
			return err
		}
	}
	return nil
}

// find looks up what was typed in the directory. A name that is not there stays as typed until a coordinator takes it on.
func find(t *db.Tx, in *Referral) error {
	m, _, err := facility.FindMunicipality(t, in.MunicipalityName)
	if err != nil {
		return err
	}
	f, _, err := facility.Find(t, in.FacilityName)
	in.Municipality, in.Facility = m.ID, f.ID
	return err
}

func coordinatorFor(t *db.Tx, in Referral) (core.AccountID, error) {
	ofMunicipality, err := whoCovers(t, qOfMunicipality, db.Args{"municipality": in.Municipality})
	if err != nil {
		return 0, err
	}
	ofFacility, err := whoCovers(t, qOfFacility, db.Args{"facility": in.Facility})
	if err != nil {
		return 0, err
	}
	leader, err := whoCovers(t, qLeader, db.Args{})
	return assign(ofMunicipality, ofFacility, leader), err
}

func whoCovers(t *db.Tx, q *db.Query, args db.Args) (core.AccountID, error) {
	a, _, err := db.Maybe(t, q, args, func(a *core.AccountID) []any { return []any{a} })
	return a, err
}

// openTasks puts the answer on the coordinator's worklist, and after a child check the question how the children are.
func openTasks(t *db.Tx, r Referral, kindcheckDays int) error {
	if r.Coordinator.IsZero() {
		return nil
	}
	answer := task.Task{Key: answerKey(r.ID), Account: r.Coordinator, Kind: answerTask, Urgency: task.Normal, Due: r.AnswerBefore, Referral: r.ID}
	if err := task.Open(t, answer); err != nil || r.Channel != kindcheck {
		return err
	}
	due := kindcheckDue(t.Now(), kindcheckDays)
	return task.Open(t, task.Task{Key: kindcheckKey(r.ID), Account: r.Coordinator, Kind: kindcheckTask, Urgency: task.Normal,
		Due: due, ShowFrom: core.At(due.Time().AddDate(0, 0, -2)), Referral: r.ID})
}
