package account

import (
	"context"

	"maatje/internal/account/candidate"
	"maatje/internal/account/handover"
	"maatje/internal/account/standin"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
)

var (
	qPeople = db.Q("account.list", authz.Accounts,
		`SELECT a.id, a.name, a.email, a.passphrase_hash = '', a.ended_at, a.signed_in_at, a.version, COALESCE(r.role, '')
		FROM account a LEFT JOIN account_role r ON r.account_id = a.id ORDER BY a.name, a.id`, db.Probe{})
	qPerson = db.Q("account.one", authz.Accounts,
		`SELECT a.id, a.name, a.email, a.passphrase_hash = '', a.ended_at, a.signed_in_at, a.version, COALESCE(r.role, '')
		FROM account a LEFT JOIN account_role r ON r.account_id = a.id WHERE a.id = :id`, db.Probe{"id": db.Theirs("account")})
	qPlacesOf = db.Q("account.municipalities_of", authz.Accounts,
		`SELECT m.name FROM account_municipality am JOIN municipality m ON m.id = am.municipality_id
		WHERE am.account_id = :id ORDER BY m.name_fold`, db.Probe{"id": db.Theirs("account")})
	qFacilitiesOf = db.Q("account.facilities_of", authz.Accounts,
		`SELECT facility_id FROM account_facility WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	qOtherLeaders = db.Q("account.other_leaders", authz.Accounts,
		`SELECT COUNT(*) FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role = 'project_leader' AND a.id <> :id AND a.ended_at IS NULL AND a.passphrase_hash <> ''`, db.Probe{"id": db.Theirs("account")})

	xRename = db.X("account.rename", authz.Accounts,
		`UPDATE account SET name = :name, version = version + 1 WHERE id = :id AND version = :version AND ended_at IS NULL`,
		db.Probe{"id": db.Theirs("account"), "name": "", "version": 1})
	xReaddress = db.X("account.change_address", authz.Accounts,
		`UPDATE account SET email = :email, email_fold = :fold WHERE id = :id AND passphrase_hash = '' AND ended_at IS NULL`,
		db.Probe{"id": db.Theirs("account"), "email": "", "fold": "probe"})
	xTakeRoles  = db.X("account.take_roles", authz.Accounts, `DELETE FROM account_role WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xTakePlaces = db.X("account.take_municipalities", authz.Accounts,
		`DELETE FROM account_municipality WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xTakeFacilities = db.X("account.take_facilities", authz.Accounts,
		`DELETE FROM account_facility WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
	xEnd = db.X("account.end", authz.Accounts,
		`UPDATE account SET ended_at = :now, email_fold = :fold, passphrase_hash = '', totp_secret = NULL, totp_confirmed_at = NULL
		WHERE id = :id AND ended_at IS NULL`, db.Probe{"id": db.Theirs("account"), "fold": ""})
	xEndSessions = db.X("account.end_sessions", authz.Door,
		`DELETE FROM session WHERE account_id = :id`, db.Probe{"id": db.Theirs("account")})
)

type personRow struct {
	Account
	role string
}

func (r *personRow) dest() []any {
	return []any{&r.ID, &r.Name, &r.Email, &r.Invited, &r.Ended, &r.SignedIn, &r.Version, &r.role}
}

// People lists everybody who has or had access, by name.
func (s *Service) People(ctx context.Context, a authz.Actor) (all []Account, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		rows, err := db.All(t, qPeople, nil, (*personRow).dest)
		all = gather(rows)
		return err
	})
	return all, err
}

// gather makes one account of the rows of its roles.
func gather(rows []personRow) (all []Account) {
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1].ID != r.ID {
			all = append(all, r.Account)
		}
		role, _ := authz.ParseRole(r.role)
		all[len(all)-1].Roles |= role
	}
	return all
}

// Person is one account with its places.
func (s *Service) Person(ctx context.Context, a authz.Actor, id core.AccountID) (p Account, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		p, err = personOf(t, id)
		return err
	})
	return p, err
}

func personOf(t *db.Tx, id core.AccountID) (p Account, err error) {
	rows, err := db.All(t, qPerson, db.Args{"id": id}, (*personRow).dest)
	if err == nil && len(rows) == 0 {
		err = core.NotFound()
	}
	if err != nil {
		return p, err
	}
	p = gather(rows)[0]
	if p.Municipalities, err = db.All(t, qPlacesOf, db.Args{"id": id}, func(n *string) []any { return []any{n} }); err != nil {
		return p, err
	}
	p.Facilities, err = db.All(t, qFacilitiesOf, db.Args{"id": id}, func(f *core.ID) []any { return []any{f} })
	return p, err
}

