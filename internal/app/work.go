package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"

	"maatje/internal/account"
	"maatje/internal/backup"
	"maatje/internal/job"
	"maatje/internal/privacy"
	"maatje/internal/web/limit"
)

// serveAndWork answers requests and runs the jobs until ctx ends, and then lets both finish.
func (a *App) serveAndWork(ctx context.Context, l Listen, ln net.Listener, m job.Sender, log *slog.Logger) error {
	outbox := job.NewOutbox(a.DB, m, l.address(ln), log)
	outbox.Undelivered = account.Undelivered
	runner := job.NewRunner(a.DB, append(a.Jobs, outbox.Job()), log)
	working, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		runner.Run(working)
	}()
	err := l.serve(ctx, ln, a.Handler(l), log)
	stop()
	<-done
	return err
}

// keepingBooks signs where the log stands while the program works, and once more when it has stopped.
func (a *App) keepingBooks(ctx context.Context, k *privacy.Keeper, work func() error) error {
	a.Jobs = append(a.Jobs, backup.Signing(a.DB, k.Job()), backup.Disk(a.DB))
	err := work()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit.Stop)
	defer cancel()
	return errors.Join(err, a.Accounts.Refusals().Flush(last), k.Sign(last))
}

// Handler answers requests as the program does, for a server that is not ours.
func (a *App) Handler(l Listen) http.Handler { return l.handler(a.Router, spareDoors(a.Router)) }

// sender is the way to the mail server, or none.
func sender(m job.SMTP) (job.Sender, error) {
	if m.Host == "" {
		return nil, nil
	}
	return job.NewSMTPSender(m)
}
