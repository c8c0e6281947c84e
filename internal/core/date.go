package core

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Date is a day of the calendar without a time or a zone, such as a birthday. The zero Date means "not known".
// In the database it is the text 2006-01-02, which sorts and compares alike on both engines; not known is NULL.
type Date struct{ y, m, d int16 }

const dateLayout = "2006-01-02"

// NewDate makes the date; it must exist in the calendar.
func NewDate(year int, month time.Month, day int) Date {
	return dateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), int16(m), int16(d)}
}

// ParseDate reads 2006-01-02. The empty text is the zero Date; 31 February is an error.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(dateLayout, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("not a date: %.20q", s)
	}
	return dateOf(t), nil
}

// MustDate is ParseDate for literals in tests and tables.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String writes 2006-01-02, or nothing for a date that is not known.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(dateLayout)
}

func (d Date) IsZero() bool { return d == Date{} }

// Time is the start of the day in UTC; for arithmetic and formatting only.
func (d Date) Time() time.Time {
	return time.Date(int(d.y), time.Month(d.m), int(d.d), 0, 0, 0, 0, time.UTC)
}

func (d Date) Year() int         { return int(d.y) }
func (d Date) Month() time.Month { return time.Month(d.m) }
func (d Date) Day() int          { return int(d.d) }

// AddDays moves by calendar days; summer time does not matter to it.
func (d Date) AddDays(n int) Date { return dateOf(d.Time().AddDate(0, 0, n)) }

// AddMonths moves by months; the 31st becomes the last day of a shorter month.
func (d Date) AddMonths(n int) Date {
	first := NewDate(d.Year(), d.Month(), 1).Time().AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return NewDate(first.Year(), first.Month(), min(d.Day(), last))
}

// Compare is negative when d lies before e.
func (d Date) Compare(e Date) int { return d.Time().Compare(e.Time()) }

func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }
func (d Date) After(e Date) bool  { return d.Compare(e) > 0 }

// DaysUntil counts the days from d to e; negative when e lies before d.
func (d Date) DaysUntil(e Date) int { return int(e.Time().Sub(d.Time()).Hours() / 24) }

// AgeOn is the age in whole years of somebody born on d, on the given day. Somebody born on 29 February has their
// birthday on 1 March of other years, as Dutch law counts it.
func (d Date) AgeOn(on Date) int {
	age := on.Year() - d.Year()
	if on.Month() < d.Month() || on.Month() == d.Month() && on.Day() < d.Day() {
		age--
	}
	return age
}

func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

func (d *Date) Scan(src any) error {
	var err error
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case string:
		*d, err = ParseDate(v)
	case []byte:
		*d, err = ParseDate(string(v))
	default:
		err = errors.New("a date is kept as text")
	}
	return err
}

func (d Date) MarshalText() ([]byte, error)        { return []byte(d.String()), nil }
func (d *Date) UnmarshalText(b []byte) (err error) { *d, err = ParseDate(string(b)); return err }

// Instant is a moment, to the millisecond, in UTC. In the database it is fixed-width text, so that it sorts as it
// happened on both engines.
type Instant struct{ t time.Time }

const instantLayout = "2006-01-02T15:04:05.000Z"

// At makes an Instant of a clock's time.
func At(t time.Time) Instant { return Instant{t.UTC().Truncate(time.Millisecond)} }

// ParseInstant reads the text that String wrote, or any RFC 3339 time; empty text is the zero Instant.
func ParseInstant(s string) (Instant, error) {
	if s == "" {
		return Instant{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return Instant{}, fmt.Errorf("not a moment: %.40q", s)
	}
	return At(t), nil
}

// MustInstant is ParseInstant for literals in tests and tables.
func MustInstant(s string) Instant {
	i, err := ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

func (i Instant) String() string {
	if i.IsZero() {
		return ""
	}
	return i.t.Format(instantLayout)
}

func (i Instant) Time() time.Time                 { return i.t }
func (i Instant) IsZero() bool                    { return i.t.IsZero() }
func (i Instant) Add(d time.Duration) Instant     { return At(i.t.Add(d)) }
func (i Instant) Sub(j Instant) time.Duration     { return i.t.Sub(j.t) }
func (i Instant) Before(j Instant) bool           { return i.t.Before(j.t) }
func (i Instant) After(j Instant) bool            { return i.t.After(j.t) }
func (i Instant) In(loc *time.Location) time.Time { return i.t.In(loc) }

// Date is the calendar day on which the instant falls in the Netherlands.
func (i Instant) Date() Date {
	if i.IsZero() {
		return Date{}
	}
	return dateOf(i.t.In(Amsterdam))
}

func (i Instant) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil
	}
	return i.String(), nil
}

func (i *Instant) Scan(src any) error {
	var err error
	switch v := src.(type) {
	case nil:
		*i = Instant{}
	case string:
		*i, err = ParseInstant(v)
	case []byte:
		*i, err = ParseInstant(string(v))
	default:
		err = errors.New("an instant is kept as text")
	}
	return err
}

func (i Instant) MarshalText() ([]byte, error)        { return []byte(i.String()), nil }
func (i *Instant) UnmarshalText(b []byte) (err error) { *i, err = ParseInstant(string(b)); return err }

// Amsterdam is the zone in which a day begins and an office closes. The zone data is in the binary.
var Amsterdam = func() *time.Location {
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return loc
}()
