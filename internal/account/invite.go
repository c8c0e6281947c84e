package account

import (
	"context"
	"time"

	"maatje/internal/account/budget"
	"maatje/internal/account/candidate"
	"maatje/internal/account/phrase"
	"maatje/internal/account/recovery"
	"maatje/internal/account/refused"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/job"
)

var (
	xInvite = db.X("account.invite", authz.Accounts,
		`INSERT INTO invitation (token_hash, account_id, made_by, made_at, until_at)
		SELECT :token, a.id, :actor, :now, :until FROM account a WHERE a.id = :id AND a.ended_at IS NULL`,
		db.Probe{"token": "", "id": db.Theirs("account"), "until": ""})
	xInviteSelf = db.X("account.invite_self", authz.Door,
		`INSERT INTO invitation (token_hash, account_id, made_by, made_at, until_at)
		SELECT :token, a.id, a.id, :now, :until FROM account a WHERE a.id = :id AND a.ended_at IS NULL`,
		db.Probe{"token": "", "id": db.Theirs("account"), "until": ""})
	xReplaceOwn = db.X("account.replace_own_invitations", authz.Door,
		`UPDATE invitation SET replaced_at = :now WHERE account_id = :id AND used_at IS NULL AND replaced_at IS NULL`, db.Probe{"id": db.Theirs("account")})
	xEndInvitations = db.X("account.end_invitations", authz.Accounts,
		`UPDATE invitation SET replaced_at = :now WHERE account_id = :id AND used_at IS NULL AND replaced_at IS NULL`, db.Probe{"id": db.Theirs("account")})
	qInvitation = db.Q("account.invitation", authz.Door,
		`SELECT a.id, a.name, a.email FROM invitation i JOIN account a ON a.id = i.account_id
		WHERE i.token_hash = :token AND i.used_at IS NULL AND i.replaced_at IS NULL AND i.until_at > :now AND i.made_at <= :latest AND a.ended_at IS NULL`,
		db.Probe{"token": "", "latest": ""})
	qSpentInvitation = db.Q("account.spent_invitation", authz.Door,
		`SELECT i.used_at, i.replaced_at, a.ended_at FROM invitation i JOIN account a ON a.id = i.account_id WHERE i.token_hash = :token`,
		db.Probe{"token": ""})
	xUseInvitation = db.X("account.accept_invitation", authz.Door,
		`UPDATE invitation SET used_at = :now WHERE token_hash = :token AND used_at IS NULL`, db.Probe{"token": ""})
	xForgetSeed = db.X("account.forget_second_factor", authz.Door,
		`UPDATE account SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = 0 WHERE id = :id`,
		db.Probe{"id": db.Theirs("account")})

	// An account made for a volunteer belongs to the one volunteer with that address.
	xLinkVolunteer = db.CrossX("account.link_volunteer", authz.Accounts,
		"who makes the account knows the address and reads nothing of the volunteer",
		`UPDATE volunteer SET account_id = :id, version = version + 1 WHERE account_id IS NULL AND LOWER(email) = :email
			AND 1 = (SELECT COUNT(*) FROM volunteer o WHERE o.account_id IS NULL AND LOWER(o.email) = :email)`,
		db.Probe{"id": db.Theirs("account"), "email": "nobody@example.org"})
)

// Invite makes an account and a link with which its owner chooses a passphrase. The link is shown to who made it, and
// mailed. A project leader waits for a second pair of eyes. A volunteer is invited at the address the programme has.
func (s *Service) Invite(ctx context.Context, a authz.Actor, n New) (id core.AccountID, link string, err error) {
	if err := core.Join(checkNew(n, n.Email)...); err != nil {
		return 0, "", err
	}
	token := newToken()
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		given := n
		given.Roles &^= authz.ProjectLeader
		if id, err = Make(t, given); err != nil {
			return err
		}
		if _, err := candidate.Ask(t, id, 0, n.Roles); err != nil {
			return err
		}
		if n.Roles.Has(authz.Volunteer) {
			if linked, err := db.Exec(t, xLinkVolunteer, db.Args{"id": id, "email": foldEmail(n.Email)}); err != nil || linked == 0 {
				return orElse(err, core.Invalid("email", "account_no_volunteer"))
			}
		}
		return invite(t, id, token)
	})
	return id, s.link(token), err
}

func orElse(err error, other *core.Fail) error {
	if err != nil {
		return err
	}
	return other
}

// InviteAgain makes a new link for somebody who lost the passphrase or the telephone; links made before are worth nothing
// any more. What they have now works until they use it.
func (s *Service) InviteAgain(ctx context.Context, a authz.Actor, id core.AccountID) (link string, err error) {
	token := newToken()
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := db.Exec(t, xEndInvitations, db.Args{"id": id}); err != nil {
			return err
		}
		return invite(t, id, token)
	})
	return s.link(token), err
}

