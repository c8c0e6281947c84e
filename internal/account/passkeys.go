package account

import (
	"context"
	"errors"
	"time"

	"maatje/internal/account/budget"
	"maatje/internal/account/passkey"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

// Passkey is one passkey as its owner knows it.
type Passkey struct {
	ID         core.ID
	Name       string
	Made, Used core.Instant
}

// What a browser can be asked for.
const (
	toMake = "make"
	toUse  = "use"
)

const askedFor = 5 * time.Minute

var (
	xAsk = db.X("account.ask_passkey", authz.Door,
		`INSERT INTO ceremony (challenge_hash, account_id, purpose, asked, until_at) VALUES (:challenge, :id, :purpose, :asked, :until)`,
		db.Probe{"challenge": "", "id": core.AccountID(0), "purpose": "", "asked": "", "until": ""}).Quiet("a question to a browser; the answer is logged")
	qAsked = db.Q("account.asked_passkey", authz.Door,
		`SELECT asked, account_id FROM ceremony WHERE challenge_hash = :challenge AND purpose = :purpose AND until_at > :now`,
		db.Probe{"challenge": "", "purpose": ""})
	xAnswered = db.X("account.answered_passkey", authz.Door, `DELETE FROM ceremony WHERE challenge_hash = :challenge`,
		db.Probe{"challenge": ""}).Quiet("a question counts once")

	qMyPasskeys = db.Q("account.my_passkeys", authz.OwnAccount,
		`SELECT id, name, made_at, used_at FROM passkey WHERE account_id = :actor ORDER BY made_at, id`, db.Probe{})
	qMyKeys = db.Q("account.my_passkey_records", authz.OwnAccount,
		`SELECT credential_id, record FROM passkey WHERE account_id = :actor`, db.Probe{})
	xMakePasskey = db.X("account.make_passkey", authz.OwnAccount,
		`INSERT INTO passkey (id, account_id, name, credential_id, record, made_at) VALUES (:id, :actor, :name, :credential, :record, :now)`,
		db.Probe{"id": core.ID(1), "name": "", "credential": "", "record": ""})
	xEndPasskey = db.X("account.end_my_passkey", authz.OwnAccount,
		`DELETE FROM passkey WHERE id = :id AND account_id = :actor`, db.Probe{"id": db.Theirs("passkey")})

	qPasskey = db.CrossQ("account.by_passkey", authz.Door, "signing in: an account whose only role is that of a volunteer who left is none",
		`SELECT p.id, p.record, a.id, a.name, a.email FROM passkey p JOIN account a ON a.id = p.account_id
		WHERE p.credential_id = :credential AND a.ended_at IS NULL AND `+mayEnter, db.Probe{"credential": ""})
	xUsePasskey = db.X("account.use_passkey", authz.Door,
		`UPDATE passkey SET record = :record, used_at = :now WHERE id = :id`, db.Probe{"id": db.Theirs("passkey"), "record": ""})
	xEndIdentities = db.X("account.end_identities", authz.Door, `DELETE FROM provider_identity WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xEndPasskeys   = db.X("account.end_passkeys", authz.Door, `DELETE FROM passkey WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
)

var (
	errPasskeyStale   = core.Refuse("", "account_passkey_stale")
	errPasskeyUnknown = core.Refuse("", "account_passkey_unknown")
	errPasskeyWrong   = core.Refuse("", "account_passkey_wrong")
	errNoPasskeyHere  = core.Refuse("", "account_passkey_not_here")
)

// HasPasskeys says whether browsers can make and use passkeys at the product's address.
func (s *Service) HasPasskeys() bool { return s.place != nil }

// AskForPasskey asks the browser to use a passkey, whosever it is.
func (s *Service) AskForPasskey(ctx context.Context, a authz.Actor) (options []byte, err error) {
	if s.place == nil {
		return nil, errNoPasskeyHere
	}
	q, err := s.place.Use()
	if err != nil {
		return nil, err
	}
	return q.Options, s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := budget.Admit(t, budget.From("asked", a, budget.Address)); err != nil {
			return err
		}
		return ask(t, q, toUse, 0)
	})
}

