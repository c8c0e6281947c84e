package demo

import (
	"maatje/internal/authz"
	"maatje/internal/db"
)

var (
	xMunicipality = db.X("demo.add_municipality", authz.Directory,
		`INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :fold)`,
		db.Probe{"id": db.Ours("municipality"), "name": "n", "fold": "n"})
	xFacility = db.X("demo.add_facility", authz.Directory,
		`INSERT INTO facility (id, name, name_fold, town, kind, holds) VALUES (:id, :name, :fold, :town, :kind, :holds)`,
		db.Probe{"id": db.Ours("facility"), "name": "n", "fold": "n", "town": "", "kind": "", "holds": ""})
	xAccount = db.X("demo.add_account", authz.Accounts,
		`INSERT INTO account (id, email, email_fold, name, created_at, signed_in_at) VALUES (:id, :email, :email, :name, :now, :seen)`,
		db.Probe{"id": db.Ours("account"), "email": "e", "name": "n", "seen": nil})
	xRole = db.X("demo.add_role", authz.Accounts,
		`INSERT INTO account_role (account_id, role) VALUES (:account, :role)`,
		db.Probe{"account": db.Ours("account"), "role": "volunteer"})
	xWorksIn = db.X("demo.add_account_municipality", authz.Accounts,
		`INSERT INTO account_municipality (account_id, municipality_id) VALUES (:account, :municipality)`,
		db.Probe{"account": db.Ours("account"), "municipality": db.Ours("municipality")})
	xWorksAt = db.X("demo.add_account_facility", authz.Accounts,
		`INSERT INTO account_facility (account_id, facility_id) VALUES (:account, :facility)`,
		db.Probe{"account": db.Ours("account"), "facility": db.Ours("facility")})
)
