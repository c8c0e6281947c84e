// Command gen turns the catalogues nl.txt and en.txt into text_gen.go: one method of Lang for each text. A text that is
// missing in one language, has other parameters there, stands twice or is empty is an error with its key and line, so
// that it never reaches a screen.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// languages in the order of the constants in text.go; the first is the default and gives the order of everything.
var languages = []string{"nl", "en"}

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	src, err := generate(dir)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "text_gen.go"), src, 0o644)
}

// generate reads the catalogues in dir and returns the Go source, or every error found in them.
func generate(dir string) ([]byte, error) {
	var cats []*catalogue
	var errs []error
	for _, lang := range languages {
		name := lang + ".txt"
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		c, err := parse(name, string(b))
		errs = append(errs, err)
		cats = append(cats, c)
	}
	errs = append(errs, compare(cats)...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return write(cats)
}
