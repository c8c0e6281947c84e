package main

import (
	"errors"
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	plain kind = iota // one text, one method
	codes             // words for codes, one method for the whole section
	fails             // sentences of core.Fail
)

// entry is one text; a plural has two forms, everything else one.
type entry struct {
	kind    kind
	section string
	key     string // without the section and without .one / .other
	text    string // empty if it is a plural
	one     string
	other   string
	at      string // file:line
}

func (e *entry) plural() bool { return e.other != "" }

// id is how errors name the entry and how two catalogues find each other's.
func (e *entry) id() string {
	if e.kind == codes {
		return "codes " + e.section + "." + e.key
	}
	return e.section + "." + e.key
}

// params lists the parameters in the order in which they first appear.
func (e *entry) params() []string {
	var out []string
	for _, m := range param.FindAllStringSubmatch(e.text+e.other+e.one, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

type catalogue struct {
	file    string
	entries []*entry
	byID    map[string]*entry
}

var (
	header  = regexp.MustCompile(`^\[(codes )?([a-z][a-z0-9_]*)\]$`)
	keyName = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.(one|other))?$`)
	code    = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	brace   = regexp.MustCompile(`\{[^}]*\}?|\}`)
	param   = regexp.MustCompile(`\{([^{}]*)\}`)
	named   = regexp.MustCompile(`^[a-z][a-zA-Z0-9]*$`)
	numbers = regexp.MustCompile(`^[0-9](:[a-z][a-z0-9_]*)?$`)
)

// parser keeps where it is and what is wrong so far; it goes on after an error, so that one run shows them all.
type parser struct {
	cat     *catalogue
	kind    kind
	section string
	at      string
	errs    []error
}

func (p *parser) fail(key, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s: %s: %s", p.at, key, fmt.Sprintf(format, args...)))
}

func parse(file, src string) (*catalogue, error) {
	p := &parser{cat: &catalogue{file: file, byID: map[string]*entry{}}}
	if !utf8.ValidString(src) {
		return p.cat, fmt.Errorf("%s: not UTF-8", file)
	}
	lines := strings.Split(src, "\n")
	for i := 0; i < len(lines); i++ {
		p.at = fmt.Sprintf("%s:%d", file, i+1)
		line := strings.TrimSpace(lines[i])
		for strings.HasSuffix(line, `\`) && i+1 < len(lines) {
			i++
			line = strings.TrimSpace(strings.TrimSuffix(line, `\`)) + " " + strings.TrimSpace(lines[i])
		}
		p.line(line)
	}
	p.forms()
	return p.cat, errors.Join(p.errs...)
}

func (p *parser) line(line string) {
	switch {
	case line == "" || strings.HasPrefix(line, "#"):
	case strings.HasPrefix(line, "["):
		p.header(line)
	default:
		key, text, found := strings.Cut(line, "=")
		key, text = strings.TrimSpace(key), strings.TrimSpace(text)
		if !found {
			p.fail(line, "not a line of the form key = text")
			return
		}
		p.text(key, text)
	}
}

func (p *parser) header(line string) {
	m := header.FindStringSubmatch(line)
	if m == nil {
		p.fail(line, "not a section: [name] or [codes name]")
		return
	}
	p.section, p.kind = m[2], plain
	if m[1] != "" {
		p.kind = codes
	} else if p.section == "fail" {
		p.kind = fails
	}
}

func (p *parser) text(key, text string) {
	valid := keyName
	if p.kind == codes {
		valid = code
	}
	switch {
	case p.section == "":
		p.fail(key, "stands before the first [section]")
	case !valid.MatchString(key):
		p.fail(key, "not a key: small letters, digits and _")
	case text == "":
		p.fail(key, "empty text")
	case p.parameters(key, text):
		p.add(key, text)
	}
}

func (p *parser) parameters(key, text string) bool {
	for _, b := range brace.FindAllString(text, -1) {
		name := strings.Trim(b, "{}")
		good := named.MatchString(name) && !token.IsKeyword(name) && name != "l"
		if p.kind == fails {
			good = numbers.MatchString(name)
		}
		if !good || p.kind == codes || b != "{"+name+"}" {
			p.fail(key, "not a parameter here: %s", b)
			return false
		}
	}
	return true
}

// add files the text under its entry; a plural comes in as two lines of one entry.
func (p *parser) add(key, text string) {
	stem, form := key, ""
	if p.kind != codes {
		stem, form, _ = strings.Cut(key, ".")
	}
	e := &entry{kind: p.kind, section: p.section, key: stem, at: p.at}
	if old := p.cat.byID[e.id()]; old != nil {
		e = old
	} else {
		p.cat.byID[e.id()] = e
		p.cat.entries = append(p.cat.entries, e)
	}
	slot := map[string]*string{"": &e.text, "one": &e.one, "other": &e.other}[form]
	switch {
	case *slot != "":
		p.fail(e.id(), "stands twice, first at %s", e.at)
	case form != "" && p.kind == fails:
		p.fail(e.id(), "a fail has no plural")
	default:
		*slot = text
	}
}

// forms checks that a text has one form, or both forms of a plural.
func (p *parser) forms() {
	for _, e := range p.cat.entries {
		p.at = e.at
		switch {
		case e.text != "" && (e.one != "" || e.other != ""):
			p.fail(e.id(), "is a text and a plural at once")
		case e.text == "" && (e.one == "" || e.other == ""):
			p.fail(e.id(), "a plural needs .one and .other")
		}
	}
}
