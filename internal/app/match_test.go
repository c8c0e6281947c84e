package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"maatje/internal/matching/assign"
)

const instance = `{"volunteers": [{"id": "a", "capacity": 2}, {"id": "b"}], "families": [{"id": "x"}, {"id": "y", "need": 2}],
	"pairs": [{"volunteer": "a", "family": "x", "cost": 4}, {"volunteer": "a", "family": "y", "cost": -1}, {"volunteer": "b", "family": "y", "cost": 3}]}`

func inFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "instance.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMatchPrintsTheBestAndWritesItForOthers(t *testing.T) {
	var out, told bytes.Buffer
	lp := filepath.Join(t.TempDir(), "instance.lp")
	if err := Match(t.Context(), inFile(t, instance), lp, &out, &told); err != nil {
		t.Fatal(err)
	}
	var found assign.Found
	if err := json.Unmarshal(out.Bytes(), &found); err != nil || !found.Proved || found.Total != 6 || found.Places != 3 {
		t.Errorf("%+v, %v", found, err)
	}
	if !regexp.MustCompile(`^read [\d.]+ ms, solved [\d.]+ ms, proved [\d.]+ ms(; memory \d+ MB)?\n$`).MatchString(told.String()) {
		t.Errorf("told %q", told.String())
	}
	text, err := os.ReadFile(lp)
	if err != nil || !strings.HasPrefix(string(text), "Minimize") || !strings.Contains(string(text), "x_1_1") {
		t.Errorf("%.60q, %v", text, err)
	}
}

func TestMatchThatIsStoppedPrintsNothing(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, told bytes.Buffer
	if err := Match(ctx, inFile(t, instance), "", &out, &told); err == nil || !strings.Contains(err.Error(), "stopped") || out.Len() > 0 {
		t.Errorf("%v, printed %q", err, out.String())
	}
}

func TestMatchSaysWhatIsWrongWithAFile(t *testing.T) {
	for name, path := range map[string]string{"no file": filepath.Join(t.TempDir(), "none"), "no instance": inFile(t, `{"pairs": [{}]}`)} {
		var out, told bytes.Buffer
		if err := Match(t.Context(), path, "", &out, &told); err == nil || out.Len() > 0 {
			t.Errorf("%s: %v, printed %q", name, err, out.String())
		}
	}
}
