package account

import (
	"context"

	"maatje/internal/account/passkey"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

type keyRow struct {
	id    core.ID
	key   passkey.Key
	owner passkey.Owner
}

func (r *keyRow) dest() []any {
	return []any{&r.id, &r.key.Record, &r.owner.ID, &r.owner.Name, &r.owner.Email}
}

// SignInWithPasskey opens a full session for who has a passkey: their device checked that it is they.
func (s *Service) SignInWithPasskey(ctx context.Context, a authz.Actor, response string, in SignIn) (Entered, error) {
	out, err := s.withPasskey(ctx, a, response, in)
	return out, s.refused(ctx, a, refused.Passkey, 0, err)
}

func (s *Service) withPasskey(ctx context.Context, a authz.Actor, response string, in SignIn) (out Entered, err error) {
	answer, asked, err := s.usedPasskey(ctx, a, response)
	if err != nil {
		return out, err
	}
	return out, s.db.Write(ctx, a, func(t *db.Tx) error {
		owner, err := s.judge(t, asked, answer)
		if err != nil {
			return err
		}
		out, err = Open(t, owner.ID, owner.Email, ByPasskey, in)
		return err
	})
}

// usedPasskey reads the answer of a browser and takes the question that it answers.
func (s *Service) usedPasskey(ctx context.Context, a authz.Actor, response string) (answer passkey.Used, asked string, err error) {
	if s.place == nil {
		return answer, "", errNoPasskeyHere
	}
	if answer, err = passkey.ReadUsed(response); err != nil {
		return answer, "", passkeyFail(err)
	}
	q, err := s.answered(ctx, a, answer.Challenge(), toUse)
	return answer, q.asked, err
}

// judge finds the passkey that was used and holds the answer against it.
func (s *Service) judge(t *db.Tx, asked string, answer passkey.Used) (owner passkey.Owner, err error) {
	row, found, err := db.Maybe(t, qPasskey, db.Args{"credential": answer.Key()}, (*keyRow).dest)
	if err != nil || !found {
		return owner, orElse(err, errPasskeyUnknown)
	}
	row.owner.Keys = []passkey.Key{row.key}
	key, err := s.place.Judge(row.owner, asked, answer)
	if err != nil {
		return owner, passkeyFail(err)
	}
	return row.owner, db.Do(t, xUsePasskey, db.Args{"id": row.id, "record": key.Record})
}
