package account

import (
	"context"

	"maatje/internal/account/budget"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/text"
)

var (
	xLanguage = db.X("account.choose_language", authz.OwnAccount,
		`UPDATE account SET language = :language WHERE id = :actor`, db.Probe{"language": "nl"})
	qMe = db.Q("account.me", authz.OwnAccount,
		`SELECT id, name, email, language, passphrase_hash FROM account WHERE id = :actor`, db.Probe{})
	xMyName = db.X("account.my_name", authz.OwnAccount,
		`UPDATE account SET name = :name, version = version + 1 WHERE id = :actor`, db.Probe{"name": ""})
	qDevices = db.Q("account.my_sessions", authz.OwnAccount,
		`SELECT token_hash, device, address, how, created_at, seen_at FROM session WHERE account_id = :actor AND second_factor = TRUE
		ORDER BY seen_at DESC LIMIT 20`, db.Probe{})
	xEndDevice = db.X("account.end_my_session", authz.OwnAccount,
		`DELETE FROM session WHERE account_id = :actor AND token_hash = :token`, db.Probe{"token": ""})
	xEndOthers = db.X("account.end_my_other_sessions", authz.OwnAccount,
		`DELETE FROM session WHERE account_id = :actor AND token_hash <> :token`, db.Probe{"token": ""})
	xMyPassphrase = db.X("account.my_passphrase", authz.OwnAccount,
		`UPDATE account SET passphrase_hash = :hash WHERE id = :actor`, db.Probe{"hash": ""})
)

type me struct {
	Account
	hash string
}

// Own is the account of who is signed in, and where they are signed in.
func (s *Service) Own(ctx context.Context, a authz.Actor, token string) (p Account, devices []Device, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err := meOf(t)
		if err != nil {
			return err
		}
		p = m.Account
		all, err := db.All(t, qDevices, nil, func(d *Device) []any { return []any{&d.Key, &d.Kind, &d.Address, &d.How, &d.Since, &d.Seen} })
		for _, d := range all {
			d.Here = d.Key == keptOf(token)
			d.Over = !alive(d.Since, d.Seen, t.Now())
			devices = append(devices, d)
		}
		return err
	})
	return p, devices, err
}

func meOf(t *db.Tx) (me, error) {
	return db.One(t, qMe, nil, func(m *me) []any { return []any{&m.ID, &m.Name, &m.Email, &m.Language, &m.hash} })
}

// ChooseLanguage keeps the language of who is signed in; a visitor's lives in the browser alone.
func (s *Service) ChooseLanguage(ctx context.Context, a authz.Actor, l text.Lang) error {
	if !a.IsSignedIn() {
		return nil
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xLanguage, db.Args{"language": l.Tag()}) })
}

// Rename gives who is signed in another name.
func (s *Service) Rename(ctx context.Context, a authz.Actor, name string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		m, err := meOf(t)
		if err == nil {
			err = core.Join(failsOf(checkPerson(name, m.Email))...)
		}
		if err != nil {
			return err
		}
		return db.Do(t, xMyName, db.Args{"name": name})
	})
}

// EndDevice signs somebody out elsewhere. Only their own sessions are found.
func (s *Service) EndDevice(ctx context.Context, a authz.Actor, key string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xEndDevice, db.Args{"token": key}) })
}

// EndOthers signs somebody out everywhere but here; without a token, here as well.
func (s *Service) EndOthers(ctx context.Context, a authz.Actor, token string) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error { return EndElsewhere(t, token) })
}

// prove asks the passphrase of who is signed in once more, before something that a stolen session must not do.
func (s *Service) prove(ctx context.Context, a authz.Actor, in SignIn) (m me, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		if m, err = meOf(t); err != nil {
			return err
		}
		return budget.At(foldEmail(m.Email), a.Origin().Address, in.Device).Admit(t)
	})
	if err != nil {
		return m, s.refused(ctx, a, refused.Proof, 0, err)
	}
	ok, err := s.hashes.Matches(ctx, in.Passphrase, m.hash)
	if err == nil && !ok {
		err = core.Invalid("current", "account_wrong_passphrase")
	}
	return m, s.refused(ctx, a, refused.Proof, 0, err)
}

// proveMore asks the passphrase beside the fresh proof that the page asks for; who keeps none gave all there is.
func (s *Service) proveMore(ctx context.Context, a authz.Actor, in SignIn) (m me, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		m, err = meOf(t)
		return err
	})
	if err != nil || m.hash == phrase.None {
		return m, err
	}
	return s.prove(ctx, a, in)
}

// ChoosePassphrase gives who is signed in another passphrase in place of the one they show, and ends their sessions elsewhere.
func (s *Service) ChoosePassphrase(ctx context.Context, a authz.Actor, in SignIn, next, again string) error {
	m, err := s.prove(ctx, a, in)
	if err != nil {
		return err
	}
	if err := core.Join(phrase.Check(next, m.Email), phrase.Again(next, again)); err != nil {
		return err
	}
	hash, err := s.hashes.Hash(ctx, next)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := db.Do(t, xMyPassphrase, db.Args{"hash": hash}); err != nil {
			return err
		}
		if err := EndElsewhere(t, in.Token); err != nil {
			return err
		}
		return tellChange(t, m.ID)
	})
}

// RenewSecondFactor forgets the second factor of who is signed in and leads them to setting up a new one. All their
// sessions end; this browser gets one that waits for the new code.
func (s *Service) RenewSecondFactor(ctx context.Context, a authz.Actor, in SignIn) (Entered, error) {
	m, err := s.proveMore(ctx, a, in)
	if err != nil {
		return Entered{}, err
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		if err := db.Do(t, xForgetSeed, db.Args{"id": m.ID}); err != nil {
			return err
		}
		if _, err := db.Exec(t, xEndSessions, db.Args{"id": m.ID}); err != nil {
			return err
		}
		return tellChange(t, m.ID)
	})
	if err != nil {
		return Entered{}, err
	}
	in.Email = m.Email
	return s.enter(ctx, a, known{id: m.ID}, in)
}
