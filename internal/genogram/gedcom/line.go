package gedcom

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// line is one line of a GEDCOM file.
type line struct {
	n     int // its number in the file, from 1
	level int
	xref  string // without its @
	tag   string
	value string
}

// lines gives the lines of a file one by one, so that no more of it than one record is in memory.
type lines struct {
	opened
	told    *Told
	n       int
	before  byte // what ended the last line: a line feed after a return ends nothing
	strange bool
}

// next is the next line that can be read; the others are told. At the end of the file it is io.EOF.
func (l *lines) next() (line, error) {
	for {
		raw, err := l.raw()
		if err != nil {
			return line{}, err
		}
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		text, ok := l.as(raw)
		if !ok && !l.strange {
			l.strange = true
			l.told.miss(l.n, OtherLetters, "")
		}
		if found, ok := parseLine(text); ok {
			found.n = l.n
			return found, nil
		}
		l.told.miss(l.n, NoLine, "")
	}
}

// raw is the next line up to its end, which is a return, a line feed or both.
func (l *lines) raw() ([]byte, error) {
	var out []byte
	long := false
	l.n++
	for first := true; ; first = false {
		b, err := l.bytes.ReadByte()
		if errors.Is(err, io.EOF) && len(out) > 0 {
			return out, nil
		}
		if err != nil {
			l.n--
			return nil, err
		}
		switch {
		case first && b == '\n' && l.before == '\r':
			l.before = 0
			continue
		case b == '\n' || b == '\r':
			l.before = b
			return out, nil
		case len(out) < maxLine:
			out = append(out, b)
		case !long:
			long = true
			l.told.miss(l.n, LongLine, "")
		}
		l.before = 0
	}
}

// parseLine reads "0 @I1@ INDI value". Spaces before the level and several spaces between the words are forgiven.
func parseLine(s string) (line, bool) {
	var out line
	s = strings.TrimLeft(s, " \t\ufeff\x00")
	digits := 0
	for digits < len(s) && digits < 3 && s[digits] >= '0' && s[digits] <= '9' {
		out.level = out.level*10 + int(s[digits]-'0')
		digits++
	}
	if digits == 0 || digits > 2 || digits == len(s) || s[digits] != ' ' && s[digits] != '\t' {
		return line{}, false
	}
	s = strings.TrimLeft(s[digits:], " \t")
	if strings.HasPrefix(s, "@") {
		xref, rest, ok := strings.Cut(s[1:], "@")
		if !ok || xref == "" {
			return line{}, false
		}
		out.xref, s = strings.TrimSpace(xref), strings.TrimLeft(rest, " \t")
	}
	end := strings.IndexAny(s+" ", " \t")
	out.tag, out.value = strings.ToUpper(s[:end]), s[min(end+1, len(s)):]
	return out, isTag(out.tag)
}

func isTag(s string) bool {
	if s == "" || len(s) > 31 {
		return false
	}
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// pointed is the record that a value points to, or "".
func pointed(value string) string {
	v := strings.TrimSpace(value)
	if len(v) < 3 || v[0] != '@' || v[len(v)-1] != '@' || strings.Contains(v[1:len(v)-1], "@") || v == "@VOID@" {
		return ""
	}
	return strings.TrimSpace(v[1 : len(v)-1])
}
