package gedcom

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// part is a line with the lines that belong to it; a record is a part of level 0.
type part struct {
	line
	rest  []byte // what stood on further lines, of a long value
	parts []*part
}

// first is the first part with this tag, or an empty one.
func (p *part) first(tag string) *part {
	for _, q := range p.parts {
		if q.tag == tag {
			return q
		}
	}
	return &part{line: line{n: p.n}}
}

func (p *part) has(tag string) bool { return p.first(tag).tag != "" }

// text is the whole value, without spaces around it.
func (p *part) text() string {
	return strings.TrimSpace(p.value + string(p.rest))
}

// aside are the tags whose lines nothing is read from: they are not even kept while the record is read.
var aside = map[string]bool{
	"NOTE": true, "SNOTE": true, "SOUR": true, "OBJE": true, "REPO": true, "ADDR": true, "PLAC": true, "CHAN": true, "CREA": true,
	"RESN": true, "SUBN": true, "_UID": true, "UID": true, "REFN": true,
}

// records gives the records of a file one by one.
type records struct {
	lines
	held  *line // the first line of the next record
	seven bool  // the version is 7: an @ is doubled at the beginning of a value alone
}

// next is the next record, or io.EOF.
func (r *records) next() (*part, error) {
	top, err := r.take()
	if err != nil {
		return nil, err
	}
	if top.level > 0 {
		r.told.miss(top.n, LevelJump, strconv.Itoa(top.level))
	}
	record := &part{line: top}
	record.level = 0
	return record, r.fill(record)
}

// fill reads what belongs to the record, up to the next line of level 0.
func (r *records) fill(record *part) error {
	open := []*part{record} // the part of each level that is being read
	skipped := 99           // the level of what is left aside
	if record.tag != "HEAD" && aside[record.tag] {
		skipped = 0
	}
	for count, held := 0, 0; ; {
		l, err := r.take()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case l.level == 0:
			r.held = &l
			return nil
		case l.level > skipped:
			continue
		case count == maxParts || held > maxRecord:
			r.told.miss(l.n, LongRecord, "")
			skipped = 0
			continue
		case l.level > len(open):
			r.told.miss(l.n, LevelJump, strconv.Itoa(l.level))
			l.level = len(open)
		}
		open, skipped = r.put(open, l)
		count, held = count+1, held+len(l.value)
	}
}

// put adds a line to what is open, and says from which level on the next lines are left aside.
func (r *records) put(open []*part, l line) ([]*part, int) {
	above := open[l.level-1]
	l.value = r.undoubled(l.value)
	switch {
	case l.tag == "CONT" || l.tag == "CONC":
		above.more(l)
		return open[:l.level], l.level
	case aside[l.tag] && open[0].tag != "HEAD":
		r.told.leaveOut(l.tag)
		return open[:l.level], l.level
	}
	p := &part{line: l}
	above.parts = append(above.parts, p)
	if l.level >= maxDepth {
		return open[:l.level], l.level
	}
	return append(open[:l.level], p), 99
}

func (r *records) undoubled(value string) string {
	switch {
	case !r.seven:
		return strings.ReplaceAll(value, "@@", "@")
	case strings.HasPrefix(value, "@@"):
		return value[1:]
	}
	return value
}

// more appends what stands on a line of its own because the value was too long, or had an end of line in it.
func (p *part) more(l line) {
	if len(p.rest) > maxLine {
		return
	}
	if l.tag == "CONT" {
		p.rest = append(p.rest, '\n')
	}
	p.rest = append(p.rest, l.value...)
}

func (r *records) take() (line, error) {
	if r.held != nil {
		l := *r.held
		r.held = nil
		return l, nil
	}
	return r.lines.next()
}
