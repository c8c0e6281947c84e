package job

import (
	"context"
	"errors"
	"io"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// postOffice is a mail server that keeps what it gets, or refuses it.
type postOffice struct {
	mu     sync.Mutex
	refuse *smtp.SMTPError
	got    []envelope
}

type envelope struct {
	to      []string
	message *mail.Message
	text    string
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: p}, nil }

func (p *postOffice) set(refuse *smtp.SMTPError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = refuse
}

func (p *postOffice) all() []envelope {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.got)
}

type visit struct {
	office *postOffice
	to     []string
}

func (v *visit) Mail(string, *smtp.MailOptions) error      { return nil }
func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error { v.to = append(v.to, to); return nil }
func (v *visit) Reset()                                    { v.to = nil }
func (v *visit) Logout() error                             { return nil }

func (v *visit) Data(r io.Reader) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if v.office.refuse != nil {
		return v.office.refuse
	}
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(m.Body)
	v.office.got = append(v.office.got, envelope{slices.Clone(v.to), m, string(b)})
	return err
}

// open starts the server on a port of its own and gives a sender to it.
func (p *postOffice) open(t *testing.T) *SMTPSender {
	t.Helper()
	var c net.ListenConfig
	ln, err := c.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ln) }()
	t.Cleanup(func() {
		if err := errors.Join(server.Close(), <-ended); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	s, err := NewSMTPSender(SMTP{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, From: "Maatje <maatje@voorbeeld.nl>", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	xPerson = db.X("job_test.person", authz.Accounts,
		`INSERT INTO account (id, email, email_fold, name, language, created_at) VALUES (:id, :email, :email, 'Tineke Bos', :language, :now)`,
		db.Probe{"id": db.Theirs("account"), "email": "", "language": ""})
	xEnded = db.X("job_test.end", authz.Accounts, `UPDATE account SET ended_at = :now WHERE id = :id`, db.Probe{"id": db.Theirs("account")})
	qLeft  = db.Q("job_test.left", authz.Works, `SELECT key, COALESCE(sent_at, ''), COALESCE(given_up_at, ''), last_error, attempts,
		CASE WHEN link IS NULL THEN 0 ELSE 1 END FROM outbox ORDER BY key`, db.Probe{})
)

type left struct {
	key, sent, givenUp, err string
	attempts, hasLink       int
}

func outboxOf(t *testing.T, d *db.DB) (all []left) {
	t.Helper()
	must(t, d.Read(t.Context(), actor, func(tx *db.Tx) (err error) {
		all, err = db.All(tx, qLeft, nil, func(l *left) []any {
			return []any{&l.key, &l.sent, &l.givenUp, &l.err, &l.attempts, &l.hasLink}
		})
		return err
	}))
	return all
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func queue(t *testing.T, d *db.DB, mails ...Mail) {
	t.Helper()
	must(t, d.Write(t.Context(), authz.Visitor(authz.Origin{}), func(tx *db.Tx) error {
		for _, m := range mails {
			if err := Queue(tx, m); err != nil {
				return err
			}
		}
		return nil
	}))
}

func person(t *testing.T, d *db.DB, id core.AccountID, email, language string) {
	t.Helper()
	must(t, d.Write(t.Context(), actor, func(tx *db.Tx) error {
		return db.Do(tx, xPerson, db.Args{"id": id, "email": email, "language": language})
	}))
}

func TestPRV5_AMailIsSentOnceAndSaysNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		office := &postOffice{}
		sender := office.open(t)
		person(t, d, 7, "tineke@voorbeeld.nl", "nl")
		person(t, d, 8, "ann@voorbeeld.nl", "en")
		queue(t, d, Mail{Key: "worklist:7", Account: 7, Template: "worklist"}, Mail{Key: "invite:8", Account: 8, Template: "invitation", Link: "/invitation/secret"})
		queue(t, d, Mail{Key: "worklist:7", Account: 7, Template: "worklist"})

		var both sync.WaitGroup
		for range 4 {
			o := NewOutbox(d, sender, "https://maatje.voorbeeld.nl", silent)
			both.Go(func() {
				if err := o.Send(t.Context(), authz.System("mail.send")); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()

		got := office.all()
		if len(got) != 2 {
			t.Fatalf("%d mails arrived, want 2", len(got))
		}
		slices.SortFunc(got, func(a, b envelope) int { return strings.Compare(a.to[0], b.to[0]) })
		ann, tineke := got[0], got[1]
		if tineke.to[0] != "tineke@voorbeeld.nl" || tineke.message.Header.Get("Message-Id") != "<"+messageID("worklist:7", "https://maatje.voorbeeld.nl")+">" {
			t.Errorf("%v %v", tineke.to, tineke.message.Header)
		}
		if !strings.Contains(tineke.text, "werklijst") || !strings.Contains(ann.text, "sign in") {
			t.Error("not in the reader's language")
		}
		if !strings.Contains(ann.text, "https://maatje.voorbeeld.nl/invitation/secret") {
			t.Errorf("no link: %s", ann.text)
		}
		for _, e := range got {
			for _, word := range []string{"Tineke", "Bos", "gevangen", "detentie", "PI ", "inrichting", "prison", "detention"} {
				if strings.Contains(e.text, word) || strings.Contains(e.message.Header.Get("Subject"), word) {
					t.Errorf("%q stands in the mail", word)
				}
			}
		}
		for _, l := range outboxOf(t, d) {
			if l.sent == "" || l.attempts != 1 || l.hasLink != 0 {
				t.Errorf("%+v", l)
			}
		}
	})
}

func TestAMailThatIsRefusedGoesLater(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		office := &postOffice{refuse: &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not now"}}
		o := NewOutbox(d, office.open(t), "https://maatje.voorbeeld.nl", silent)
		send := func() {
			t.Helper()
			must(t, o.Send(t.Context(), authz.System("mail.send")))
		}
		queue(t, d, Mail{Key: "a", Address: "iemand@voorbeeld.nl", Template: "worklist"})
		send()
		send() // too soon to try again
		if l := outboxOf(t, d)[0]; l.attempts != 1 || !strings.Contains(l.err, "451") || l.sent != "" {
			t.Errorf("%+v", l)
		}
		office.set(nil)
		clock.Set(clock.Now().Add(waits[0]))
		send()
		if l := outboxOf(t, d)[0]; l.attempts != 2 || l.err != "" || l.sent == "" || len(office.all()) != 1 {
			t.Errorf("%+v, %d arrived", l, len(office.all()))
		}
	})
}

func TestAMailThatIsRefusedForGoodIsTold(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		office := &postOffice{refuse: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here of that name"}}
		o := NewOutbox(d, office.open(t), "https://maatje.voorbeeld.nl", silent)
		var told []core.AccountID
		o.Undelivered = func(_ *db.Tx, id core.AccountID) error { told = append(told, id); return nil }
		person(t, d, 7, "tineke@voorbeeld.nl", "nl")
		queue(t, d, Mail{Key: "a", Account: 7, Template: "invitation", Link: "/invitation/x"})
		for range 3 {
			must(t, o.Send(t.Context(), authz.System("mail.send")))
			clock.Set(clock.Now().Add(7 * time.Hour))
		}
		if l := outboxOf(t, d)[0]; l.attempts != 1 || l.givenUp == "" || l.hasLink != 0 || !strings.Contains(l.err, "550") {
			t.Errorf("%+v", l)
		}
		if !slices.Equal(told, []core.AccountID{7}) {
			t.Errorf("told about %v", told)
		}
	})
}

func TestAMailNobodyTakesIsGivenUp(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		o := NewOutbox(d, nil, "https://maatje.voorbeeld.nl", silent)
		person(t, d, 7, "tineke@voorbeeld.nl", "nl")
		queue(t, d, Mail{Key: "a", Address: "iemand@voorbeeld.nl", Template: "invitation", Link: "/invitation/x"}, Mail{Key: "b", Account: 7, Template: "worklist"})
		must(t, d.Write(t.Context(), actor, func(tx *db.Tx) error { return db.Do(tx, xEnded, db.Args{"id": core.AccountID(7)}) }))
		for range 100 {
			must(t, o.Send(t.Context(), authz.System("mail.send")))
			clock.Set(clock.Now().Add(time.Hour))
		}
		all := outboxOf(t, d)
		if a, b := all[0], all[1]; a.givenUp == "" || a.hasLink != 0 || a.err != errNoSender.Error() || a.attempts < 8 || b.givenUp == "" || b.attempts != 1 {
			t.Errorf("%+v", all)
		}
	})
}

