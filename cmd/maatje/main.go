// Command maatje is the whole product: it serves the pages, imports history, prints figures and shows a demo.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"maatje/internal/app"
	"maatje/internal/core"
	"maatje/internal/figures"
	"maatje/internal/job"
)

const about = `Maatje is the working system of a volunteer programme for children with a parent in prison.

One program with its database inside. The first start makes an encrypted database, its key and its key store; keep the
key apart from the backups of the other two.`

// commands are what maatje help lists.
type commands struct {
	Serve    serve      `cmd:"" help:"Serve the pages, for real use."`
	Demo     demo       `cmd:"" help:"Show the product with an invented programme in it. Nothing is kept."`
	Import   importFile `cmd:"" help:"Import a file of history, one JSON record a line. The same file twice changes nothing."`
	Figures  figuresOf  `cmd:"" help:"Print the figures of a period: the funnel, and the work that ran."`
	Match    match      `cmd:"" help:"Solve who supports whom from a file, and print the best assignment with its total. Opens no database."`
	Genogram genogram   `cmd:"" help:"Draw the genogram of a family in a file, GEDCOM or JSON. Opens no database."`
	Verify   verify     `cmd:"" help:"Walk the log and say whether it is as it was written; the first bad entry is named. Works beside a running program."`
	Backup   makeBackup `cmd:"" help:"Make a backup, beside the running program: data and keys apart, encrypted, signed, read back."`
	Restore  restore    `cmd:"" help:"Fill an empty place from a backup."`
	Keys     keys       `cmd:"" help:"The keys: their state, a new master key, a passphrase, and the recovery sheets."`
	Help     help       `cmd:"" help:"Tell what a command does and takes."`
	Version  version    `cmd:"" help:"Print the version."`
}

// place is where the data is: the flags of every command that opens it.
type place struct {
	DB      string `name:"db" env:"MAATJE_DB" default:"./maatje.db" placeholder:"FILE|postgres://..." help:"The database: a file, or the address of a PostgreSQL server (${env}; ${default})."`
	KeyFile string `env:"MAATJE_KEY_FILE" placeholder:"FILE" help:"The key above all others; default the database's name with .key. The key itself may stand in $$MAATJE_KEY instead (${env})."`
	Keys    string `env:"MAATJE_KEYS" placeholder:"FILE|postgres://..." help:"The families' keys; default the database's name with .keys (${env})."`
}

func (p place) at() app.Place {
	return app.Place{DB: p.DB, KeyFile: p.KeyFile, Keys: p.Keys, Key: os.Getenv("MAATJE_KEY"),
		Credentials: os.Getenv("CREDENTIALS_DIRECTORY"), Passphrase: os.Getenv("MAATJE_PASSPHRASE"), Ask: os.Stdin}
}

// books is where the checkpoints of the log are: outside the database, and best on another disk as well.
type books struct {
	Checkpoints     string `env:"MAATJE_CHECKPOINTS" placeholder:"FILE" help:"Signed checkpoints of the log; default the database's name with .checkpoints (${env})."`
	CheckpointsCopy string `env:"MAATJE_CHECKPOINTS_COPY" placeholder:"FILE" help:"A second place for them, best where who manages the database cannot write (${env})."`
}

