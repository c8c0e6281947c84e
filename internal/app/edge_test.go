package app

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"maatje/internal/web/limit"
)

// edge is the product as it is served, on a free port of this machine.
func edge(t *testing.T, l Listen) (addr string, w *walk) {
	t.Helper()
	w = newWalk(t, situations["running"])
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	l.Addr = ln.Addr().String()
	ended := make(chan error)
	go func() { ended <- l.serve(ctx, ln, w.app.Handler(l), slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return l.Addr, w
}

func dial(t *testing.T, addr, begin string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, begin); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSlowConnectionsAreCutAndHinderNobody: those that say nothing, half a head or half a body are cut in time, and pages
// come meanwhile. scripts/slow measures it with a thousand.
func TestSlowConnectionsAreCutAndHinderNobody(t *testing.T) {
	addr, _ := edge(t, Listen{})
	begun := time.Now()
	var heads []net.Conn
	for range 50 {
		heads = append(heads, dial(t, addr, ""), dial(t, addr, "GET / HTTP/1.1\r\nHost: "+addr+"\r\nX-"))
		dial(t, addr, "POST /sign-in HTTP/1.1\r\nHost: "+addr+"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=")
		dial(t, addr, strings.Repeat("GET /refer HTTP/1.1\r\nHost: "+addr+"\r\n\r\n", 20)) // and reads nothing of it
	}
	for range 20 {
		answer, err := http.Get("http://" + addr + "/sign-in")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("meanwhile: %s", answer.Status)
		}
	}
	for _, c := range heads {
		_ = c.SetReadDeadline(begun.Add(limit.ReadHead + 5*time.Second))
		if answer, err := io.ReadAll(c); err != nil || bytes.Contains(answer, []byte(" 200 ")) {
			t.Errorf("a head that does not end: %q, %v after %s", answer, err, time.Since(begun))
		}
	}
	if took := time.Since(begun); took < limit.ReadHead {
		t.Errorf("they were cut after %s already", took)
	}
}

// TestAHeadThatIsTooLargeIsAnswered, by us up to a size and by net/http from there on.
func TestAHeadThatIsTooLargeIsAnswered(t *testing.T) {
	addr, _ := edge(t, Listen{})
	for size, want := range map[int]string{limit.Head - 200: "200", limit.Head + 200: "431", 2 * limit.ServerHead: "431"} {
		c := dial(t, addr, fmt.Sprintf("GET /sign-in HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nA: %s\r\n\r\n", addr, strings.Repeat("a", size)))
		line, err := bufio.NewReader(c).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "HTTP/1.1 "+want) {
			t.Errorf("%d bytes: %q, %v", size, line, err)
		}
	}
}

// TestABodyThatIsTooLargeStillShowsItsPage to a browser that sends all of it before it reads.
func TestABodyThatIsTooLargeStillShowsItsPage(t *testing.T) {
	addr, _ := edge(t, Listen{})
	for _, size := range []int{limit.Body + 1, 4 * limit.Body} {
		answer, err := http.Post("http://"+addr+"/sign-in", "application/x-www-form-urlencoded", bytes.NewReader(bytes.Repeat([]byte("a"), size)))
		if err != nil {
			t.Fatal(err)
		}
		page, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(page, []byte("te veel in één keer")) {
			t.Errorf("%d bytes: %s %.300s", size, answer.Status, page)
		}
	}
}

func TestOneConnectionTooManyHearsThatItIsBusy(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	_ = server.Listener.Close()
	server.Listener = &crowd{Listener: inner, turns: make(chan struct{}, 2)}
	server.Start()
	defer server.Close()
	addr := inner.Addr().String()
	says := func(c net.Conn) string {
		_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
		line, _ := bufio.NewReader(c).ReadString('\n')
		return line
	}
	const request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	first, second := dial(t, addr, request), dial(t, addr, request)
	if a, b := says(first), says(second); !strings.Contains(a, "200") || !strings.Contains(b, "200") {
		t.Fatalf("the two that fit: %q, %q", a, b)
	}
	if line := says(dial(t, addr, "")); !strings.Contains(line, "503") {
		t.Errorf("one too many: %q", line)
	}
	_ = first.Close()
	for range 50 {
		if time.Sleep(20 * time.Millisecond); strings.Contains(says(dial(t, addr, request)), "200") {
			return
		}
	}
	t.Error("a place that is free again is given to nobody")
}
