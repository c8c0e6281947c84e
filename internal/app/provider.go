package app

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"maatje/internal/account/oidc"
	"maatje/internal/account/provider"
)

// OIDC is the organisation's own provider, if there is one.
type OIDC struct {
	Issuer, ClientID, Name string
	SecretFile, Secret     string // at most one
}

// offer lets people sign in through the provider. It asks nothing of it yet: a provider that is down does not keep us from
// starting.
func (a *App) offer(o OIDC, base string) error {
	if o.Issuer == "" {
		if o != (OIDC{}) {
			return errors.New("--oidc-client, --oidc-name and the secret belong to a provider: name it with --oidc-issuer")
		}
		return nil
	}
	secret, err := o.secret()
	if err != nil {
		return err
	}
	p, err := oidc.New(oidc.Config{Issuer: o.Issuer, ClientID: o.ClientID, Secret: secret, Name: o.Name, Back: strings.TrimSuffix(base, "/") + provider.BackPath}, Clock)
	if err != nil {
		return fmt.Errorf("--oidc-issuer: %w", err)
	}
	a.Provider.Use(p)
	return nil
}

func (o OIDC) secret() (string, error) {
	if o.SecretFile == "" {
		return o.Secret, nil
	}
	text, err := os.ReadFile(o.SecretFile)
	if err != nil {
		return "", fmt.Errorf("--oidc-secret-file: %w", err)
	}
	return strings.TrimSpace(string(text)), nil
}