type serve struct {
	place
	books
	Listen      string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen (${default})."`
	TLSCert     string   `name:"tls-cert" placeholder:"FILE" help:"The TLS certificate."`
	TLSKey      string   `name:"tls-key" placeholder:"FILE" help:"The TLS certificate's key."`
	BehindProxy string   `placeholder:"HEADER" help:"A web server with TLS stands in front and puts the visitor's address in this header, such as X-Forwarded-For. It passes the Host header on."`
	ProxyFrom   []string `env:"MAATJE_PROXY_FROM" placeholder:"ADDRESS|NETWORK" help:"Where that web server stands; nobody else's header is believed. Default this machine itself (${env})."`
	BaseURL     string   `name:"base-url" env:"MAATJE_BASE_URL" placeholder:"URL" help:"The address that people type; it stands in mails (${env})."`

	OIDCIssuer     string `name:"oidc-issuer" env:"MAATJE_OIDC_ISSUER" placeholder:"URL" group:"Sign-in" help:"The organisation's own provider (OpenID Connect), such as https://login.example.org; without one there is none (${env})."`
	OIDCClient     string `name:"oidc-client" env:"MAATJE_OIDC_CLIENT" placeholder:"ID" group:"Sign-in" help:"Under which client id it knows us. Let it send people back to the base URL followed by /sign-in/provider/back (${env})."`
	OIDCSecretFile string `name:"oidc-secret-file" env:"MAATJE_OIDC_SECRET_FILE" placeholder:"FILE" group:"Sign-in" help:"Our secret at the provider; it may stand in $$MAATJE_OIDC_SECRET instead (${env})."`
	OIDCName       string `name:"oidc-name" env:"MAATJE_OIDC_NAME" placeholder:"NAME" group:"Sign-in" help:"How people know it; the name stands on the button (${env})."`

	Backup     string   `env:"MAATJE_BACKUP" placeholder:"DIR" group:"Backup" help:"The folder in which a backup is made every day; without one there is none (${env})."`
	BackupKeys string   `env:"MAATJE_BACKUP_KEYS" placeholder:"DIR" group:"Backup" help:"The folder for the backups of the keys; default the same. They stay 30 days at most (${env})."`
	BackupKeep int      `env:"MAATJE_BACKUP_KEEP" default:"90" placeholder:"DAYS" group:"Backup" help:"How many days backups of the data are kept (${env}; ${default})."`
	BackupAlso []string `env:"MAATJE_BACKUP_ALSO" placeholder:"age1..." group:"Backup" help:"Somebody else who can open them (${env})."`

	Reserve int `env:"MAATJE_RESERVE" default:"32" placeholder:"MB" help:"How much room on the disk is kept for the log, so that people can still look things up when the disk is full; 0 for none. Not with PostgreSQL (${env}; ${default})."`

	SMTPHost string `name:"smtp-host" env:"MAATJE_SMTP_HOST" placeholder:"HOST" group:"Mail" help:"The server that takes our mail; without one no mail goes out. Its password stands in $$MAATJE_SMTP_PASSWORD (${env})."`
	SMTPPort int    `name:"smtp-port" env:"MAATJE_SMTP_PORT" default:"587" group:"Mail" help:"Its port (${env}; ${default})."`
	SMTPUser string `name:"smtp-user" env:"MAATJE_SMTP_USER" placeholder:"NAME" group:"Mail" help:"The name to sign in with, if it asks for one (${env})."`
	SMTPFrom string `name:"smtp-from" env:"MAATJE_SMTP_FROM" placeholder:"ADDRESS" group:"Mail" help:"The address our mail comes from (${env})."`
	SMTPTLS  string `name:"smtp-tls" env:"MAATJE_SMTP_TLS" enum:"starttls,tls,none" default:"starttls" group:"Mail" help:"How the way there is encrypted: starttls, tls or none (${env}; ${default})."`
}

func (c serve) Run(ctx context.Context) error {
	l := app.Listen{Addr: c.Listen, TLSCert: c.TLSCert, TLSKey: c.TLSKey, ProxyHeader: c.BehindProxy, ProxyFrom: c.ProxyFrom, BaseURL: c.BaseURL}
	m := job.SMTP{Host: c.SMTPHost, Port: c.SMTPPort, User: c.SMTPUser, Password: os.Getenv("MAATJE_SMTP_PASSWORD"), From: c.SMTPFrom, TLS: c.SMTPTLS}
	b := app.Backups{Data: c.Backup, Keys: c.BackupKeys, Keep: time.Duration(c.BackupKeep) * 24 * time.Hour, Others: c.BackupAlso}
	o := app.OIDC{Issuer: c.OIDCIssuer, ClientID: c.OIDCClient, SecretFile: c.OIDCSecretFile, Secret: os.Getenv("MAATJE_OIDC_SECRET"), Name: c.OIDCName}
	return app.Serve(ctx, c.at(), app.Books{Path: c.Checkpoints, Copy: c.CheckpointsCopy}, b, app.Reserve(c.Reserve)<<20, l, m, o, os.Stdout)
}

