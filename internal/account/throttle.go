package account

import (
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
)

// tries are the buckets of one try to sign in. Their keys are hashes: the table names nobody, known or not.
type tries struct {
	known []string // by device, by address
	pair  string
	each  []paced
}

type paced struct {
	key  string
	pace pace
}

// triesOf lists the buckets of somebody at an address, on a device that may be known, trying an account.
func triesOf(email, address, device string) tries {
	t := tries{pair: "pair:" + keptOf(address+"\n"+email)}
	if device != "" {
		t.known = append(t.known, "known:"+keptOf("device\n"+device+"\n"+email))
	}
	t.known = append(t.known, "known:"+keptOf("address\n"+address+"\n"+email))
	t.each = []paced{
		{t.pair, pairPace},
		{"account:" + keptOf(email), accountPace},
		{"address:" + keptOf(address), addressPace},
	}
	return t
}

// admit takes one try, or refuses with the time to wait. Who is known answers to that bucket alone.
func (t tries) admit(tx *db.Tx) error {
	for _, key := range t.known {
		b, found, err := db.Maybe(tx, qBucket, db.Args{"key": key}, bucketDest)
		if err != nil {
			return err
		}
		if found {
			return spend(tx, paced{key, knownPace}, b)
		}
	}
	return admit(tx, t.each...)
}

// admit takes one try out of every bucket, or none.
func admit(tx *db.Tx, all ...paced) error {
	buckets := make([]bucket, len(all))
	for i, p := range all {
		b, _, err := db.Maybe(tx, qBucket, db.Args{"key": p.key}, bucketDest)
		if err != nil {
			return err
		}
		if _, wait := p.pace.take(b, tx.Now()); wait > 0 {
			return tooMany(wait)
		}
		buckets[i] = b
	}
	for i, p := range all {
		if err := spend(tx, p, buckets[i]); err != nil {
			return err
		}
	}
	return nil
}

func spend(tx *db.Tx, p paced, b bucket) error {
	left, wait := p.pace.take(b, tx.Now())
	if wait > 0 {
		return tooMany(wait)
	}
	_, err := db.Exec(tx, xBucket, db.Args{"key": p.key, "tokens": left.tokens})
	return err
}

// welcome remembers the device and the address of somebody who signed in, and forgets the tries before.
func (t tries) welcome(tx *db.Tx) error {
	for _, key := range t.known {
		if _, err := db.Exec(tx, xBucket, db.Args{"key": key, "tokens": knownPace.burst}); err != nil {
			return err
		}
	}
	_, err := db.Exec(tx, xForget, db.Args{"key": t.pair})
	return err
}

func tooMany(wait time.Duration) error {
	return core.Refuse("", "account_too_many", int(wait.Minutes())+1)
}

func bucketDest(b *bucket) []any { return []any{&b.tokens, &b.at} }
