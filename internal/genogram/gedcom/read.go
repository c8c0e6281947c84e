package gedcom

import (
	"errors"
	"io"
	"strings"

	"maatje/internal/core"
	"maatje/internal/kin"
)

// reader takes up record after record, and ties them together when all are known.
type reader struct {
	told     Told
	ours     bool // the file is one that we wrote, so that our own words mean what we mean by them
	persons  []*person
	unions   []*union
	personOf map[string]*person
	unionOf  map[string]*union
	extra    []*part           // records in our own words
	submits  map[string]string // names of who handed the file in
	submit   string
	index    []pointer
	pointers int
	ended    bool
	head     bool
	ids      core.ID
}

type pointer struct {
	to   string
	line int
}

type person struct {
	kin.Person
	line   int
	childs []childOf
	fams   []pointer
	twins  []pointer
}

// childOf says of which union somebody is a child, in which way; the kind is empty if the person does not say.
type childOf struct {
	pointer
	kind        string
	from, until kin.When
}

type union struct {
	kin.Union
	line     int
	partners []pointer
	children []childOf
}

// Read reads a GEDCOM file of any version from 5.5 to 7.0. An error means that nothing could be read.
func Read(in io.Reader) (Told, error) {
	r := reader{personOf: map[string]*person{}, unionOf: map[string]*union{}, submits: map[string]string{}}
	r.told.LeftOut = map[string]int{}
	limit := &io.LimitedReader{R: in, N: MaxBytes + 1}
	file, err := open(limit)
	if err != nil {
		return Told{}, err
	}
	r.told.Charset = file.charset
	if file.unknown != "" {
		r.told.miss(1, UnknownCharset, file.unknown)
	}
	err = r.all(&records{lines: lines{opened: file, told: &r.told}})
	switch {
	case limit.N == 0:
		return Told{}, ErrTooLarge
	case limit.N == MaxBytes+1:
		return Told{}, ErrEmpty
	case err != nil:
		return Told{}, err
	case len(r.persons) == 0 && !r.head:
		return Told{}, ErrNoGEDCOM
	case len(r.persons) == 0:
		return Told{}, ErrNobody
	}
	r.tie()
	r.told.byLine()
	return r.told, nil
}

func (r *reader) all(file *records) error {
	for first := true; ; first = false {
		p, err := file.next()
		if errors.Is(err, io.EOF) {
			if !r.ended {
				r.told.miss(file.n, CutOff, "")
			}
			return nil
		}
		if err != nil {
			return err
		}
		if first && p.tag != "HEAD" {
			r.told.miss(p.n, NoHead, "")
		}
		if err := r.record(p); err != nil {
			return err
		}
		file.seven = strings.HasPrefix(r.told.Version, "7")
	}
}

func (r *reader) record(p *part) error {
	switch {
	case p.tag == "HEAD":
		r.header(p)
	case p.tag == "INDI":
		r.person(p)
	case p.tag == "FAM":
		r.union(p)
	case p.tag == "SUBM":
		r.submits[p.xref] = plainName(p.first("NAME").text())
	case p.tag == "TRLR":
		r.ended = true
	case r.ours && ourRecords[p.tag] != nil:
		r.extra = append(r.extra, p)
	default:
		r.told.leaveOut(p.tag)
	}
	switch {
	case len(r.persons) > MaxPersons:
		return ErrTooMany
	case r.pointers > maxPointers || len(r.unions)+len(r.extra)+len(r.submits) > maxRecords:
		return ErrTooTangly
	}
	return nil
}

func (r *reader) header(p *part) {
	r.head = true
	r.told.Version = p.first("GEDC").first("VERS").text()
	r.ours = p.first("SOUR").text() == ourName && strings.HasPrefix(r.told.Version, "7")
	r.submit = pointed(p.first("SUBM").value)
	for _, q := range p.parts {
		if (q.tag == tagIndex && r.ours || q.tag == "_ROOT" || q.tag == "_HME") && pointed(q.value) != "" {
			r.index = append(r.index, r.point(q))
		}
	}
}

// point counts the pointers, so that a file cannot grow without end in memory.
func (r *reader) point(p *part) pointer {
	r.pointers++
	return pointer{pointed(p.value), p.n}
}

func (r *reader) id() core.ID {
	r.ids++
	return r.ids
}
