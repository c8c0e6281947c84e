package job

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// Everybody comes twice, as rows that are joined to several others do.
var qEverybody = db.Q("job_test.everybody", authz.Accounts, `SELECT a.id FROM account a CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) twice
	WHERE a.id > :after AND a.id <= :upto ORDER BY a.id LIMIT :limit`, db.Probe{"after": 0, "upto": math.MaxInt64, "limit": 10})

func crowd(t *testing.T, d *db.DB, n int) {
	t.Helper()
	must(t, d.Write(t.Context(), actor, func(tx *db.Tx) error {
		for i := range n {
			err := db.Do(tx, xPerson, db.Args{"id": core.AccountID(i + 1), "email": fmt.Sprintf("%d@voorbeeld.nl", i), "language": "nl"})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

func write(to core.AccountID) Mail {
	return Mail{Key: "worklist:" + to.String(), Account: to, Template: "worklist"}
}

func TestAWalkThatWasInterruptedGoesOnAndDoesNothingTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		crowd(t, d, 2*Batch+50)
		turns, done, stopAt := map[*db.Tx]int{}, 0, Batch+10
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		walk := Walk[core.AccountID]{
			Query: qEverybody,
			Row:   func(id *core.AccountID) []any { return []any{id} },
			ID:    func(id core.AccountID) core.ID { return core.ID(id) },
			Do: func(tx *db.Tx, id core.AccountID) error {
				turns[tx]++
				if done++; done == stopAt {
					stop()
				}
				return Queue(tx, write(id))
			},
		}
		system := authz.System("test.walk")
		if err := walk.Run(ctx, d, system); !errors.Is(err, context.Canceled) {
			t.Fatalf("interrupted: %v", err)
		}
		if n := len(outboxOf(t, d)); n != Batch/2 {
			t.Errorf("%d mails are kept, want those of the first batch and no half one", n)
		}
		for range 2 {
			must(t, walk.Run(t.Context(), d, system))
			if n := len(outboxOf(t, d)); n != 2*Batch+50 {
				t.Errorf("%d mails, want one for each", n)
			}
		}
		for _, n := range turns {
			if n > Batch+1 {
				t.Errorf("%d rows in one transaction", n)
			}
		}
	})
}

func TestAWalkLetsOthersWriteBetweenItsBatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		crowd(t, d, 3*Batch)
		var other error
		begun, written := make(chan bool), make(chan bool)
		go func() { // it waits for its turn while the first batch is written
			defer close(written)
			<-begun
			other = d.Write(t.Context(), actor, func(tx *db.Tx) error { return Queue(tx, Mail{Key: "between", Template: "worklist"}) })
		}()
		var first sync.Once
		walk := Walk[core.AccountID]{
			Query: qEverybody,
			Row:   func(id *core.AccountID) []any { return []any{id} },
			ID:    func(id core.AccountID) core.ID { return core.ID(id) },
			Do: func(tx *db.Tx, id core.AccountID) error {
				first.Do(func() { close(begun) })
				if int(id) == 3*Batch {
					<-written // or nobody is let in before the last batch, and this stands still
				}
				return Queue(tx, write(id))
			},
		}
		must(t, walk.Run(t.Context(), d, authz.System("test.walk")))
		must(t, other)
	})
}
