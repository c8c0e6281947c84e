package oidc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

const (
	patience   = 5 * time.Second // for anything that is asked of the provider
	mostAnswer = 1 << 20
)

var (
	errElsewhere = errors.New("oidc: the provider sends us elsewhere")
	errInside    = errors.New("oidc: the provider names an address inside our own network")
)

// client asks only what it was told to ask: it follows no redirect, waits no longer than a person does, reads no more than a
// megabyte, and goes to addresses inside our own network only when the provider itself was said to be there.
func client(issuer *url.URL) *http.Client {
	t := &http.Transport{
		DialContext: dialer(hostPort(issuer)), TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience, IdleConnTimeout: time.Minute,
		MaxIdleConnsPerHost: 2, ForceAttemptHTTP2: true,
	}
	return &http.Client{Transport: bounded{t}, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return errElsewhere }}
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

func dialer(own string) func(ctx context.Context, network, address string) (net.Conn, error) {
	plain := &net.Dialer{Timeout: patience}
	guarded := &net.Dialer{Timeout: patience, Control: func(_, address string, _ syscall.RawConn) error { return outside(address) }}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == own {
			return plain.DialContext(ctx, network, address)
		}
		return guarded.DialContext(ctx, network, address)
	}
}

// outside refuses addresses that only our own network knows. It sees what a name came to, so that no name hides one.
func outside(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return fmt.Errorf("%w: %s", errInside, ip)
	}
	return nil
}

type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, mostAnswer), resp.Body}
	}
	return resp, err
}
