package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"maatje/internal/genogram/arrange"
	"maatje/internal/genogram/gedcom"
	"maatje/internal/kin"
)

// Genogram draws the family in a file. What the file told, and what of it could not be read, goes to told.
func Genogram(_ context.Context, path, to string, out, told io.Writer) error {
	family, err := readFamily(path, told)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	var write func(io.Writer) error
	switch strings.ToLower(filepath.Ext(to)) {
	case ".ged":
		write = func(w io.Writer) error { return gedcom.Write(w, family) }
	case ".json", "":
		begin := time.Now()
		drawing := arrange.Of(family, nil)
		took := time.Since(begin)
		write = func(w io.Writer) error {
			return gedcom.WriteDrawing(w, family, drawing, float64(took.Microseconds())/1000)
		}
	default:
		return fmt.Errorf("%s: a family goes out as .json or .ged", to)
	}
	if to == "" {
		return write(out)
	}
	return writeWhole(to, write)
}

// readFamily reads a family from GEDCOM or from JSON, by the name of the file.
func readFamily(path string, told io.Writer) (kin.Family, error) {
	file, err := os.Open(path)
	if err != nil {
		return kin.Family{}, err
	}
	defer file.Close()
	if strings.EqualFold(filepath.Ext(path), ".json") {
		return gedcom.ReadJSON(file)
	}
	read, err := gedcom.Read(file)
	if err != nil {
		return kin.Family{}, err
	}
	tell(told, read)
	return read.Family, nil
}

// tell says what could not be read, and what was left out on purpose.
func tell(to io.Writer, read gedcom.Told) {
	for _, m := range read.Missed {
		fmt.Fprintln(to, m)
	}
	if read.More > 0 {
		fmt.Fprintf(to, "and %d more\n", read.More)
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
