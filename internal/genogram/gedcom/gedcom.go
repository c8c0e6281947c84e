// Package gedcom carries families in and out of files: GEDCOM 5.5.1 and 7.0, which programs for family trees share, and our own
// JSON (TOO-2). It promises that a broken file gives what could be read and a list of what could not, and that what we wrote
// ourselves comes back as it was: export, import and export again give the same bytes.
package gedcom

import (
	"slices"
	"strconv"

	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// A file may have this many bytes, and this many people: more than can be drawn.
const (
	MaxBytes   = 64 << 20
	MaxPersons = 3000
)

const (
	maxLine     = 1 << 20 // bytes of one line
	maxParts    = 20000   // lines of one record
	maxRecord   = 4 << 20 // bytes of one record
	maxPointers = 50000   // of all people and unions together
	maxRecords  = 20000   // that are not people
	maxMissed   = 200     // that are told one by one
	maxDepth    = 90      // GEDCOM's own limit of levels is 99
)

// Why nothing at all is read.
var (
	ErrEmpty     = refused(text.Lang.GedcomEmpty)
	ErrNoGEDCOM  = refused(text.Lang.GedcomNoGedcom)
	ErrNobody    = refused(text.Lang.GedcomNobody)
	ErrTooLarge  = refused(func(l text.Lang) string { return l.GedcomTooLarge(strconv.Itoa(MaxBytes >> 20)) })
	ErrTooMany   = refused(func(l text.Lang) string { return l.GedcomTooMany(l.Number(MaxPersons)) })
	ErrTooTangly = refused(text.Lang.GedcomTooTangly)
)

// Told is what a file told.
type Told struct {
	Family  kin.Family
	Version string         // of GEDCOM, as the file says
	Charset string         // how the letters were read
	Missed  []Missed       // what could not be read, by line, the first 200
	More    int            // and how many more
	LeftOut map[string]int // what was left out on purpose, by tag, with how often
}

// Missed is a line that could not be read, or not wholly.
type Missed struct {
	Line int
	Why  Why
	What string // the word or the number that the sentence is about
}

// Why a line could not be read.
type Why string

// What can be wrong with a line.
const (
	NoLine         Why = "no_line"
	LongLine       Why = "long_line"
	LongRecord     Why = "long_record"
	LevelJump      Why = "level_jump"
	NoHead         Why = "no_head"
	CutOff         Why = "cut_off"
	SecondRecord   Why = "second_record"
	NoRecord       Why = "no_record"
	OtherLetters   Why = "other_letters"
	UnknownCharset Why = "unknown_charset"
	OtherCalendar  Why = "other_calendar"
	BeforeChrist   Why = "before_christ"
	NoDate         Why = "no_date"
	NoSuchDay      Why = "no_such_day"
	WithOneself    Why = "with_oneself"
	OwnChild       Why = "own_child"
	OwnAncestor    Why = "own_ancestor"
	UnknownWord    Why = "unknown_word"
)

func (t *Told) miss(line int, why Why, what string) {
	if r := []rune(what); len(r) > 40 {
		what = string(r[:40]) + "..."
	}
	if len(t.Missed) < maxMissed {
		t.Missed = append(t.Missed, Missed{line, why, what})
	} else {
		t.More++
	}
}

func (t *Told) leaveOut(tag string) {
	if _, known := t.LeftOut[tag]; known || len(t.LeftOut) < maxMissed {
		t.LeftOut[tag]++
	}
}

func (t *Told) byLine() {
	slices.SortStableFunc(t.Missed, func(a, b Missed) int { return a.Line - b.Line })
}