// AskForNewPasskey asks the browser to make a passkey for who is signed in.
func (s *Service) AskForNewPasskey(ctx context.Context, a authz.Actor) (options []byte, err error) {
	if s.place == nil {
		return nil, errNoPasskeyHere
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		o, err := keysOf(t)
		if err != nil {
			return err
		}
		q, err := s.place.New(o)
		if err != nil {
			return err
		}
		options = q.Options
		return ask(t, q, toMake, o.ID)
	})
	return options, err
}

func ask(t *db.Tx, q passkey.Question, purpose string, id core.AccountID) error {
	return db.Do(t, xAsk, db.Args{"challenge": keptOf(q.Challenge), "id": id, "purpose": purpose, "asked": q.Asked, "until": t.Now().Add(askedFor)})
}

// keysOf is who is signed in, with their passkeys.
func keysOf(t *db.Tx) (o passkey.Owner, err error) {
	m, err := meOf(t)
	if err != nil {
		return o, err
	}
	o = passkey.Owner{ID: m.ID, Name: m.Name, Email: m.Email}
	o.Keys, err = db.All(t, qMyKeys, nil, func(k *passkey.Key) []any { return []any{&k.ID, &k.Record} })
	return o, err
}

type question struct {
	asked   string
	account core.AccountID
}

// answered takes a question that was asked, in a transaction of its own: whatever the answer is worth, it came once.
func (s *Service) answered(ctx context.Context, a authz.Actor, challenge, purpose string) (q question, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		was, found, err := db.Maybe(t, qAsked, db.Args{"challenge": keptOf(challenge), "purpose": purpose}, func(q *question) []any { return []any{&q.asked, &q.account} })
		if err != nil || !found {
			return orElse(err, errPasskeyStale)
		}
		q = was
		return db.Do(t, xAnswered, db.Args{"challenge": keptOf(challenge)})
	})
	return q, err
}

// MakePasskey keeps a new passkey of who is signed in, under the name they gave it.
func (s *Service) MakePasskey(ctx context.Context, a authz.Actor, name, response string) error {
	if f := checkPasskeyName(name); f != nil {
		return f
	}
	if s.place == nil {
		return errNoPasskeyHere
	}
	made, err := passkey.ReadMade(response)
	if err != nil {
		return passkeyFail(err)
	}
	q, err := s.answered(ctx, a, made.Challenge(), toMake)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		o, err := keysOf(t)
		if err == nil && o.ID != q.account {
			err = errPasskeyStale
		}
		if err == nil {
			err = core.Join(checkPasskeys(len(o.Keys)))
		}
		if err != nil {
			return err
		}
		key, err := s.place.Accept(o, q.asked, made)
		if err != nil {
			return passkeyFail(err)
		}
		err = db.Do(t, xMakePasskey, db.Args{"id": db.NewID[core.ID](t), "name": name, "credential": key.ID, "record": key.Record})
		if db.IsDuplicate(err) {
			err = errPasskeyWrong
		}
		if err != nil {
			return err
		}
		return tellChange(t, o.ID)
	})
}

// tellChange mails that somebody's way of signing in changed: who did not do that themselves must hear of it.
func tellChange(t *db.Tx, id core.AccountID) error {
	return job.Queue(t, job.Mail{Key: "account_changed:" + id.String() + ":" + t.Now().String(), Account: id, Template: "account_changed"})
}

// passkeyFail is the sentence for an answer that does not count.
func passkeyFail(err error) error {
	if !errors.Is(err, passkey.ErrAnswer) {
		return err
	}
	f := *errPasskeyWrong
	f.Cause = err
	return &f
}

// EndPasskey ends one passkey of who is signed in, unless it is the only way in that they have.
func (s *Service) EndPasskey(ctx context.Context, a authz.Actor, id core.ID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		w, err := s.waysOf(t)
		if err != nil {
			return err
		}
		if err := db.Do(t, xEndPasskey, db.Args{"id": id}); err != nil { // of somebody else: not found, whatever the ways
			return err
		}
		if f := checkPasskeyGoes(w); f != nil {
			return f
		}
		return tellChange(t, a.Account())
	})
}

// Passkeys lists the passkeys of who is signed in.
func (s *Service) Passkeys(ctx context.Context, a authz.Actor) (all []Passkey, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = db.All(t, qMyPasskeys, nil, func(p *Passkey) []any { return []any{&p.ID, &p.Name, &p.Made, &p.Used} })
		return err
	})
	return all, err
}
