// Package app wires the capabilities together and runs them. It knows every one of them and holds no rule itself.
package app

import (
	"context"
	"crypto/rand"

	"maatje/internal/account"
	"maatje/internal/account/begin"
	"maatje/internal/account/glass"
	"maatje/internal/account/provider"
	"maatje/internal/authz"
	"maatje/internal/backup"
	"maatje/internal/breach"
	"maatje/internal/care"
	"maatje/internal/consent"
	"maatje/internal/db"
	"maatje/internal/demo"
	"maatje/internal/dossier"
	"maatje/internal/dossier/families"
	"maatje/internal/expense"
	"maatje/internal/facility"
	"maatje/internal/figures"
	"maatje/internal/figures/uniformity"
	"maatje/internal/genogram"
	"maatje/internal/home"
	"maatje/internal/intake"
	"maatje/internal/job"
	"maatje/internal/matching"
	"maatje/internal/matching/board"
	"maatje/internal/matching/mapped"
	"maatje/internal/matching/seek"
	"maatje/internal/material"
	networks "maatje/internal/network"
	"maatje/internal/plan"
	"maatje/internal/plan/goal"
	"maatje/internal/plan/triptych"
	"maatje/internal/privacy"
	"maatje/internal/privacy/owndata"
	"maatje/internal/privacy/request"
	"maatje/internal/referral"
	"maatje/internal/retention"
	"maatje/internal/setting"
	"maatje/internal/signal"
	"maatje/internal/tool"
	"maatje/internal/trajectory"
	"maatje/internal/visit"
	"maatje/internal/web"
	"maatje/internal/web/assets"
)

// App is the whole product around one database.
type App struct {
	DB        *db.DB
	Accounts  *account.Service
	Provider  *provider.Service
	Router    *web.Router
	Demo      demo.Services
	Jobs      []job.Job
	Retention *retention.Service
}

// door mounts the pages of signing in, and of who may.
func (a *App) door(accounts *account.Service) {
	accounts.Routes(a.Router)
	accounts.Refusals().Routes(a.Router)
	begin.NewService(a.DB, accounts).Routes(a.Router)
	glass.NewService(a.DB).Routes(a.Router)
	a.Provider = provider.NewService(a.DB, accounts)
	a.Provider.Routes(a.Router)
	a.Jobs = append(append(a.Jobs, accounts.Jobs()...), accounts.Refusals().Jobs()...)
}

// Build makes the capabilities and mounts their pages. The order follows the layers: things, work, outward.
func Build(d *db.DB, c web.Config) *App {
	accounts := account.NewService(d, account.Config{Demo: c.Demo, Secure: c.Secure, Base: c.Base})
	c.Refused = func(ctx context.Context, who authz.Actor, what string) error {
		return accounts.Refusals().OnRecord(db.Spare(ctx), who, what)
	}
	c.ReadOnly = func() bool { _, is := d.ReadOnly(); return is }
	a := &App{DB: d, Accounts: accounts, Router: web.NewRouter(spareSessions{accounts}, c)}
	a.door(accounts)
	setting.NewService(d).Routes(a.Router)
	a.volunteers()
	trajectories := trajectory.NewService(d, startHolds)
	trajectories.Routes(a.Router)
	a.Jobs = append(a.Jobs, trajectories.Jobs()...)
	sought := seek.NewService(d)
	sought.Routes(a.Router)
	board.NewService(d).Routes(a.Router)
	matches := matching.NewService(d, intake.WaitingOver)
	matches.Routes(a.Router)
	mapped.NewService(d).Routes(a.Router)
	facility.NewService(d).Routes(a.Router)
	families.NewService(d).Routes(a.Router)
	dossiers := dossier.NewService(d, trajectories)
	dossiers.Routes(a.Router)
	a.Jobs = append(a.Jobs, dossiers.Jobs()...)
	intakes := intake.NewService(d, rand.Reader)
	intakes.Routes(a.Router)
	referrals := referral.NewService(d, rand.Reader, intakes)
	referrals.Routes(a.Router)
	consents := consent.NewService(d)
	consents.Routes(a.Router)
	a.Jobs = append(a.Jobs, consents.Jobs()...)
	a.toolsFor(d)
	visits := visit.NewService(d)
	visits.Routes(a.Router)
	signals := signal.NewService(d, settledWorkdays, helpAgreed)
	signals.Routes(a.Router)
	a.Jobs = append(a.Jobs, signals.Jobs()...)
	a.careFor(d)
	home.NewService(d).Routes(a.Router)
	figures.NewService(d).Routes(a.Router)
	a.accountFor(d)
	a.Router.Raw("GET /assets/", "scripts, styles and fonts hold nothing of anybody", assets.Handler())
	a.Demo = demo.Services{Tools: a.Demo.Tools, Visits: visits, Learning: a.Demo.Learning, Materials: a.Demo.Materials, Applicants: a.Demo.Applicants, Care: a.Demo.Care, Expenses: a.Demo.Expenses, Signals: signals, Referrals: referrals, Intakes: intakes, Matching: matches, Seek: sought, Trajectories: trajectories, Dossiers: dossiers, Breaches: a.Demo.Breaches, Requests: a.Demo.Requests, Retention: a.Retention}
	return a
}

// toolPages says where each of the five tools stands, behind the address of a family.
var toolPages = map[string]string{tool.Genogram: "/genogram", tool.Triptych: "/triptych", tool.Sociogram: "/network", tool.NetworkMap: "/network"}

// toolsFor makes the family's own tools.
func (a *App) toolsFor(d *db.DB) {
	a.Demo.Tools = demo.Tools{Tool: tool.NewService(d, toolPages), Triptych: triptych.NewService(d), Goal: goal.NewService(d), Plan: plan.NewService(d)}
	a.Demo.Tools.Tool.Routes(a.Router)
	a.Demo.Tools.Plan.Routes(a.Router)
	a.Demo.Tools.Goal.Routes(a.Router)
	a.Demo.Tools.Triptych.Routes(a.Router)
	networks.NewService(d).Routes(a.Router)
	genogram.NewService(d).Routes(a.Router)
}

// careFor makes what looks after volunteers: materials, contacts, expenses.
func (a *App) careFor(d *db.DB) {
	a.Demo.Materials, a.Demo.Care = material.NewService(d), care.NewService(d)
	a.Demo.Expenses = expense.NewService(d)
	a.Demo.Expenses.Routes(a.Router)
	uniformity.NewService(d).Routes(a.Router)
	a.Demo.Materials.Routes(a.Router)
	a.Demo.Care.Routes(a.Router)
	a.Jobs = append(a.Jobs, a.Demo.Care.Jobs()...)
}

// accountFor makes what the programme answers for: backups, the log, own data, breaches, erasing.
func (a *App) accountFor(d *db.DB) {
	backup.NewService(d).Routes(a.Router)
	privacy.NewService(d).Routes(a.Router)
	owndata.NewService(d).Routes(a.Router)
	a.Demo.Requests, a.Demo.Breaches = request.NewService(d), breach.NewService(d)
	a.Demo.Requests.Routes(a.Router)
	a.Demo.Breaches.Routes(a.Router)
	a.Jobs = append(a.Jobs, a.Demo.Breaches.Jobs()...)
	a.Retention = retention.NewService(d)
	a.Retention.Routes(a.Router)
	a.Jobs = append(a.Jobs, a.Retention.Jobs()...)
}
