package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"maatje/internal/app"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/job"
)

var told = regexp.MustCompile(`http://([^\s/]+)`)

const drainAtMost = 10 * time.Second

// Under load of writing the program is told to stop and started again: it ends within ten seconds, with code 0, with every
// lease given back and the log signed to its end; who got no answer asks again, and everything is there once.
func TestRestartsUnderLoad(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	at := app.Place{DB: filepath.Join(p.folder, "maatje.db")}
	who := lived(t, at)
	post := newPostman(t)
	post.letters(t, at, who)
	host, port, _ := net.SplitHostPort(post.Addr().String())
	mail := []string{"--smtp-host", host, "--smtp-port", port, "--smtp-tls", "none", "--smtp-from", "maatje@example.org"}
	s := p.starts("127.0.0.1:0", mail...)
	l := who.write(t, "http://"+s.addr)
	for begin := time.Now(); !post.busy() && time.Since(begin) < 30*time.Second; time.Sleep(5 * time.Millisecond) {
		continue // until mails are on their way
	}
	slowest, n := time.Duration(0), rounds(t, "MAATJE_RESTARTS", 4)
	for round := range n {
		for before := l.kept.Load(); l.kept.Load() < before+3; time.Sleep(5 * time.Millisecond) {
			continue
		}
		took, code := s.stop([]os.Signal{syscall.SIGTERM, os.Interrupt}[round%2])
		if slowest = max(slowest, took); code != 0 {
			t.Errorf("it ended with code %d", code)
		}
		s = p.starts(s.addr, mail...)
	}
	l.stop()
	s.stopped()
	l.check(t, at)
	signedToItsEnd(t, p)
	if held := leases(t, at); held != 0 {
		t.Errorf("%d leases were kept by who had ended", held)
	}
	sent, twice := post.delivered()
	if sent == 0 || twice > 0 || slowest > drainAtMost {
		t.Errorf("%d mails, %d of them twice; the slowest stop took %s", sent, twice, slowest)
	}
	t.Logf("%d restarts, the slowest stop %s; %d writes, all of them there, once; %d asked again; %d mails, none twice",
		n, slowest.Round(time.Millisecond), l.kept.Load(), l.again.Load(), sent)
}

var checkpointed = regexp.MustCompile(`(?s)(\d+) entries follow each other.*at entry (\d+)\.`)

// signedToItsEnd looks whether the last checkpoint is about the last entry. Looking leaves none itself.
func signedToItsEnd(t *testing.T, p program) {
	t.Helper()
	out, _ := p.run(0, "verify")
	if m := checkpointed.FindStringSubmatch(out); m == nil || m[1] != m[2] {
		t.Errorf("the end of the log is not signed:\n%s", out)
	}
}

func leases(t *testing.T, at app.Place) (n int) {
	t.Helper()
	d := open(t, at)
	defer d.Close()
	err := d.Read(t.Context(), servedActor, func(tx *db.Tx) (err error) {
		n, err = db.Count(tx, servedLeases, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// One node is stopped while another works on the same server: whoever wrote to the first goes on with the second.
func TestAnotherNodeTakesOver(t *testing.T) {
	place := dbtest.Empty(t, db.Postgres, &dbtest.Clock{})
	p := program{t, built(t), t.TempDir()}
	at := app.Place{DB: place.Addr, Keys: place.Keys, KeyFile: filepath.Join(p.folder, "key")}
	who := lived(t, at)
	flags := []string{"--db", at.DB, "--keys", at.Keys, "--key-file", at.KeyFile}
	one := p.starts("127.0.0.1:0", append(flags, "--checkpoints", "one")...)
	two := p.starts("127.0.0.1:0", append(flags, "--checkpoints", "two")...)
	l := who.write(t, "http://"+one.addr, "http://"+two.addr)
	for range 2 {
		time.Sleep(500 * time.Millisecond)
		one.stopped()
		time.Sleep(500 * time.Millisecond)
		one = p.starts(one.addr, append(flags, "--checkpoints", "one")...)
		two.stopped()
		time.Sleep(500 * time.Millisecond)
		two = p.starts(two.addr, append(flags, "--checkpoints", "two")...)
	}
	l.stop()
	one.stopped()
	two.stopped()
	l.check(t, at)
	if held := leases(t, at); held != 0 {
		t.Errorf("%d leases were kept by who had ended", held)
	}
	t.Logf("4 stops of one of two nodes; %d writes, all of them there, once; %d asked again", l.kept.Load(), l.again.Load())
}

// Somebody who cannot wait for the last answers tells it a second time.
func TestASecondSignalEndsAtOnce(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	s := p.starts("127.0.0.1:0")
	conn, err := net.Dial("tcp", s.addr) // a form that never comes to its end
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=", s.addr)
	if r, err := http.Get("http://" + s.addr + "/help"); err != nil || r.Body.Close() != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	_ = s.Process.Signal(syscall.SIGTERM)
	time.Sleep(300 * time.Millisecond)
	if _, code := s.stop(syscall.SIGTERM); code == 0 || time.Since(begin) > drainAtMost/2 {
		t.Errorf("after %s, with code %d", time.Since(begin), code)
	}
}

// postman is a mail server that takes its time.
type postman struct {
	net.Listener
	mu  sync.Mutex
	got map[string]int // by the identifier of the mail
}

func newPostman(t *testing.T) *postman {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &postman{Listener: l, got: map[string]int{}}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			go m.take(conn)
		}
	}()
	return m
}

// take speaks as much SMTP as it must.
func (m *postman) take(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	say := func(s string) { _, _ = fmt.Fprint(conn, s+"\r\n") }
	say("220 postman")
	for lines.Scan() {
		switch word := strings.ToUpper(lines.Text()); {
		case strings.HasPrefix(word, "DATA"):
			say("354 go on")
			id := ""
			for lines.Scan() && lines.Text() != "." {
				if strings.HasPrefix(strings.ToLower(lines.Text()), "message-id:") {
					id = lines.Text()
				}
			}
			time.Sleep(50 * time.Millisecond)
			m.mu.Lock()
			m.got[id]++
			m.mu.Unlock()
			say("250 taken")
		case strings.HasPrefix(word, "QUIT"):
			say("221 bye")
			return
		default:
			say("250 postman")
		}
	}
}

func (m *postman) busy() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.got) > 0
}

func (m *postman) delivered() (all, twice int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, n := range m.got {
		if all++; n > 1 {
			twice++
		}
	}
	return all, twice
}

// letters has mails wait for the first start.
func (m *postman) letters(t *testing.T, at app.Place, who people) {
	t.Helper()
	d := open(t, at)
	defer d.Close()
	err := d.Write(t.Context(), servedActor, func(tx *db.Tx) error {
		for n := range 100 {
			if err := job.Queue(tx, job.Mail{Key: fmt.Sprintf("served:%d", n), Account: who.Coordinators[0], Template: "worklist"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
