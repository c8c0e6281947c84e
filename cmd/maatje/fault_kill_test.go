package main

import (
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"maatje/internal/app"
)

// The program is killed while people send their reports and referrals, and started again on the same files, again and again:
// it always starts, and every form that was answered with "done" is there, once.
func TestAKilledServerLosesNothingThatWasPromised(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	at := app.Place{DB: filepath.Join(p.folder, "maatje.db")}
	who := lived(t, at)
	s := p.starts("127.0.0.1:0")
	l := who.write(t, "http://"+s.addr)
	chance, n, wrote := rand.New(rand.NewPCG(7, 8)), rounds(t, "MAATJE_SERVER_KILLS", 8), 0
	for range n {
		before := l.kept.Load()
		time.Sleep(time.Duration(20+chance.IntN(300)) * time.Millisecond)
		s.kill()
		if l.kept.Load() > before {
			wrote++
		}
		s = p.starts(s.addr)
	}
	l.stop()
	s.stopped()
	l.check(t, at)
	if out, _ := p.run(0, "verify"); out == "" {
		t.Error("verify says nothing")
	}
	t.Logf("%d kills of the server, %d of them between writes that were answered; %d writes promised, %d asked again: none lost, none double",
		n, wrote, l.kept.Load(), l.again.Load())
}
