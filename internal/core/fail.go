package core

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what a Fail means to whoever asked.
type Kind uint8

const (
	// KindInvalid: what was typed cannot be (a birth in the future). The form comes back with everything in it.
	KindInvalid Kind = iota + 1
	// KindRefused: a rule of the method says no. The sentence names what is missing.
	KindRefused
	// KindConflict: somebody else changed it meanwhile. Both texts are shown, nothing is overwritten.
	KindConflict
	// KindNotFound: it does not exist, or not for this actor; the two look alike.
	KindNotFound
	// KindBusy: not now; the same request may go through later.
	KindBusy
	// KindTooMany: asked too often; Wait says when it may be asked again.
	KindTooMany
)

// Fail is the one error that may be shown to a person. Message is a key of the catalogue with its values, never a
// sentence and never a cause: the catalogue has the words, in the reader's language.
type Fail struct {
	Kind  Kind
	Rule  string // the rule's id, "INT-4", or empty
	Field string // the form field it is about, or empty
	// Message is the key of the sentence in the catalogue's [fail] section; Values fill its {0}, {1} ...
	Message string
	Values  []any
	Cause   error
	Wait    time.Duration // of KindTooMany
	// Also holds further fails found in the same look, so that somebody corrects everything at once.
	Also []*Fail
}

func (f *Fail) Error() string {
	var b strings.Builder
	if f.Rule != "" {
		b.WriteString(f.Rule + ": ")
	}
	if f.Field != "" {
		b.WriteString(f.Field + ": ")
	}
	b.WriteString(f.Message)
	if len(f.Values) > 0 {
		fmt.Fprintf(&b, " %v", f.Values)
	}
	for _, a := range f.Also {
		b.WriteString("; " + a.Error())
	}
	if f.Cause != nil {
		fmt.Fprintf(&b, " (%v)", f.Cause)
	}
	return b.String()
}

func (f *Fail) Unwrap() error { return f.Cause }

// All lists the fail itself and those found with it.
func (f *Fail) All() []*Fail { return append([]*Fail{f}, f.Also...) }

// Refuse says that the rule with this id forbids it.
func Refuse(rule, message string, values ...any) *Fail {
	return &Fail{Kind: KindRefused, Rule: rule, Message: message, Values: values}
}

// Invalid says that what stands in the field cannot be.
func Invalid(field, message string, values ...any) *Fail {
	return &Fail{Kind: KindInvalid, Field: field, Message: message, Values: values}
}

// Conflict says that it was changed by somebody else meanwhile.
func Conflict(message string, values ...any) *Fail {
	return &Fail{Kind: KindConflict, Message: message, Values: values}
}

// NotFound is the answer to everything that does not exist for this actor.
func NotFound() *Fail { return &Fail{Kind: KindNotFound, Message: "not_found"} }

// Busy says to try again later.
func Busy(message string, cause error) *Fail {
	return &Fail{Kind: KindBusy, Message: message, Cause: cause}
}

// TooMany says to ask less often, and that one more is let through after the wait.
func TooMany(wait time.Duration, message string, values ...any) *Fail {
	return &Fail{Kind: KindTooMany, Message: message, Values: values, Wait: wait}
}

// Join makes one error of several fails, or nil of none.
func Join(fails ...*Fail) error {
	var first *Fail
	for _, f := range fails {
		switch {
		case f == nil:
		case first == nil:
			c := *f
			first = &c
		default:
			first.Also = append(first.Also, f.All()...)
		}
	}
	if first == nil {
		return nil
	}
	return first
}

// AsFail finds the Fail in an error, if there is one.
func AsFail(err error) (*Fail, bool) {
	var f *Fail
	ok := errors.As(err, &f)
	return f, ok
}

// IsKind says whether the error is a Fail of this kind.
func IsKind(err error, k Kind) bool {
	f, ok := AsFail(err)
	return ok && f.Kind == k
}
