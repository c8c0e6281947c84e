package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"maatje/internal/db"
	"maatje/internal/demo"
	"maatje/internal/job"
	"maatje/internal/privacy"
	"maatje/internal/vault"
	"maatje/internal/web"
)

// Demo shows the product with an invented programme in it: encrypted like the real thing, in a folder that is removed
// at the end.
func Demo(ctx context.Context, l Listen, out io.Writer) (err error) {
	if err := l.check(); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "maatje-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	d, err := db.Open(ctx, db.Config{Addr: filepath.Join(folder, "demo.db"), Keys: filepath.Join(folder, "demo.keys"),
		Master: vault.NewMaster(), Clock: Clock})
	if err != nil {
		return err
	}
	defer d.Close()
	return serveDemo(ctx, d, l, privacy.NewKeeper(d, filepath.Join(folder, "demo.checkpoints")), out)
}

func serveDemo(ctx context.Context, d *db.DB, l Listen, k *privacy.Keeper, out io.Writer) error {
	people, err := demo.Fill(ctx, d)
	if err != nil {
		return err
	}
	ln, err := l.open(ctx)
	if err != nil {
		return err
	}
	log := NewLog()
	a := Build(d, web.Config{Clock: Clock, Demo: true, Base: l.address(ln), Log: log, Budgets: web.NewBudgets()})
	if err := a.liveOn(ctx, people, log); err != nil {
		return err
	}
	demo.Routes(a.Router, people, a.Accounts.Become)
	fmt.Fprintf(out, "Everything in it is invented. It is gone when you stop it (Ctrl+C).\n\n    %s/demo\n\n", l.address(ln))
	return a.keepingBooks(ctx, k, func() error { return a.serveAndWork(ctx, l, ln, nil, log) })
}

// liveOn makes today in the invented programme, and lets the jobs put on everybody's list what this day asks.
func (a *App) liveOn(ctx context.Context, people []demo.Person, log *slog.Logger) error {
	if err := demo.Live(ctx, a.DB, people, a.Demo); err != nil {
		return err
	}
	return job.NewRunner(a.DB, a.Jobs, log).Round(ctx)
}
