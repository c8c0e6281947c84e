package main

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// restarts is how often the program is stopped and started again: more with make faults.
func restarts(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("MAATJE_RESTARTS")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// at starts the program at an address; stop tells it to, and says how long it took.
func (p program) at(addr string) (printed string, stop func() time.Duration) {
	p.t.Helper()
	c := exec.Command(p.path, "serve", "--listen", addr)
	c.Dir = p.folder
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan() {
		printed = lines.Text()
	}
	go func() { // what else it prints has somewhere to go
		for lines.Scan() {
			continue
		}
	}()
	return printed, func() time.Duration {
		begin := time.Now()
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := c.Wait(); err != nil {
			p.t.Errorf("serve: %v", err)
		}
		return time.Since(begin)
	}
}

var told = regexp.MustCompile(`http://([^\s/]+)`)

// Under load the program is stopped and started again: it stops within ten seconds, answers what it had begun, and
// whoever asks again when nobody answers gets an answer each time.
func TestRestartsUnderLoad(t *testing.T) {
	p := program{t, built(t), t.TempDir()}
	printed, stop := p.at("127.0.0.1:0")
	addr := told.FindStringSubmatch(printed)[1]
	ctx, end := context.WithCancel(t.Context())
	var asked, again, cut, broken atomic.Int64
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			client := &http.Client{Timeout: 20 * time.Second}
			for ctx.Err() == nil {
				switch err := look(client, "http://"+addr); {
				case err == nil:
					asked.Add(1)
				case isRefused(err):
					again.Add(1)
					time.Sleep(20 * time.Millisecond)
				case errors.Is(err, errAnswer):
					broken.Add(1)
				default:
					cut.Add(1)
				}
			}
		})
	}
	slowest := time.Duration(0)
	for range restarts(t, 3) {
		time.Sleep(300 * time.Millisecond)
		slowest = max(slowest, stop())
		_, stop = p.at(addr)
	}
	end()
	group.Wait()
	stop()
	if slowest > 10*time.Second || broken.Load() > 0 || asked.Load() == 0 {
		t.Errorf("slowest stop %s, %d answers, %d of them bad", slowest, asked.Load(), broken.Load())
	}
	t.Logf("slowest stop %s; %d answers, none bad; %d asked again because nobody listened, %d because an idle connection closed",
		slowest, asked.Load(), again.Load(), cut.Load())
}

var errAnswer = errors.New("a bad answer")

func look(client *http.Client, base string) error {
	r, err := client.Get(base + "/help")
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return errAnswer
	}
	return nil
}

func isRefused(err error) bool {
	u, ok := errors.AsType[*url.Error](err)
	if !ok {
		return false
	}
	o, ok := errors.AsType[*net.OpError](u)
	return ok && o.Op == "dial"
}
