// Package owndata makes the package with everything that is kept about one person (PRV-4, AVG art. 15 and 20): a page that
// opens from a disk and the same in JSON. What goes into it stands in one table (places.go) that names every table of the
// schema; what is somebody else's stays out, and the package says that and why.
package owndata

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/a-h/templ"

	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Format names the form of data.json; docs/privacy.md describes it.
const Format = "maatje.own-data.1"

// Fact is one thing that is kept. Raw is how it is kept, for machines; Shown is how a person reads it.
type Fact struct {
	Key   string // a code of [codes own_field]
	Raw   any
	Shown string
}

// Entry is what belongs together: one visit, one consent.
type Entry []Fact

// Chapter is one kind of data.
type Chapter struct {
	Code    string // a code of [codes own_chapter]
	Entries []Entry
}

// Archive is everything that is kept about one person and may go to who asked.
type Archive struct {
	Lang     text.Lang
	About    string
	For      string
	MadeAt   core.Instant
	Chapters []Chapter
	LeftOut  []string // codes of [codes own_left]; the same whether or not there was anything to leave out
}

// add puts entries into a chapter; facts without a value are left away.
func (a *Archive) add(code string, entries ...Entry) {
	c := Chapter{Code: code}
	for _, e := range entries {
		var facts Entry
		for _, f := range e {
			if f.Shown != "" {
				facts = append(facts, f)
			}
		}
		if len(facts) > 0 {
			c.Entries = append(c.Entries, facts)
		}
	}
	a.Chapters = append(a.Chapters, c)
}

// words is a text as somebody wrote it.
func words(key, v string) Fact {
	v = strings.ToValidUTF8(v, "?")
	return Fact{key, v, v}
}

// coded is a code with its word.
func coded(key, code string, word func(string) string) Fact {
	if code == "" {
		return Fact{Key: key}
	}
	return Fact{key, code, word(code)}
}

// list is several codes with their words.
func list(l text.Lang, key, codes string, word func(string) string) Fact {
	if codes == "" {
		return Fact{Key: key}
	}
	all := strings.Split(codes, ",")
	said := make([]string, len(all))
	for i, c := range all {
		said[i] = word(c)
	}
	return Fact{key, all, l.And(said)}
}

func day(l text.Lang, key string, d core.Date) Fact { return Fact{key, d.String(), l.Date(d)} }

func moment(l text.Lang, key string, i core.Instant) Fact {
	return Fact{key, i.String(), l.DateTime(i)}
}

func count(l text.Lang, key string, n int) Fact {
	if n == 0 {
		return Fact{Key: key}
	}
	return Fact{key, n, l.Number(n)}
}

func whether(l text.Lang, key string, is bool) Fact {
	if is {
		return Fact{key, is, l.CommonYes()}
	}
	return Fact{key, is, l.CommonNo()}
}

// Names of the files; none of them names a person.
const (
	pageFile = "index.html"
	dataFile = "data.json"
)

// FileName is what the package is called on a disk.
func (a Archive) FileName() string {
	return a.Lang.OwndataFile() + "-" + a.MadeAt.Date().String() + ".zip"
}

//go:embed own.css
var style string

// closed lets the page fetch nothing and run nothing, wherever it is opened.
const closed = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`

// Write writes the package: one ZIP file with the page, the data and a short text that says what is what.
func (a Archive) Write(ctx context.Context, w io.Writer) error {
	var page bytes.Buffer
	if err := archivePage(a, templ.Raw(closed+"<style>"+style+"</style>")).Render(ctx, &page); err != nil {
		return err
	}
	data, err := json.MarshalIndent(a.document(), "", "  ")
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range []struct {
		name string
		text []byte
	}{{a.Lang.OwndataReadmeFile(), []byte(a.Lang.OwndataReadme(pageFile, dataFile) + "\n")}, {pageFile, page.Bytes()}, {dataFile, data}} {
		part, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: a.MadeAt.Time().Truncate(2 * time.Second)})
		if err != nil {
			return err
		}
		if _, err := part.Write(f.text); err != nil {
			return err
		}
	}
	return z.Close()
}

type document struct {
	Format   string        `json:"format"`
	MadeAt   string        `json:"made_at"`
	Language string        `json:"language"`
	About    string        `json:"about"`
	For      string        `json:"for"`
	Chapters []jsonChapter `json:"chapters"`
	LeftOut  []jsonLeftOut `json:"left_out"`
}

type jsonChapter struct {
	Code    string           `json:"code"`
	Title   string           `json:"title"`
	Entries []map[string]any `json:"entries"`
}

type jsonLeftOut struct {
	Code string `json:"code"`
	Why  string `json:"why"`
}

func (a Archive) document() document {
	d := document{Format: Format, MadeAt: a.MadeAt.String(), Language: a.Lang.Tag(), About: a.About, For: cmp.Or(a.For, a.About)}
	for _, c := range a.Chapters {
		j := jsonChapter{Code: c.Code, Title: a.Lang.OwnChapter(c.Code), Entries: []map[string]any{}}
		for _, e := range c.Entries {
			one := map[string]any{}
			for _, f := range e {
				one[f.Key] = f.Raw
			}
			j.Entries = append(j.Entries, one)
		}
		d.Chapters = append(d.Chapters, j)
	}
	for _, code := range a.LeftOut {
		d.LeftOut = append(d.LeftOut, jsonLeftOut{code, a.Lang.OwnLeft(code)})
	}
	return d
}
