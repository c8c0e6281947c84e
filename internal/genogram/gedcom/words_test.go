package gedcom

import (
	"os"
	"strings"
	"testing"
)

func TestTOO2_OurOwnWordsStandInTheDocument(t *testing.T) {
	b, err := os.ReadFile("../../../docs/drawing.md")
	if err != nil {
		t.Fatal(err)
	}
	for tag, address := range ourWords {
		if !strings.Contains(string(b), "`"+tag+"`") {
			t.Errorf("%s is in no table of docs/drawing.md", tag)
		}
		if address != "tag:maatje.example,2026:"+strings.TrimPrefix(tag, "_") {
			t.Errorf("%s has the address %s", tag, address)
		}
	}
}
