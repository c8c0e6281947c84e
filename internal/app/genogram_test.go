package app_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maatje/internal/app"
	"maatje/internal/core"
	"maatje/internal/genogram/gedcom"
)

const threePeople = "0 HEAD\n1 CHAR UTF-8\n0 @I1@ INDI\n1 NAME Anna\n1 OCCU baker\n1 BIRT\n2 DATE 1980\n0 @I2@ INDI\n1 NAME Bas\n0 @I3@ INDI\n1 NAME Cor\n1 BIRT\n2 DATE soon\n" +
	"1 BIRT\n2 DATE 2010\n0 @F1@ FAM\n1 WIFE @I1@\n1 HUSB @I2@\n1 CHIL @I3@\n0 TRLR\n"

func drawn(t *testing.T, p app.Picture) (out, told string, err error) {
	t.Helper()
	p.Lang = cmp.Or(p.Lang, "en")
	var o, e strings.Builder
	err = app.Genogram(p, &o, &e)
	return o.String(), e.String(), err
}

func TestTOO2_AFamilyInAFileIsDrawnWithoutADatabase(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("f.ged"), []byte(threePeople), 0o600); err != nil {
		t.Fatal(err)
	}
	out, told, err := drawn(t, app.Picture{File: at("f.ged"), On: core.MustDate("2024-01-01")})
	if err != nil || !strings.Contains(out, "<svg") || !strings.Contains(out, "Anna") {
		t.Errorf("%v: %.200s", err, out)
	}
	if told != "line 13: soon is no date; it is left open\nleft out, since a genogram does not show it: OCCU 1\n" {
		t.Errorf("told is %q", told)
	}
	for _, to := range []string{"out.svg", "out.json", "out.ged"} {
		if _, _, err := drawn(t, app.Picture{File: at("f.ged"), To: at(to)}); err != nil {
			t.Fatal(err)
		}
	}
	var places struct {
		Persons []struct {
			ID   string
			X, Y float64
		}
		Metrics gedcom.Metrics
	}
	b, err := os.ReadFile(at("out.json"))
	if err == nil {
		err = json.Unmarshal(b, &places)
	}
	if err != nil || places.Metrics.Persons != 3 {
		t.Errorf("%v: %s", err, b)
	}
	for _, from := range []string{"out.json", "out.ged"} {
		if _, _, err := drawn(t, app.Picture{File: at(from), To: at("again.ged")}); err != nil {
			t.Fatal(err)
		}
		one, _ := os.ReadFile(at("out.ged"))
		two, _ := os.ReadFile(at("again.ged"))
		if string(one) != string(two) || len(one) == 0 {
			t.Errorf("through %s comes\n%s\nnot\n%s", from, two, one)
		}
	}
}

func TestTOO2_AFamilyThatCannotBeDrawnGetsASentence(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large.ged")
	if err := os.WriteFile(large, []byte("0 HEAD\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 100<<20); err != nil {
		t.Fatal(err)
	}
	if _, _, err := drawn(t, app.Picture{File: large}); !errors.Is(err, gedcom.ErrTooLarge) {
		t.Error(err)
	}
	if _, _, err := drawn(t, app.Picture{File: large, To: filepath.Join(dir, "x.png")}); err == nil || !strings.HasSuffix(err.Error(), "a family goes out as .svg, .json or .ged") {
		t.Error(err)
	}
	if _, _, err := drawn(t, app.Picture{File: filepath.Join(dir, "none.ged")}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
