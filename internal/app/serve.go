package app

import (
	"context"
	"fmt"
	"io"

	"maatje/internal/account/phrase/leaked"
	"maatje/internal/authz"
	"maatje/internal/job"
	"maatje/internal/privacy"
	"maatje/internal/web"
)

// Serve opens the data at the place and serves it until ctx ends.
func Serve(ctx context.Context, p Place, b Books, k Backups, room Reserve, l Listen, m job.SMTP, o OIDC, out io.Writer) error {
	if err := l.check(); err != nil {
		return err
	}
	mails, err := sender(m)
	if err != nil {
		return err
	}
	log := NewLog()
	d, err := openWith(ctx, p, room.beside(p, log))
	if err != nil {
		return err
	}
	defer d.Close()
	ln, err := l.open(ctx)
	if err != nil {
		return err
	}
	daily, err := k.daily(d)
	if err != nil {
		return err
	}
	if leaked.Count() == 0 {
		log.Warn("this program was built without the list of leaked passphrases; build it with make build")
	}
	a := Build(d, web.Config{Clock: Clock, Secure: l.secure(), Base: l.address(ln), Log: log, ProxyHeader: l.ProxyHeader,
		Proxies: l.proxies(), Budgets: web.NewBudgets()})
	if err := a.offer(o, l.address(ln)); err != nil {
		return err
	}
	a.Jobs = append(a.Jobs, daily...)
	a.Retention.Beside(p.erased())
	if err := p.eraseAgain(ctx, d, authz.System("retention.replay")); err != nil {
		return err
	}
	code, needed, err := a.Accounts.FirstStart(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Maatje listens at %s\n", l.address(ln))
	if needed {
		fmt.Fprintf(out, "\nNobody can sign in yet. Open %s/start and make the first project leader with this code:\n\n    %s\n\n", l.address(ln), code)
	}
	return a.keepingBooks(ctx, privacy.NewKeeper(d, b.of(p)...), func() error { return a.serveAndWork(ctx, l, ln, mails, log) })
}