// Facilities lists where an inside coordinator can work.
func (s *Service) Facilities(ctx context.Context, a authz.Actor) (all []facility.Facility, err error) {
	err = s.db.Read(ctx, a, func(t *db.Tx) error {
		all, err = facility.List(t)
		return err
	})
	return all, err
}

// Change gives an account another name, other roles and other places, from its next request on, and another address as long
// as nobody signed in with it. The last project leader stays one. The version is that of the screen it came from.
func (s *Service) Change(ctx context.Context, a authz.Actor, id core.AccountID, version int, n New) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := personOf(t, id)
		if err == nil && p.Ended.IsZero() && p.Version != version {
			err = core.Conflict("account_changed")
		}
		if err != nil {
			return err
		}
		if !p.Invited || n.Email == "" {
			n.Email = p.Email
		}
		if err := core.Join(checkNew(n, n.Email)...); err != nil {
			return err
		}
		if err := checkLeaderStays(t, p, n.Roles); err != nil {
			return err
		}
		if err := db.Do(t, xRename, db.Args{"id": id, "name": n.Name, "version": version}); err != nil {
			return err
		}
		if err := readdress(t, p, n.Email); err != nil {
			return err
		}
		for _, take := range []*db.Query{xTakeRoles, xTakePlaces, xTakeFacilities} {
			if _, err := db.Exec(t, take, db.Args{"id": id}); err != nil {
				return err
			}
		}
		given := n
		if given.Roles, err = candidate.Ask(t, id, p.Roles, n.Roles); err != nil {
			return err
		}
		return give(t, id, given)
	})
}

// readdress gives another address to somebody who never signed in, such as a coordinator whom an import made by name. Links
// that went to the old address are worth nothing any more.
func readdress(t *db.Tx, p Account, email string) error {
	if email == p.Email {
		return nil
	}
	if _, err := db.Exec(t, xEndInvitations, db.Args{"id": p.ID}); err != nil {
		return err
	}
	err := db.Do(t, xReaddress, db.Args{"id": p.ID, "email": email, "fold": foldEmail(email)})
	if db.IsDuplicate(err) {
		err = core.Invalid("email", "account_email_taken")
	}
	return err
}

// checkNew says what is wrong with the roles and places of an account.
func checkNew(n New, email string) []*core.Fail {
	wrong := failsOf(checkPerson(n.Name, email))
	if n.Roles == 0 {
		wrong = append(wrong, core.Invalid("roles", "account_no_role"))
	}
	return append(wrong, needsPlace(n.Roles.Has(authz.OutsideCoordinator), n.Roles.Has(authz.InsideCoordinator), len(n.Municipalities), len(n.Facilities))...)
}

func checkLeaderStays(t *db.Tx, p Account, next authz.Role) error {
	if next.Has(authz.ProjectLeader) || !p.Roles.Has(authz.ProjectLeader) || p.Invited || !p.Ended.IsZero() {
		return nil
	}
	others, err := db.Count(t, qOtherLeaders, db.Args{"id": p.ID})
	if err != nil {
		return err
	}
	return core.Join(checkEnd(true, others))
}

// SignOutPerson ends somebody's sessions, wherever they are; they can sign in again.
func (s *Service) SignOutPerson(ctx context.Context, a authz.Actor, id core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		if _, err := personOf(t, id); err != nil {
			return err
		}
		_, err := db.Exec(t, xEndSessions, db.Args{"id": id})
		return err
	})
}

// coordinator is somebody for whom work may wait.
func coordinator(p Account) handover.Somebody {
	return handover.Somebody{ID: p.ID, Name: p.Name, Roles: p.Roles, Away: p.Invited || !p.Ended.IsZero()}
}

// End takes somebody's access away at once: sessions, invitations, passphrase and second factor. The name stays beside what
// they did, and the address is free for a new account. What waits for a coordinator goes to another one, who must be named.
func (s *Service) End(ctx context.Context, a authz.Actor, id, to core.AccountID) error {
	return s.db.Write(ctx, a, func(t *db.Tx) error {
		p, err := personOf(t, id)
		if err != nil {
			return err
		}
		if err := checkLeaderStays(t, p, 0); err != nil {
			return err
		}
		find := func(to core.AccountID) (handover.Somebody, error) {
			receiver, err := personOf(t, to)
			return coordinator(receiver), err
		}
		if err := handover.Give(t, coordinator(p), to, find); err != nil {
			return err
		}
		if err := db.Do(t, xEnd, db.Args{"id": id, "fold": "ended " + id.String()}); err != nil {
			return err
		}
		if _, err := db.Exec(t, xEndInvitations, db.Args{"id": id}); err != nil {
			return err
		}
		if err := standin.End(t, id); err != nil {
			return err
		}
		return endWays(t, id)
	})
}
