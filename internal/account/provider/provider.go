// Package provider lets people sign in through their organisation's own provider, where there is one. It promises that nobody
// gets in by an e-mail address or by what a provider says of roles: a person is the pair of issuer and subject that they linked
// themselves, once, while signed in or through their invitation. Ending an account here ends it, whatever the provider says.
package provider

import (
	"crypto/rand"

	"maatje/internal/account"
	"maatje/internal/account/oidc"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Service signs people in through a provider, when there is one.
type Service struct {
	db       *db.DB
	accounts *account.Service
	at       *oidc.Provider // nil: there is none, and its pages are not there
}

// NewService makes the service, without a provider.
func NewService(d *db.DB, accounts *account.Service) *Service {
	return &Service{db: d, accounts: accounts}
}

// Use offers a provider. It comes before the first request.
func (s *Service) Use(p *oidc.Provider) {
	s.at = p
	s.accounts.OfferProvider(p.Name)
}

// Identity is who somebody is at the provider, as they see it.
type Identity struct {
	ID           core.ID
	Linked, Used core.Instant
}

// purpose is why somebody was sent to the provider.
type purpose string

const (
	toEnter  purpose = "provider_enter"
	toProve  purpose = "provider_prove"
	toLink   purpose = "provider_link"
	toAccept purpose = "provider_accept"
)

// asked is what is kept while somebody is at the provider. It signs nobody in.
type asked struct {
	Purpose    purpose
	Account    core.AccountID // who asked, when signed in
	Next       string
	Invitation string // the kept half of its secret
	At         core.Instant
}

// secret is what only one browser has, or what only one asking has.
func secret() string { return rand.Text() + rand.Text() }
