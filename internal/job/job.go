// Package job runs what nobody starts by hand: each job at its own rhythm, once whichever process gets there first, as an
// actor of its own name. It also sends the mail that a change asked for, when the change is kept and not before.
package job

import (
	"context"
	"time"

	"maatje/internal/authz"
)

// Job is something that runs by itself. Run gets an actor that carries the job's name into the log, and is safe to run twice.
type Job struct {
	Name  string // "consent.expire"
	Every time.Duration
	Run   func(ctx context.Context, a authz.Actor) error
	// Always has it run also when the disk is full: what it writes is little, and it is how somebody hears of that.
	Always bool
}

// The rhythms that jobs use.
const (
	Minutely = time.Minute
	Hourly   = time.Hour
	Daily    = 24 * time.Hour
)
