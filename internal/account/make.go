package account

import (
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/facility"
)

// New is an account to be made.
type New struct {
	Name, Email    string
	Roles          authz.Role
	Language       string   // "nl" when empty
	Municipalities []string // by name; new ones are made
	Facilities     []core.ID
	Imported       bool // made by an import, by name: nobody signs in with it yet
}

var (
	xMake = db.X("account.make", authz.Accounts,
		`INSERT INTO account (id, email, email_fold, name, language, created_at, imported)
		VALUES (:id, :email, :fold, :name, :language, :now, :imported)`,
		db.Probe{"id": db.Theirs("account"), "email": "", "fold": "", "name": "", "language": "", "imported": false})
	xGiveRole = db.X("account.give_role", authz.Accounts,
		`INSERT INTO account_role (account_id, role) VALUES (:id, :role)`, db.Probe{"id": db.Theirs("account"), "role": ""})
	xGivePlace = db.X("account.give_municipality", authz.Accounts,
		`INSERT INTO account_municipality (account_id, municipality_id) VALUES (:id, :municipality)`,
		db.Probe{"id": db.Theirs("account"), "municipality": db.Theirs("municipality")})
	xGiveFacility = db.X("account.give_facility", authz.Accounts,
		`INSERT INTO account_facility (account_id, facility_id) VALUES (:id, :facility)`,
		db.Probe{"id": db.Theirs("account"), "facility": db.Theirs("facility")})
	xPassphrase = db.X("account.choose_passphrase", authz.Door,
		`UPDATE account SET passphrase_hash = :hash WHERE id = :id`, db.Probe{"id": db.Theirs("account"), "hash": ""})
)

// Make makes an account that nobody can sign in to yet. Who has the address already is refused.
func Make(t *db.Tx, n New) (core.AccountID, error) {
	if err := checkPerson(n.Name, n.Email); err != nil {
		return 0, err
	}
	id := db.NewID[core.AccountID](t)
	if n.Language == "" {
		n.Language = "nl"
	}
	err := db.Do(t, xMake, db.Args{"id": id, "email": n.Email, "fold": foldEmail(n.Email), "name": n.Name,
		"language": n.Language, "imported": n.Imported})
	if db.IsDuplicate(err) {
		err = core.Invalid("email", "account_email_taken")
	}
	if err == nil {
		err = give(t, id, n)
	}
	return id, err
}

// give adds the roles and places of an account.
func give(t *db.Tx, id core.AccountID, n New) error {
	for _, role := range n.Roles.Codes() {
		if err := db.Do(t, xGiveRole, db.Args{"id": id, "role": role}); err != nil {
			return err
		}
	}
	given := map[core.ID]bool{}
	for _, name := range n.Municipalities {
		place, err := facility.Municipality(t, name)
		if err != nil {
			return err
		}
		if given[place] {
			continue
		}
		given[place] = true
		if err := db.Do(t, xGivePlace, db.Args{"id": id, "municipality": place}); err != nil {
			return err
		}
	}
	for _, place := range n.Facilities {
		if err := db.Do(t, xGiveFacility, db.Args{"id": id, "facility": place}); err != nil {
			return err
		}
	}
	return nil
}
