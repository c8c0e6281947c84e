package app

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"maatje/internal/core"
	"maatje/internal/genogram/arrange"
	"maatje/internal/genogram/draw"
	"maatje/internal/genogram/gedcom"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// Picture is a family in a file, and what becomes of it.
type Picture struct {
	File string    // .ged or .json
	To   string    // .svg, .json or .ged; "" prints the picture
	On   core.Date // the family as it was on that day; the zero Date is everything
	Lang string
}

// Genogram draws the family in a file. What of the file could not be read goes to told.
func Genogram(p Picture, out, told io.Writer) error {
	to := strings.ToLower(filepath.Ext(p.To))
	if p.To != "" && to != ".svg" && to != ".json" && to != ".ged" {
		return fmt.Errorf("%s: a family goes out as .svg, .json or .ged", p.To)
	}
	lang, _ := text.ParseLang(p.Lang)
	family, err := readFamily(p.File, lang, told)
	if err != nil {
		return unread{p.File, gedcom.Words(lang, err), err}
	}
	family = kin.OnDay(family, p.On)
	if to == ".ged" {
		return writeWhole(p.To, func(w io.Writer) error { return gedcom.Write(w, family) })
	}
	begin := time.Now()
	drawing := arrange.Of(family, nil)
	took := time.Since(begin)
	if to == ".json" {
		return writeWhole(p.To, func(w io.Writer) error {
			return gedcom.WriteDrawing(w, family, drawing, float64(took.Microseconds())/1000)
		})
	}
	o := draw.Options{Lang: lang, On: p.On}
	if o.On.IsZero() {
		o.On = core.At(begin).Date()
	}
	if to == ".svg" {
		return writeWhole(p.To, func(w io.Writer) error { return draw.Write(w, family, drawing, o) })
	}
	return draw.Write(out, family, drawing, o)
}

// unread is why a file could not be read, in the language that was asked for.
type unread struct {
	file, words string
	why         error
}

func (u unread) Error() string { return u.file + ": " + u.words }

func (u unread) Unwrap() error { return u.why }

// readFamily reads a family from GEDCOM or from JSON, by the name of the file.
func readFamily(path string, lang text.Lang, told io.Writer) (kin.Family, error) {
	file, err := os.Open(path)
	if err != nil {
		return kin.Family{}, err
	}
	defer file.Close()
	if size, err := file.Stat(); err == nil && size.Size() > gedcom.MaxBytes {
		return kin.Family{}, gedcom.ErrTooLarge
	}
	if strings.EqualFold(filepath.Ext(path), ".json") {
		return gedcom.ReadJSON(file)
	}
	read, err := gedcom.Read(file)
	if err != nil {
		return kin.Family{}, err
	}
	tell(told, lang, read)
	return read.Family, nil
}

// tell says what could not be read, and what was left out on purpose.
func tell(to io.Writer, l text.Lang, read gedcom.Told) {
	for _, m := range read.Missed {
		fmt.Fprintln(to, m.Words(l))
	}
	if read.More > 0 {
		fmt.Fprintln(to, l.GedcomMore(read.More))
	}
	if len(read.LeftOut) > 0 {
		var tags []string
		for _, tag := range slices.Sorted(maps.Keys(read.LeftOut)) {
			tags = append(tags, fmt.Sprintf("%s %d", tag, read.LeftOut[tag]))
		}
		fmt.Fprintln(to, l.GedcomLeftOut(strings.Join(tags, ", ")))
	}
}

// writeWhole writes a file; when it cannot be written to its end, there is none.
func writeWhole(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}
