package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// address is where a request comes from. What a header says counts only when a proxy of ours put it there: anybody can send
// one. Of a row of addresses the last that is no proxy of ours is the visitor's; those before it were typed by somebody.
func (m *Router) address(r *http.Request) string {
	peer, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		peer = r.RemoteAddr
	}
	if m.Config.ProxyHeader == "" || !m.isProxy(peer) {
		return peer
	}
	row := strings.Split(strings.Join(r.Header.Values(m.Config.ProxyHeader), ","), ",")
	for _, one := range slices.Backward(row) {
		ip, err := netip.ParseAddr(strings.TrimSpace(one))
		if err != nil {
			break
		}
		if peer = ip.Unmap().String(); !m.isProxy(peer) {
			break
		}
	}
	return peer
}

// isProxy says whether a proxy of ours is at the address: one that was named, or without names this machine itself.
func (m *Router) isProxy(address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	if ip = ip.Unmap(); len(m.Config.Proxies) == 0 {
		return ip.IsLoopback()
	}
	return slices.ContainsFunc(m.Config.Proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}