type demo struct {
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen; another port is taken if this one is in use (${default})."`
}

func (c demo) Run(ctx context.Context) error {
	return app.Demo(ctx, app.Listen{Addr: c.Listen, AnyPort: true}, os.Stdout)
}

type importFile struct {
	place
	File string `arg:"" type:"existingfile" help:"The file, such as 2013.jsonl; what does not come in goes to 2013.failed.jsonl beside it."`
}

func (c importFile) Run(ctx context.Context) error {
	return app.Import(ctx, c.at(), c.File, os.Stdout, os.Stderr)
}

type figuresOf struct {
	place
	From      string `required:"" placeholder:"DATE" help:"The first day, such as 2013-01-01."`
	To        string `required:"" placeholder:"DATE" help:"The last day, such as 2013-12-31."`
	Format    string `enum:"json,csv,text" default:"text" help:"How to print them: json, csv or text (${default})."`
	Outsiders bool   `help:"For somebody outside the programme: counts under five are left out, and what would give them away."`
}

func (c figuresOf) Run(ctx context.Context) error {
	from, err := core.ParseDate(c.From)
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	to, err := core.ParseDate(c.To)
	if err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	return app.Figures(ctx, c.at(), figures.Period{From: from, To: to}, c.Format, c.Outsiders, os.Stdout)
}

type match struct {
	File string `arg:"" type:"existingfile" help:"The instance: volunteers with capacity, families with need, pairs with cost, as docs/matching.md tells."`
	LP   string `name:"lp" placeholder:"FILE" help:"Write the instance there as well, as a linear programme that other solvers read."`
}

func (c match) Run(ctx context.Context) error {
	return app.Match(ctx, c.File, c.LP, os.Stdout, os.Stderr)
}

type genogram struct {
	File string `arg:"" type:"existingfile" help:"The family: GEDCOM 5.5 to 7.0 (.ged), or JSON as docs/drawing.md tells (.json)."`
	Out  string `short:"o" placeholder:"FILE" help:"Where it goes: the picture (.svg), places, lines and figures (.json), or the family as GEDCOM 7.0 (.ged). Default the picture, printed."`
	On   string `placeholder:"DATE" help:"The family as it was on a day, such as 2024-05-31; default everything, and the ages of today."`
	Lang string `enum:"en,nl" default:"en" help:"The words in the picture: en or nl (${default})."`
}

func (c genogram) Run() error {
	var day core.Date
	if c.On != "" {
		var err error
		if day, err = core.ParseDate(c.On); err != nil {
			return fmt.Errorf("--on: %w", err)
		}
	}
	return app.Genogram(app.Picture{File: c.File, To: c.Out, On: day, Lang: c.Lang}, os.Stdout, os.Stderr)
}

type verify struct {
	place
	books
	Also     []string `arg:"" optional:"" type:"existingfile" help:"More files of checkpoints: those of other nodes, or a copy that was kept elsewhere."`
	Restored string   `placeholder:"WHY" help:"An older copy of the database was put back, on purpose: take the log up from there. The reason is written into the checkpoints and stays."`
}

func (c verify) Run(ctx context.Context) error {
	return app.Verify(ctx, c.at(), app.Books{Path: c.Checkpoints, Copy: c.CheckpointsCopy, Also: c.Also}, c.Restored, os.Stdout)
}

type help struct {
	Command []string `arg:"" optional:"" help:"The command to tell about."`
}

func (c help) Run(k *kong.Kong) error {
	asked, err := kong.Trace(k, c.Command)
	if err != nil {
		return err
	}
	if asked.Error != nil && len(c.Command) > 0 {
		return asked.Error
	}
	return asked.PrintUsage(false)
}

type version struct{}

func (version) Run() error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fmt.Errorf("this program was built without its version")
	}
	_, err := fmt.Println("maatje", info.Main.Version, runtime.Version())
	return err
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	var c commands
	args := kong.Parse(&c, kong.Name("maatje"), kong.Description(about), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err := args.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "maatje:", err)
		os.Exit(1)
	}
}
