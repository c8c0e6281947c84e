// Package text holds every word a person reads, in Dutch and English, one catalogue file each: nl.txt and en.txt.
// "go generate" makes a method of Lang for each text, so that a text which is missing in a language, misspelt on a page
// or called with the wrong parameters does not compile; a test fails on a text that no page uses.
package text

import (
	"fmt"
	"strings"

	"maatje/internal/core"
)

//go:generate go run ./gen

// Lang is the reader's language. The zero Lang is Dutch.
type Lang uint8

const (
	NL Lang = iota
	EN
)

// Langs lists the languages in the order in which a page offers them.
func Langs() []Lang { return []Lang{NL, EN} }

// Tag is the language as HTML and cookies write it: "nl", "en".
func (l Lang) Tag() string {
	if l == EN {
		return "en"
	}
	return "nl"
}

// ParseLang reads a tag as Tag wrote it.
func ParseLang(tag string) (Lang, bool) {
	for _, l := range Langs() {
		if l.Tag() == tag {
			return l, true
		}
	}
	return NL, false
}

// Fail is the sentence of f itself, without those in Also. The catalogue's {0} becomes the first of f.Values in the
// reader's notation; {0:channel} the word that [codes channel] has for it.
func (l Lang) Fail(f *core.Fail) string {
	sentence := l.sentence(f.Message)
	if sentence == "" {
		return l.CommonUnexpected()
	}
	return l.fill(sentence, f.Values)
}

func (l Lang) fill(sentence string, values []any) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		place, after, _ := strings.Cut(rest, "}")
		digit, section, _ := strings.Cut(place, ":")
		if i := int(digit[0] - '0'); i < len(values) {
			b.WriteString(l.value(section, values[i]))
		}
		sentence = after
	}
}

func (l Lang) value(section string, v any) string {
	switch v := v.(type) {
	case core.Date:
		return l.Date(v)
	case core.Instant:
		return l.DateTime(v)
	case int:
		return l.Number(v)
	case []string:
		words := make([]string, len(v))
		for i, s := range v {
			words[i] = l.word(section, s)
		}
		return l.And(words)
	}
	return l.word(section, fmt.Sprint(v))
}

// And joins words as a sentence does: "a, b en c".
func (l Lang) And(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + l.CommonAnd() + " " + words[last]
}
