package oidctest

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

// Somebody who can sign in at the real provider. Nobody else here has this e-mail address.
const (
	Username = "test-user2"
	Password = "verysecure"
	Secret   = "our secret at the provider"
)

// Real starts a certified provider with its own sign-in page on this machine, in this process, and gives its address. It
// knows us by ClientID and Secret, and sends people back to the given addresses.
func Real(t *testing.T, back ...string) (issuer string) {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	issuer = "http://localhost:" + port
	storage.RegisterClients(storage.WebClient(ClientID, Secret, back...))
	router := exampleop.SetupServer(issuer, storage.NewStorage(storage.NewUserStore(issuer)), slog.New(slog.DiscardHandler), false)
	s := &httptest.Server{Listener: ln, Config: &http.Server{Handler: router, ReadHeaderTimeout: 5 * time.Second}}
	s.Start()
	t.Cleanup(s.Close)
	return issuer
}
