// Package gedcom carries families in and out of files: GEDCOM 5.5.1 and 7.0, which programs for family trees share, and our own
// JSON (TOO-2). It promises that a broken file gives what could be read and a list of what could not, and that what we wrote
// ourselves comes back as it was: export, import and export again give the same bytes.
package gedcom

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"maatje/internal/kin"
)

// A file may have this many bytes, and this many people: more than can be drawn.
const (
	MaxBytes   = 64 << 20
	MaxPersons = 3000
)

const (
	maxLine     = 1 << 20 // bytes of one line
	maxParts    = 20000   // lines of one record
	maxPointers = 50000   // of all people and unions together
	maxRecords  = 20000   // that are not people
	maxMissed   = 200     // that are told one by one
	maxDepth    = 90      // GEDCOM's own limit of levels is 99
)

// Why nothing at all is read.
var (
	ErrEmpty     = errors.New("this file is empty")
	ErrNoGEDCOM  = errors.New("this is no GEDCOM file: it does not begin with 0 HEAD, and no people stand in it")
	ErrNobody    = errors.New("nobody stands in this file")
	ErrTooLarge  = fmt.Errorf("this file is larger than %d MB, which is the most that is read", MaxBytes>>20)
	ErrTooMany   = fmt.Errorf("more than %d people stand in this file, and no more can be drawn; export a part of the family", MaxPersons)
	ErrTooTangly = errors.New("this file has more records and ties than a family of this size can have")
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

// Why a line could not be read; the words are in the catalogue too, under these codes.
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

var sentences = map[Why]string{
	NoLine:         "this is no line of a GEDCOM file",
	LongLine:       "this line is too long; its end was left out",
	LongRecord:     "this record has too many lines; its end was left out",
	LevelJump:      "the level jumps to %s; it is read as a part of the line above it",
	NoHead:         "the file does not begin with 0 HEAD",
	CutOff:         "the file stops before its last line, 0 TRLR; the rest may be missing",
	SecondRecord:   "%s stands in the file twice; the first is kept",
	NoRecord:       "%s is nowhere in the file",
	OtherLetters:   "letters from here on are not in the alphabet that the file names; they are read as Windows-1252",
	UnknownCharset: "the alphabet %s is not known; it is read as UTF-8, or else as Windows-1252",
	OtherCalendar:  "the date %s is of another calendar; it is left open",
	BeforeChrist:   "the date %s lies before our era; it is left open",
	NoDate:         "%s is no date; it is left open",
	NoSuchDay:      "there is no day %s; its month or year is kept",
	WithOneself:    "%s is tied to themselves",
	OwnChild:       "%s is named as their own child",
	OwnAncestor:    "%s would be their own ancestor; this parent is left out",
	UnknownWord:    "%s is not a word that is known here",
}

// String is the sentence in English.
func (m Missed) String() string {
	text := sentences[m.Why]
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, m.What)
	}
	return fmt.Sprintf("line %d: %s", m.Line, text)
}

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
