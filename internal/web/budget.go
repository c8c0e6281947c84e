package web

import (
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/pace"
)

// Budgets are how often anybody may ask for pages, far above what people do. They are counted in memory, by each node for
// itself: what must hold over nodes and restarts (signing in) is counted in the database by account.
type Budgets struct {
	address  pace.Keeper // every request from one network; this machine itself, where a proxy may stand, is not counted
	account  pace.Keeper // every request of one account
	searches pace.Keeper // an account's searches, which go while somebody types
	takes    pace.Keeper // an account's sheets and files, and so what leaves the house
}

// NewBudgets makes the budgets that the program has.
func NewBudgets() *Budgets {
	return &Budgets{
		address:  pace.Keeper{Pace: pace.Pace{Burst: 1200, Each: 25 * time.Millisecond}},
		account:  pace.Keeper{Pace: pace.Pace{Burst: 600, Each: 50 * time.Millisecond}},
		searches: pace.Keeper{Pace: pace.Pace{Burst: 240, Each: 500 * time.Millisecond}},
		takes:    pace.Keeper{Pace: pace.Pace{Burst: 30, Each: 30 * time.Second}},
	}
}

// admitAddress takes one request out of the budget of where it comes from.
func (b *Budgets) admitAddress(from authz.Origin, now core.Instant) error {
	if b == nil || pace.IsHere(from.Address) {
		return nil
	}
	return tooMany(b.address.Take(pace.Network(from.Address), now))
}

// admit takes one request out of the budgets of who asks.
func (b *Budgets) admit(a authz.Actor, u authz.Use, now core.Instant) error {
	if b == nil || !a.IsSignedIn() {
		return nil
	}
	who := a.Account().String()
	if err := tooMany(b.account.Take(who, now)); err != nil {
		return err
	}
	switch u {
	case authz.Search:
		return tooMany(b.searches.Take(who, now))
	case authz.Print, authz.Export:
		return tooMany(b.takes.Take(who, now))
	}
	return nil
}

func tooMany(wait time.Duration) error {
	if wait == 0 {
		return nil
	}
	return core.TooMany(wait, "asked_too_often", max(int(wait.Round(time.Second).Seconds()), 1))
}
