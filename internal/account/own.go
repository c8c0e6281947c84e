package account

import (
	"context"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web/text"
)

var xLanguage = db.X("account.choose_language", authz.OwnAccount,
	`UPDATE account SET language = :language WHERE id = :actor`, db.Probe{"language": "nl"})

// ChooseLanguage keeps the language of who is signed in; a visitor's lives in the browser alone.
func (s *Service) ChooseLanguage(ctx context.Context, a authz.Actor, l text.Lang) error {
	if !a.IsSignedIn() {
		return nil
	}
	return s.db.Write(ctx, a, func(t *db.Tx) error { return db.Do(t, xLanguage, db.Args{"language": l.Tag()}) })
}
