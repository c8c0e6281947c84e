package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/url"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
	"maatje/internal/web/text"
)

// Mail is a mail to be sent once the transaction that asks for it is kept. It has no words of its own: the template is a
// code of [codes mail_subject] and [codes mail_text], and nothing of a person, a detention or a facility is in it (PRV-5).
type Mail struct {
	Key      string         // what it is about; the same key again is the same mail
	Account  core.AccountID // to whom, at the address the account has when it goes
	Address  string         // or to an address, for who has no account
	Template string
	On       core.Date // the day on which it happens, if the template tells of one
	Link     string    // a path on our own address; empty leads to the front page. It is sealed, because it may be a key
}

// Queue puts the mail into the outbox, in the caller's transaction.
func Queue(t *db.Tx, m Mail) error {
	id := db.NewID[core.ID](t)
	var link []byte
	if m.Link != "" {
		var err error
		if link, err = t.Secrets().Seal(linkPlace(id), m.Link); err != nil {
			return err
		}
	}
	_, err := db.Exec(t, xQueue, db.Args{"id": id, "key": m.Key, "account": m.Account, "address": m.Address, "template": m.Template, "link": link, "on": m.On})
	return err
}

func linkPlace(id core.ID) vault.Place {
	return vault.Place{Table: "outbox", Column: "link", Row: id.Int64()}
}

// Message is a mail as it goes out.
type Message struct {
	ID       string // the same for every attempt, so that one sent twice is shown once
	To       string
	Subject  string
	Text     string
	Composed core.Instant
}

// Sender takes a message to where it goes.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Outbox sends what waits in the outbox.
type Outbox struct {
	db   *db.DB
	send Sender
	base string
	log  *slog.Logger

	// Undelivered is told, in the same transaction, that a mail to an account was refused for good.
	Undelivered func(*db.Tx, core.AccountID) error
}

// ErrRefused is what a Sender says of a mail that the server will not take, now or later.
var ErrRefused = errors.New("the mail server refuses it for good")

// NewOutbox makes the outbox of a product at the address base. Without a sender mails wait, and are given up in time.
func NewOutbox(d *db.DB, s Sender, base string, log *slog.Logger) *Outbox {
	return &Outbox{db: d, send: s, base: base, log: log}
}

// Job is the job that empties the outbox.
func (o *Outbox) Job() Job { return Job{Name: "mail.send", Every: Minutely, Run: o.Send, Always: true} }

const atOnce = 200

var errNoSender = errors.New("no mail server is configured")

// Send tries every mail that waits and whose time has come. A mail that fails waits longer each time.
func (o *Outbox) Send(ctx context.Context, a authz.Actor) error {
	var waiting []core.ID
	err := o.db.Read(ctx, a, func(t *db.Tx) (err error) {
		waiting, err = db.All(t, qWaiting, db.Args{"limit": atOnce, "far": far(t.Now())}, func(id *core.ID) []any { return []any{id} })
		return err
	})
	for _, id := range waiting {
		if err != nil || ctx.Err() != nil {
			break
		}
		err = o.one(ctx, a, id)
	}
	return err
}

// one takes the lease of one mail and sends it. A crash between sending and writing that down sends it again, under the
// same identifier.
func (o *Outbox) one(ctx context.Context, a authz.Actor, id core.ID) error {
	l, mine, err := o.take(ctx, a, id)
	if err != nil || !mine {
		return err
	}
	sending := o.deliver(ctx, id, l)
	return o.db.Write(context.WithoutCancel(ctx), a, func(t *db.Tx) error {
		if sending == nil {
			return db.Do(t, xSent, db.Args{"id": id})
		}
		next, giveUp := again(l.attempts, l.created, t.Now())
		if giveUp || errors.Is(sending, errEnded) || errors.Is(sending, ErrRefused) {
			o.log.Error("a mail is given up", "template", l.template, "error", sending)
			return o.giveUp(t, id, l, sending)
		}
		return db.Do(t, xWait, db.Args{"id": id, "next": next, "error": sending.Error()})
	})
}

// giveUp sends the mail no more. Somebody hears of it when the address itself is wrong: nobody else would find out.
func (o *Outbox) giveUp(t *db.Tx, id core.ID, l letter, why error) error {
	if err := db.Do(t, xGiveUp, db.Args{"id": id, "error": why.Error()}); err != nil {
		return err
	}
	if !errors.Is(why, ErrRefused) || l.account.IsZero() || o.Undelivered == nil {
		return nil
	}
	return o.Undelivered(t, l.account)
}

func (o *Outbox) take(ctx context.Context, a authz.Actor, id core.ID) (l letter, mine bool, err error) {
	err = o.db.Write(ctx, a, func(t *db.Tx) error {
		n, err := db.Exec(t, xTakeMail, db.Args{"id": id, "until": t.Now().Add(leaseFor), "far": far(t.Now())})
		if mine = n == 1; err != nil || !mine {
			return err
		}
		l, err = db.One(t, qMail, db.Args{"id": id}, (*letter).dest)
		return err
	})
	return l, mine, err
}

var errEnded = errors.New("whom it was for has no access any more")

func (o *Outbox) deliver(ctx context.Context, id core.ID, l letter) error {
	if !l.ended.IsZero() {
		return errEnded
	}
	if o.send == nil {
		return errNoSender
	}
	link := ""
	if len(l.link) > 0 {
		var err error
		if link, err = o.db.Vault().Secrets().Open(linkPlace(id), l.link); err != nil {
			return err
		}
	}
	return o.send.Send(ctx, compose(l, o.base, link, o.db.Now()))
}

// compose writes the mail: words of the catalogue and an address of ours, nothing else (PRV-5).
func compose(l letter, base, link string, now core.Instant) Message {
	lang, _ := text.ParseLang(l.lang)
	return Message{
		ID: messageID(l.key, base), To: l.to, Composed: now,
		Subject: lang.MailSubject(l.template),
		Text:    lang.MailText(l.template) + dayLine(lang, l.on) + "\n\n" + base + link + "\n\n" + lang.MailWhyShort() + "\n",
	}
}

// dayLine says which day a mail is about.
func dayLine(lang text.Lang, on core.Date) string {
	if on.IsZero() {
		return ""
	}
	return "\n\n" + lang.MailDay(lang.Date(on))
}

// messageID is made of the key alone.
func messageID(key, base string) string {
	host := "maatje.invalid"
	if u, err := url.Parse(base); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16]) + "@" + host
}
