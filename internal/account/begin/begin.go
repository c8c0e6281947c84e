// Package begin lets somebody begin, and begin again: with a passkey and a list of codes on paper from an invitation, back in
// with one of those codes when the passkey is lost, and with a passphrase beside the passkeys. It promises that nobody ever
// gets in with one factor: a code on paper opens what an invitation opens, and a passphrase counts from the moment that the
// codes of an app stand beside it.
package begin

import (
	"time"

	"maatje/internal/account"
	"maatje/internal/db"
)

// Service lets people begin.
type Service struct {
	db       *db.DB
	accounts *account.Service
}

// NewService makes the service.
func NewService(d *db.DB, accounts *account.Service) *Service { return &Service{d, accounts} }

// toBegin is what a browser is asked for: a passkey to begin with.
const toBegin = "begin"

// backFor is how long who came back with a code on paper has to choose how they sign in from now on.
const backFor = 15 * time.Minute