// forgetful sends, and the program dies before it can write that down.
type forgetful struct {
	ids   []string
	crash context.CancelFunc
}

func (f *forgetful) Send(_ context.Context, m Message) error {
	f.ids = append(f.ids, m.ID)
	if f.crash != nil {
		panic("power cut")
	}
	return nil
}

func TestACrashAfterSendingMakesADuplicateOfOneName(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f := &forgetful{crash: func() {}}
		o := NewOutbox(d, f, "https://maatje.voorbeeld.nl", silent)
		queue(t, d, Mail{Key: "a", Address: "iemand@voorbeeld.nl", Template: "worklist"})
		if err := run(t.Context(), o.Job()); err == nil {
			t.Fatal("no crash")
		}
		f.crash = nil
		must(t, run(t.Context(), o.Job())) // somebody has it in hand, for all we know
		clock.Set(clock.Now().Add(leaseFor))
		must(t, run(t.Context(), o.Job()))
		if len(f.ids) != 2 || f.ids[0] != f.ids[1] || outboxOf(t, d)[0].sent == "" {
			t.Errorf("%v", f.ids)
		}
	})
}

func TestAClockThatWentBackHoldsUpNoMail(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		f := &forgetful{}
		queue(t, d, Mail{Key: "a", Address: "iemand@voorbeeld.nl", Template: "worklist"})
		clock.Set(clock.Now().Add(-1000 * time.Hour))
		must(t, run(t.Context(), NewOutbox(d, f, "https://maatje.voorbeeld.nl", silent).Job()))
		if len(f.ids) != 1 {
			t.Error("it waits")
		}
	})
}

func TestSMTPSettingsAreChecked(t *testing.T) {
	for _, s := range []SMTP{
		{Host: "mail.voorbeeld.nl", Port: 587, From: "geen address", TLS: "starttls"},
		{Host: "mail.voorbeeld.nl", Port: 587, From: "maatje@voorbeeld.nl", TLS: "maybe"},
		{Host: "", Port: 587, From: "maatje@voorbeeld.nl", TLS: "starttls"},
		{Host: "mail.voorbeeld.nl", Port: 99999, From: "maatje@voorbeeld.nl", TLS: "tls"},
	} {
		if _, err := NewSMTPSender(s); err == nil {
			t.Errorf("%+v is accepted", s)
		}
	}
}
