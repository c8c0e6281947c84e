// Package account knows who may sign in, as what and where: passphrases, second factors and sessions, invitations, standing
// in for somebody, and breaking the glass. It promises that a stolen table signs nobody in (only hashes of passphrases and
// tokens are kept), that nobody learns who has an account, and that guessing slows the guesser and not the owner.
package account

import (
	"cmp"
	"context"
	"sync"
	"sync/atomic"

	"maatje/internal/account/passkey"
	"maatje/internal/account/phrase"
	"maatje/internal/account/refused"
	"maatje/internal/account/standin"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// Config is what the program knows and this package cannot.
type Config struct {
	Demo   bool   // everybody is invented: one click signs in, without passphrase and second factor
	Secure bool   // served over TLS: cookies say so
	Base   string // the product's own address, for links: "https://maatje.example"
	Hash   uint32 // KiB that a hash takes; none is phrase.Memory. Tests of something else make it cheap.
}

// Service signs people in and keeps their accounts. It implements web.Sessions.
type Service struct {
	db       *db.DB
	hashes   *phrase.Hasher
	told     *refused.Keeper
	standing *standin.Service
	place    *passkey.Place // nil where browsers know no passkeys
	Config

	provider string      // how people know the organisation's own way in, when there is one
	started  atomic.Bool // somebody can sign in: the first-start page is gone for good
	start    struct {
		sync.Mutex
		code string
	}
}

// NewService makes the service.
func NewService(d *db.DB, c Config) *Service {
	return &Service{db: d, told: refused.NewKeeper(d), standing: standin.NewService(d), hashes: phrase.New(cmp.Or(c.Hash, phrase.Memory)), place: passkey.At(c.Base), Config: c}
}

// Refusals keeps on record what the door refuses.
func (s *Service) Refusals() *refused.Keeper { return s.told }

// refused puts a refusal on record, and gives it back: at whose door it was is known, or nobody's.
func (s *Service) refused(ctx context.Context, a authz.Actor, kind refused.Kind, at core.AccountID, err error) error {
	return refusedBy(kind, err, func(kind refused.Kind) error { return s.told.Note(ctx, a, kind, at) })
}

// RefusedAt is that for an address typed at the door, whether it is known or not.
func (s *Service) RefusedAt(ctx context.Context, a authz.Actor, kind refused.Kind, at core.AccountID, email string, err error) error {
	return refusedBy(kind, err, func(kind refused.Kind) error { return s.told.NoteAt(ctx, a, kind, at, foldEmail(email)) })
}

func refusedBy(kind refused.Kind, err error, note func(refused.Kind) error) error {
	switch fail, _ := core.AsFail(err); {
	case fail == nil || fail.Kind == core.KindNotFound || fail.Kind == core.KindBusy:
		return err
	case fail.Kind == core.KindTooMany:
		kind = refused.TooMany
	}
	if failed := note(kind); failed != nil {
		return failed
	}
	return err
}

// Account is somebody who may sign in, with what they do and where.
type Account struct {
	ID             core.AccountID
	Name, Email    string
	Language       string
	Roles          authz.Role
	Municipalities []string
	Facilities     []core.ID
	Ended          core.Instant
	Invited        bool         // has not begun yet
	SignedIn       core.Instant // the last time; zero is never
	Version        int
}

// Device is one place where somebody is signed in, as they recognise it.
type Device struct {
	Key     string // the hash under which the session is kept; it signs nobody in
	Kind    string // a code of [codes device]
	Address string
	How     string // a code of [codes session_how]
	Since   core.Instant
	Seen    core.Instant
	Here    bool // the one that asks
	Over    bool // it signs nobody in any more; it is shown for a while, so that a stranger's is noticed
}
