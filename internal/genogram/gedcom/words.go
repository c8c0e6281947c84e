package gedcom

import (
	"errors"

	"maatje/internal/web/text"
)

// refusal is why nothing is read, in the language of whoever asks. Among errors it speaks English.
type refusal struct{ words func(text.Lang) string }

func refused(words func(text.Lang) string) error { return &refusal{words} }

// Error is the sentence in English.
func (r *refusal) Error() string { return r.words(text.EN) }

// Words is an error in the language of whoever asks, as far as it is ours.
func Words(l text.Lang, err error) string {
	if r, ours := errors.AsType[*refusal](err); ours {
		return r.words(l)
	}
	return err.Error()
}

// sentences say why a line could not be read; what each is about is the word or the number in the file.
var sentences = map[Why]func(l text.Lang, what string) string{
	NoLine:         alone(text.Lang.GedcomNoLine),
	LongLine:       alone(text.Lang.GedcomLongLine),
	LongRecord:     alone(text.Lang.GedcomLongRecord),
	LevelJump:      text.Lang.GedcomLevelJump,
	NoHead:         alone(text.Lang.GedcomNoHead),
	CutOff:         alone(text.Lang.GedcomCutOff),
	SecondRecord:   text.Lang.GedcomSecondRecord,
	NoRecord:       text.Lang.GedcomNoRecord,
	OtherLetters:   alone(text.Lang.GedcomOtherLetters),
	UnknownCharset: text.Lang.GedcomUnknownCharset,
	OtherCalendar:  text.Lang.GedcomOtherCalendar,
	BeforeChrist:   text.Lang.GedcomBeforeChrist,
	NoDate:         text.Lang.GedcomNoDate,
	NoSuchDay:      text.Lang.GedcomNoSuchDay,
	WithOneself:    text.Lang.GedcomWithOneself,
	OwnChild:       text.Lang.GedcomOwnChild,
	OwnAncestor:    text.Lang.GedcomOwnAncestor,
	UnknownWord:    text.Lang.GedcomUnknownWord,
}

func alone(words func(text.Lang) string) func(text.Lang, string) string {
	return func(l text.Lang, _ string) string { return words(l) }
}

// Words is the sentence, with the number of the line.
func (m Missed) Words(l text.Lang) string {
	return l.GedcomLine(l.Number(m.Line), sentences[m.Why](l, m.What))
}

// String is the sentence in English.
func (m Missed) String() string { return m.Words(text.EN) }
