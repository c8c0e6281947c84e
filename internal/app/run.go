package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"syscall"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"maatje/internal/web"
	"maatje/internal/web/limit"
)

// Listen says where pages are served, and how safely.
type Listen struct {
	Addr            string   // host:port
	TLSCert, TLSKey string   // both or neither
	ProxyHeader     string   // the header with the visitor's address, when a proxy stands before us
	ProxyFrom       []string // where that proxy stands: addresses or networks; none is this machine
	BaseURL         string   // the address that people use; empty: this one
	AnyPort         bool     // take a free port when this one is in use
}

// check refuses what would send families' data over a network in the clear.
func (l Listen) check() error {
	host, _, err := net.SplitHostPort(l.Addr)
	if err != nil {
		return fmt.Errorf("--listen %s: write host:port, such as 127.0.0.1:8080", l.Addr)
	}
	if (l.TLSCert == "") != (l.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key belong together: give both or neither")
	}
	if ip := net.ParseIP(host); l.TLSCert == "" && l.ProxyHeader == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s would send families' data over the network unencrypted: give --tls-cert and --tls-key, "+
			"or put a web server with TLS in front and say so with --behind-proxy", l.Addr)
	}
	if l.ProxyHeader != "" && l.BaseURL == "" {
		return errors.New("--behind-proxy needs --base-url: the address that people type, such as https://maatje.example.org")
	}
	if l.ProxyHeader == "" && len(l.ProxyFrom) > 0 {
		return errors.New("--proxy-from says where a proxy stands; name its header with --behind-proxy")
	}
	for _, from := range l.ProxyFrom {
		if _, err := network(from); err != nil {
			return fmt.Errorf("--proxy-from %s: write an address or a network, such as 10.0.0.5 or 10.0.0.0/24", from)
		}
	}
	if u, err := url.Parse(l.BaseURL); err != nil || l.BaseURL != "" && (u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("--base-url %s: write the whole address, such as https://maatje.example.org", l.BaseURL)
	}
	return nil
}

// network reads an address or a network.
func network(text string) (netip.Prefix, error) {
	if ip, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()), nil
	}
	return netip.ParsePrefix(text)
}

// proxies are the networks whose word about a visitor's address counts; check has read them.
func (l Listen) proxies() (all []netip.Prefix) {
	for _, from := range l.ProxyFrom {
		if n, err := network(from); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// open takes the port.
func (l Listen) open(ctx context.Context) (net.Listener, error) {
	var c net.ListenConfig
	ln, err := c.Listen(ctx, "tcp", l.Addr)
	if !errors.Is(err, syscall.EADDRINUSE) {
		return ln, err
	}
	if !l.AnyPort {
		return nil, fmt.Errorf("%s is in use: stop what runs there, or choose another with --listen", l.Addr)
	}
	host, _, _ := net.SplitHostPort(l.Addr)
	return c.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
}

// address is what people type.
func (l Listen) address(ln net.Listener) string {
	switch {
	case l.BaseURL != "":
		return l.BaseURL
	case l.TLSCert != "":
		return "https://" + ln.Addr().String()
	}
	return "http://" + ln.Addr().String()
}

// secure says whether people reach us over TLS, so that cookies may be bound to it.
func (l Listen) secure() bool {
	u, err := url.Parse(l.BaseURL)
	return l.TLSCert != "" || err == nil && u.Scheme == "https"
}

// serve answers requests until ctx ends, and then lets running ones finish.
func (l Listen) serve(ctx context.Context, ln net.Listener, h http.Handler, log *slog.Logger) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: limit.ReadHead, ReadTimeout: limit.Read, WriteTimeout: limit.Write,
		IdleTimeout: limit.Idle, MaxHeaderBytes: limit.ServerHead, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ln = &crowd{Listener: ln, turns: make(chan struct{}, limit.Connections)}
	ended := make(chan error, 1)
	go func() {
		if l.TLSCert != "" {
			ended <- s.ServeTLS(ln, l.TLSCert, l.TLSKey)
		} else {
			ended <- s.Serve(ln)
		}
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit.Stop)
	defer cancel()
	if err := s.Shutdown(drain); err != nil {
		return errors.Join(fmt.Errorf("some requests did not end in %s", limit.Stop), s.Close())
	}
	return nil
}

// handler puts around every page what no page has to think of.
func (l Listen) handler(m *web.Router, pages http.Handler) http.Handler {
	return compressed(m.Behind(web.Door{Origin: l.BaseURL, Hosts: l.hosts(), Secure: l.secure()}, pages))
}

// hosts are the names under which people come, and a proxy: at this machine's own loopback address under that alone, so that
// no page of elsewhere reaches us under a name of its own (DNS rebinding). With neither an address of its own nor loopback
// to go by, any name will do.
func (l Listen) hosts() []string {
	here, _, _ := net.SplitHostPort(l.Addr)
	ip := net.ParseIP(here)
	if l.BaseURL == "" && here != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil
	}
	names := []string{"localhost", "127.0.0.1", "::1", strings.ToLower(here)}
	if u, err := url.Parse(l.BaseURL); err == nil && u.Hostname() != "" {
		names = append(names, strings.ToLower(u.Hostname()))
	}
	return names
}

// compressed takes the quickest level: the better ones make a page a few hundred bytes smaller and cost a tenth of it.
var compressed = func() func(http.Handler) http.HandlerFunc {
	wrap, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		panic(err) // the options are fixed
	}
	return wrap
}()

// NewLog is the log of the running program: a line of JSON each, without anything of a family.
func NewLog() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }
