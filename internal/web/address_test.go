package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

// TestAnAddressIsNotMadeUp: the header counts only from a proxy of ours, and of a row only what that proxy saw.
func TestAnAddressIsNotMadeUp(t *testing.T) {
	named := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/24"), netip.MustParsePrefix("2001:db8:9::/48")}
	for _, c := range []struct {
		name    string
		header  string
		proxies []netip.Prefix
		peer    string
		row     []string
		want    string
	}{
		{"no proxy", "", nil, "192.0.2.7:1", []string{"203.0.113.9"}, "192.0.2.7"},
		{"no proxy, said by this machine", "", nil, "127.0.0.1:1", []string{"203.0.113.9"}, "127.0.0.1"},
		{"a proxy here", "X-Forwarded-For", nil, "127.0.0.1:1", []string{"203.0.113.9"}, "203.0.113.9"},
		{"the visitor typed one before it", "X-Forwarded-For", nil, "127.0.0.1:1", []string{"198.51.100.1, 203.0.113.9"}, "203.0.113.9"},
		{"in a header of its own", "X-Forwarded-For", nil, "127.0.0.1:1", []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9"},
		{"somebody who goes round the proxy", "X-Forwarded-For", nil, "198.51.100.1:1", []string{"203.0.113.9"}, "198.51.100.1"},
		{"the named proxy", "X-Forwarded-For", named, "10.1.0.5:1", []string{"203.0.113.9"}, "203.0.113.9"},
		{"another one", "X-Forwarded-For", named, "10.2.0.5:1", []string{"203.0.113.9"}, "10.2.0.5"},
		{"this machine is not named", "X-Forwarded-For", named, "127.0.0.1:1", []string{"203.0.113.9"}, "127.0.0.1"},
		{"two proxies of ours", "X-Forwarded-For", named, "10.1.0.5:1", []string{"198.51.100.1, 203.0.113.9, 10.1.0.6"}, "203.0.113.9"},
		{"nothing in it", "X-Forwarded-For", nil, "127.0.0.1:1", nil, "127.0.0.1"},
		{"no address", "X-Forwarded-For", nil, "127.0.0.1:1", []string{"203.0.113.9, <script>"}, "127.0.0.1"},
		{"IPv6", "X-Real-IP", named, "[2001:db8:9::1]:1", []string{"2001:db8:7::7"}, "2001:db8:7::7"},
		{"IPv4 as IPv6", "X-Real-IP", nil, "[::ffff:127.0.0.1]:1", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = c.peer
			for _, one := range c.row {
				r.Header.Add("X-Forwarded-For", one)
				r.Header.Add("X-Real-IP", one)
			}
			m := NewRouter(nil, Config{ProxyHeader: c.header, Proxies: c.proxies})
			if got := m.address(r); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
