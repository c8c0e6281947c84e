// Package budget counts tries in the database, so that all nodes count together and starting again forgets nothing: signing
// in, codes, recovery codes, invitations. It promises that a guesser runs out, and that running out keeps no owner out who is
// known or has a passkey.
package budget

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/web/pace"
)

const counting = "counts tries; the sign-in itself is logged"

var (
	qBucket = db.Q("account.bucket", authz.Door, `SELECT tokens, at FROM attempt WHERE key = :key`, db.Probe{"key": ""})
	xBucket = db.X("account.count", authz.Door,
		`INSERT INTO attempt (key, tokens, at) VALUES (:key, :tokens, :now)
		ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens, at = excluded.at`,
		db.Probe{"key": "", "tokens": 1.0}).Quiet(counting)
	xForget = db.X("account.forget_tries", authz.Door, `DELETE FROM attempt WHERE key = :key`, db.Probe{"key": ""}).Quiet(counting)
	xOld    = db.X("account.sweep_tries", authz.Works,
		`DELETE FROM attempt WHERE at < :before AND (key NOT LIKE 'known:%' OR at < :long_before)`,
		db.Probe{"before": "", "long_before": ""}).Quiet("buckets that are full again")
)

// The paces of guessing. A pair is one address trying one account; an account is tried from everywhere; an address tries
// everybody. Known is a device or address that signed in to this account before: it answers to its own pace alone, so that
// a guesser elsewhere cannot keep the owner out.
var (
	Pair    = pace.Pace{Burst: 5, Each: time.Minute}
	Account = pace.Pace{Burst: 30, Each: time.Minute}
	Address = pace.Pace{Burst: 60, Each: 10 * time.Second}
	Known   = pace.Pace{Burst: 10, Each: 30 * time.Second}
	Code    = pace.Pace{Burst: 5, Each: time.Minute}
	Start   = pace.Pace{Burst: 10, Each: time.Minute}
	Invited = pace.Pace{Burst: 30, Each: 10 * time.Second} // opening invitations from one address
	Inviter = pace.Pace{Burst: 60, Each: time.Minute}      // making them: each is a mail to somebody
)

// KnownForDays is how long a device that is not used stays known.
const KnownForDays = 180

// One is a bucket and its pace.
type One struct {
	key  string
	pace pace.Pace
}

// Of is the bucket of a kind of try by somebody. Its key is a hash: the table names nobody, known or not.
func Of(kind, who string, p pace.Pace) One { return One{kind + ":" + hashed(who), p} }

// From is the bucket of a kind of try from an address.
func From(kind string, a authz.Actor, p pace.Pace) One {
	return Of(kind, pace.Network(a.Origin().Address), p)
}

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Door is the buckets of one try to sign in.
type Door struct {
	known []One // by device, by address
	pair  One
	each  []One
}

// At lists the buckets of somebody at an address, on a device that may be known, trying the account with this e-mail.
func At(email, address, device string) Door {
	from := pace.Network(address)
	d := Door{pair: Of("pair", from+"\n"+email, Pair)}
	if device != "" {
		d.known = append(d.known, Of("known", "device\n"+device+"\n"+email, Known))
	}
	d.known = append(d.known, Of("known", "address\n"+from+"\n"+email, Known))
	d.each = []One{d.pair, Of("account", email, Account), Of("address", from, Address)}
	return d
}

// Admit takes one try, or refuses with the time to wait. Who is known answers to that bucket alone.
func (d Door) Admit(t *db.Tx) error {
	for _, k := range d.known {
		b, found, err := db.Maybe(t, qBucket, db.Args{"key": k.key}, dest)
		if err != nil {
			return err
		}
		if found {
			return spend(t, k, b)
		}
	}
	return Admit(t, d.each...)
}

// Welcome remembers the device and the address of somebody who signed in, and forgets the tries before.
func (d Door) Welcome(t *db.Tx) error {
	for _, k := range d.known {
		if _, err := db.Exec(t, xBucket, db.Args{"key": k.key, "tokens": Known.Burst}); err != nil {
			return err
		}
	}
	return Forget(t, d.pair)
}

// Admit takes one try out of every bucket, or none.
func Admit(t *db.Tx, all ...One) error {
	buckets := make([]pace.Bucket, len(all))
	for i, o := range all {
		b, _, err := db.Maybe(t, qBucket, db.Args{"key": o.key}, dest)
		if err != nil {
			return err
		}
		if _, wait := o.pace.Take(b, t.Now()); wait > 0 {
			return tooMany(wait)
		}
		buckets[i] = b
	}
	for i, o := range all {
		if err := spend(t, o, buckets[i]); err != nil {
			return err
		}
	}
	return nil
}

// Forget fills a bucket again.
func Forget(t *db.Tx, o One) error {
	_, err := db.Exec(t, xForget, db.Args{"key": o.key})
	return err
}

// Sweep takes away what counts no more.
func Sweep(t *db.Tx) error {
	day := 24 * time.Hour
	_, err := db.Exec(t, xOld, db.Args{"before": t.Now().Add(-day), "long_before": t.Now().Add(-KnownForDays * day)})
	return err
}

func spend(t *db.Tx, o One, b pace.Bucket) error {
	left, wait := o.pace.Take(b, t.Now())
	if wait > 0 {
		return tooMany(wait)
	}
	_, err := db.Exec(t, xBucket, db.Args{"key": o.key, "tokens": left.Tokens})
	return err
}

func tooMany(wait time.Duration) error {
	return core.TooMany(wait, "account_too_many", int(wait.Minutes())+1)
}

func dest(b *pace.Bucket) []any { return []any{&b.Tokens, &b.At} }
