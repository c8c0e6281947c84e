package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wneessen/go-mail"
)

// SMTP is the mail server that takes our mail.
type SMTP struct {
	Host           string
	Port           int
	User, Password string // empty: the server asks for none
	From           string
	TLS            string // "starttls", "tls" or "none"
}

// SMTPSender sends by SMTP.
type SMTPSender struct {
	client *mail.Client
	from   string
}

const smtpTimeout = 30 * time.Second

// NewSMTPSender makes a sender. What cannot be is said now and not at the first mail.
func NewSMTPSender(s SMTP) (*SMTPSender, error) {
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(smtpTimeout)}
	switch s.TLS {
	case "starttls":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("mail over %q: choose starttls, tls or none", s.TLS)
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err == nil {
		err = mail.NewMsg().From(s.From)
	}
	if err != nil {
		return nil, fmt.Errorf("the mail server's settings: %w", err)
	}
	return &SMTPSender{client, s.From}, nil
}

// Send sends one message.
func (s *SMTPSender) Send(ctx context.Context, m Message) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(s.from); err != nil {
		return err
	}
	if err := msg.To(m.To); err != nil {
		return err
	}
	if to := msg.GetTo(); len(to) != 1 || to[0].Address != m.To { // a name before it, or a second one
		return fmt.Errorf("%w: %q is more than an address", ErrRefused, m.To)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Composed.Time())
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	return refusal(s.client.DialAndSendWithContext(ctx, msg))
}

// refusal tells a refusal for good from everything that may be better in an hour: a server that is away or asks us to wait.
func refusal(err error) error {
	if sending, ok := errors.AsType[*mail.SendError](err); ok && sending.ErrorCode() >= 500 && sending.ErrorCode() < 600 {
		return errors.Join(ErrRefused, err)
	}
	return err
}
