package job

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

var silent = slog.New(slog.DiscardHandler)

var qErrors = db.Q("job_test.errors", authz.Works, `SELECT name, last_error FROM job`, db.Probe{})

func lastError(t *testing.T, d *db.DB, name string) (found string) {
	t.Helper()
	err := d.Read(t.Context(), actor, func(tx *db.Tx) error {
		rows, err := db.All(tx, qErrors, nil, func(r *[2]string) []any { return []any{&r[0], &r[1]} })
		for _, r := range rows {
			if r[0] == name {
				found = r[1]
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAJobRunsOnceWhoeverGetsThereFirst(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		var ran atomic.Int64
		j := Job{Name: "test.count", Every: Hourly, Run: func(_ context.Context, a authz.Actor) error {
			if !a.IsSystem() || a.Name() != "system: test.count" {
				t.Errorf("runs as %q", a.Name())
			}
			ran.Add(1)
			return nil
		}}
		round := func() {
			t.Helper()
			var both sync.WaitGroup
			for range 4 {
				both.Go(func() {
					if err := NewRunner(d, []Job{j}, silent).Round(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		at := func(i core.Instant, want int64) {
			t.Helper()
			clock.Set(i)
			round()
			if ran.Load() != want {
				t.Fatalf("at %s it ran %d times, want %d", i, ran.Load(), want)
			}
		}
		start := clock.Now()
		at(start, 1)
		at(start.Add(time.Hour-time.Millisecond), 1)
		at(start.Add(time.Hour), 2)
		at(start.Add(1000*time.Hour), 3) // however long the program stood still
		at(start.Add(-1000*time.Hour), 4)
		at(start.Add(-1000*time.Hour+time.Minute), 4)
	})
}

func TestAJobInHandIsLeftAlone(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		started, goOn := make(chan bool), make(chan bool)
		var ran atomic.Int64
		slow := Job{Name: "test.slow", Every: Minutely, Run: func(context.Context, authz.Actor) error {
			ran.Add(1)
			started <- true
			<-goOn
			return nil
		}}
		done := make(chan error)
		go func() { done <- NewRunner(d, []Job{slow}, silent).Round(t.Context()) }()
		<-started
		clock.Set(clock.Now().Add(leaseFor - time.Millisecond))
		if err := NewRunner(d, []Job{slow}, silent).Round(t.Context()); err != nil || ran.Load() != 1 {
			t.Error("it ran beside itself", err)
		}
		goOn <- true
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestAFailureIsKeptAndHoldsUpNobody(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		broken, other := true, 0
		r := NewRunner(d, []Job{
			{Name: "test.broken", Every: Daily, Run: func(context.Context, authz.Actor) error {
				if broken {
					return errors.New("no water")
				}
				return nil
			}},
			{Name: "test.panics", Every: Daily, Run: func(context.Context, authz.Actor) error { panic("no air") }},
			{Name: "test.other", Every: Daily, Run: func(context.Context, authz.Actor) error { other++; return nil }},
		}, silent)
		if err := r.Round(t.Context()); err != nil || other != 1 {
			t.Fatalf("%v, the other ran %d times", err, other)
		}
		if got := lastError(t, d, "test.broken") + ", " + lastError(t, d, "test.panics"); got != "no water, panic: no air" {
			t.Error(got)
		}
		broken = false
		clock.Set(clock.Now().Add(5 * time.Minute))
		if err := r.Round(t.Context()); err != nil || lastError(t, d, "test.broken") != "" || other != 1 {
			t.Errorf("%v, %q, %d", err, lastError(t, d, "test.broken"), other)
		}
	})
}

func TestStoppingLetsARunningJobEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		r := NewRunner(d, []Job{{Name: "test.last", Every: Daily, Run: func(run context.Context, _ authz.Actor) error {
			stop()
			time.Sleep(50 * time.Millisecond)
			ended <- run.Err()
			return nil
		}}, {Name: "test.never", Every: Daily, Run: func(context.Context, authz.Actor) error { t.Error("began after the stop"); return nil }}}, silent)
		r.Run(ctx)
		if err := <-ended; err != nil {
			t.Errorf("it was cut off: %v", err)
		}
		if lastError(t, d, "test.last") != "" {
			t.Error(lastError(t, d, "test.last"))
		}
	})
}

func TestStoppingWaitsNoLongerThanItsGrace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		r := NewRunner(d, []Job{{Name: "test.endless", Every: Daily, Run: func(run context.Context, _ authz.Actor) error {
			stop()
			<-run.Done()
			return run.Err()
		}}}, silent)
		r.Grace = time.Millisecond
		r.Run(ctx)
		if lastError(t, d, "test.endless") == "" {
			t.Error("what was cut off counts as done")
		}
	})
}

func TestTwoJobsOfOneNameDoNotStart(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("they start")
		}
	}()
	NewRunner(nil, []Job{{Name: "a", Every: Daily}, {Name: "a", Every: Daily}}, silent)
}