func invite(t *db.Tx, id core.AccountID, token string) error {
	if err := budget.Admit(t, budget.Of("inviter", t.Actor().Account().String(), budget.Inviter)); err != nil {
		return err
	}
	err := db.Do(t, xInvite, db.Args{"token": keptOf(token), "id": id, "until": t.Now().Add(invitedFor)})
	if err != nil {
		return err
	}
	return job.Queue(t, job.Mail{Key: "invitation:" + keptOf(token), Account: id, Template: "invitation", Link: invitationPath + token})
}

// invitationPath is where a secret leads to.
const invitationPath = "/invitation/"

func (s *Service) link(token string) string { return s.Base + invitationPath + token }

// InviteSelf makes an invitation that its owner uses at once, and that is mailed to nobody. Earlier ones end.
func InviteSelf(t *db.Tx, id core.AccountID, token string, lasts time.Duration) error {
	if _, err := db.Exec(t, xReplaceOwn, db.Args{"id": id}); err != nil {
		return err
	}
	return db.Do(t, xInviteSelf, db.Args{"token": keptOf(token), "id": id, "until": t.Now().Add(lasts)})
}

// Invited finds whom an invitation is for. One that is used, ended or older than seven days is not found.
func (s *Service) Invited(ctx context.Context, a authz.Actor, token string) (p Account, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err = invitedOf(t, token)
		return err
	})
	return p, err
}

func invitedOf(t *db.Tx, token string) (Account, error) { return invitedBy(t, keptOf(token)) }

func invitedBy(t *db.Tx, kept string) (Account, error) {
	return db.One(t, qInvitation, db.Args{"token": kept, "latest": t.Now().Add(clockDrift)},
		func(p *Account) []any { return []any{&p.ID, &p.Name, &p.Email} })
}

// Spent says why an invitation is worth nothing: a code of [codes invitation_over]. Only who has its secret can ask.
func (s *Service) Spent(ctx context.Context, a authz.Actor, token string) (why string, err error) {
	err = s.db.Write(ctx, a, func(t *db.Tx) error { return budget.Admit(t, budget.From("invited", a, budget.Invited)) })
	if err == nil {
		err = s.told.Note(ctx, a, refused.Invitation, 0)
	}
	if err != nil {
		return "", s.refused(ctx, a, refused.Invitation, 0, err)
	}
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		i, found, err := db.Maybe(t, qSpentInvitation, db.Args{"token": keptOf(token)}, (*spentInvitation).dest)
		why = i.why(found)
		return err
	})
	return why, err
}

type spentInvitation struct{ used, replaced, ended core.Instant }

func (i *spentInvitation) dest() []any { return []any{&i.used, &i.replaced, &i.ended} }

func (i spentInvitation) why(found bool) string {
	switch {
	case !found:
		return "unknown"
	case !i.ended.IsZero():
		return "ended"
	case !i.used.IsZero():
		return "used"
	case !i.replaced.IsZero():
		return "replaced"
	}
	return "old"
}

// Accept gives the invited their passphrase and signs them in as far as the second factor, which is new. Every session the
// account had ends: it may have been somebody else's.
func (s *Service) Accept(ctx context.Context, a authz.Actor, token, passphrase, again string, from SignIn) (Entered, error) {
	p, err := s.Invited(ctx, a, token)
	if err != nil {
		return Entered{}, err
	}
	if err := core.Join(phrase.Check(passphrase, p.Email), phrase.Again(passphrase, again)); err != nil {
		return Entered{}, err
	}
	hash, err := s.hashes.Hash(ctx, passphrase)
	if err != nil {
		return Entered{}, err
	}
	err = s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := invitedOf(t, token); err != nil {
			return err
		}
		if err := db.Do(t, xUseInvitation, db.Args{"token": keptOf(token)}); err != nil {
			return err
		}
		if err := db.Do(t, xPassphrase, db.Args{"id": p.ID, "hash": hash}); err != nil {
			return err
		}
		return startOver(t, p.ID)
	})
	if err != nil {
		return Entered{}, err
	}
	from.Email = p.Email
	return s.enter(ctx, a, known{id: p.ID}, from)
}

// startOver forgets every way in beside the passphrase, and ends every session.
func startOver(t *db.Tx, id core.AccountID) error {
	if err := db.Do(t, xForgetSeed, db.Args{"id": id}); err != nil {
		return err
	}
	return endWays(t, id)
}

// endWays ends every passkey, identity elsewhere, recovery code and session.
func endWays(t *db.Tx, id core.AccountID) error {
	if err := recovery.Forget(t, id); err != nil {
		return err
	}
	for _, x := range []*db.Query{xEndPasskeys, xEndIdentities, xEndSessions} {
		if _, err := db.Exec(t, x, db.Args{"id": id}); err != nil {
			return err
		}
	}
	return nil
}
