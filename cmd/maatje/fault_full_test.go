package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"maatje/internal/app"
)

// On small disks of their own, which make faults has mounted, the server meets a disk that is really full: changes are
// refused, pages come, and with room again it goes on. Without such disks internal/app/full counts bytes instead.
func TestARealDiskThatIsFull(t *testing.T) {
	path := built(t)
	disks := filepath.SplitList(os.Getenv("MAATJE_SMALL_DISKS"))
	for _, disk := range disks {
		p := program{t, path, disk}
		at := app.Place{DB: filepath.Join(disk, "maatje.db")}
		who := lived(t, at)
		s := p.starts("127.0.0.1:0", "--reserve", "8")
		stuff := filepath.Join(disk, "stuff")
		l := who.write(t, "http://"+s.addr)
		fill(t, stuff)
		begin := time.Now()
		for before, since := l.kept.Load(), time.Now(); time.Since(since) < time.Second; time.Sleep(10 * time.Millisecond) {
			if now := l.kept.Load(); now != before {
				before, since = now, time.Now()
			}
			if time.Since(begin) > 20*time.Second {
				t.Fatal("changes are taken on a full disk")
			}
		}
		for page, account := range map[string]int{"/": 0, "/my-families": 0} {
			if code := who.look(t, s.addr+page, account); code != http.StatusOK {
				t.Errorf("%s on a full disk: %d", page, code)
			}
		}
		if err := os.Remove(stuff); err != nil {
			t.Fatal(err)
		}
		freed, before := time.Now(), l.kept.Load()
		for l.kept.Load() == before {
			if time.Since(freed) > 5*time.Second {
				t.Fatal("there is room, and still nothing is taken")
			}
			time.Sleep(10 * time.Millisecond)
		}
		took := time.Since(freed)
		l.stop()
		s.stopped()
		l.check(t, at)
		t.Logf("%d writes, all of them there, once; taken again %s after there was room", l.kept.Load(), took.Round(time.Millisecond))
	}
	t.Logf("%d disks of their own", len(disks))
}

// look asks for a page as one of those who write.
func (p people) look(t *testing.T, address string, who int) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(p.sessions[p.writers()[who]])
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// fill takes all the room there is on the disk of a file.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for b := make([]byte, 1<<16); err == nil; {
		_, err = f.Write(b)
	}
	for b := make([]byte, 512); errors.Is(err, syscall.ENOSPC) && len(b) > 1; b = b[:len(b)/2] {
		_, err = f.Write(b)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}
