package draw

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maatje/internal/web/text"
)

var out = flag.String("out", "", "a folder to write the pictures of the tests to, for somebody to look at")

func all(l text.Lang) Options {
	return Options{Lang: l, On: today, ShowAbuse: true, ShowContacts: true}
}

func TestTOO2_Pictures(t *testing.T) {
	for name, told := range goldens {
		var b bytes.Buffer
		if err := Write(&b, told.f, told.drawing(), all(text.NL)); err != nil {
			t.Fatal(err)
		}
		if *out != "" {
			if err := os.WriteFile(filepath.Join(*out, strings.ReplaceAll(name, " ", "-")+".svg"), b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
