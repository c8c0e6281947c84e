package app

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzReadRecovery reads the file that holds a recovery key.
func FuzzReadRecovery(f *testing.F) {
	f.Add(recoveryMark + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
	f.Add(recoveryMark)
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	path := filepath.Join(f.TempDir(), "recovery")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if secret, err := readRecovery(path); err == nil && len(secret) != 32 {
			t.Errorf("%q is a key of %d bytes", text, len(secret))
		}
	})
}

// FuzzListen reads where pages are served: never in the clear to others than this machine, and always at a whole address.
func FuzzListen(f *testing.F) {
	f.Add("127.0.0.1:8080", "", "")
	f.Add("0.0.0.0:80", "", "https://maatje.example.org")
	f.Add("[::1]:0", "X-Forwarded-For", "javascript:alert(1)")
	f.Add("maatje:1", "X-Real-IP", "https://a/%zz")
	f.Fuzz(func(t *testing.T, addr, proxy, base string) {
		l := Listen{Addr: addr, ProxyHeader: proxy, BaseURL: base, ProxyFrom: []string{proxy}}
		if _, err := network(proxy); l.check() == nil && err != nil {
			t.Errorf("%q is a network", proxy)
		}
		l.ProxyFrom = nil
		if l.check() != nil {
			return
		}
		host, _, _ := net.SplitHostPort(addr)
		if ip := net.ParseIP(host); proxy == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			t.Errorf("%q is served in the clear", addr)
		}
		if u, err := url.Parse(base); base != "" && (err != nil || u.Host == "") {
			t.Errorf("%q is an address", base)
		}
		for _, name := range l.hosts() {
			if strings.ContainsAny(name, "/*\r\n") && !strings.Contains(addr+base, name) {
				t.Errorf("%q answers to %q", addr, name)
			}
		}
	})
}
