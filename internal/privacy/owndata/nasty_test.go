package owndata

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"strings"
	"testing"

	"maatje/internal/core"
	"maatje/internal/web/text"
)

// nasty are texts that somebody may have typed.
var nasty = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title><script>alert(1)</script>`, `</style><script>alert(1)</script>`, `<svg/onload=alert(1)>`,
	`javascript:alert(1)`, `' autofocus onfocus=alert(1) x='`, "\u202egnp.exe", "a\x00b", "\xff\xfe", `{{.}}`, `]]>`, `<!--`, `&lt;b&gt;`, "=cmd|' /C calc'!A0", strings.Repeat("lang ", 2000),
}

// all is a package with all of them in every kind of place.
func all(l text.Lang) Archive {
	a := Archive{Lang: l, About: nasty[0], For: nasty[1], MadeAt: core.MustInstant("2026-11-22T10:00:00.000Z"), LeftOut: text.OwnLeftCodes()}
	for i, code := range text.OwnChapterCodes() {
		var e Entry
		for j, key := range text.OwnFieldCodes() {
			e = append(e, words(key, nasty[(i+j)%len(nasty)]))
		}
		a.add(code, e)
	}
	return a
}

var opens = regexp.MustCompile(`(?i)<(script|img|svg|iframe|object|link|base|form)\b|<[^>]*\son[a-z]+\s*=`)

func TestPRV4_NothingThatWasTypedRuns(t *testing.T) {
	for _, l := range text.Langs() {
		var b bytes.Buffer
		if err := all(l).Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if strings.ContainsAny(f.Name, "<>/\\:") || !strings.Contains("index.html data.json leesmij.txt readme.txt", f.Name) {
				t.Errorf("a file is called %q", f.Name)
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			var data document
			switch {
			case f.Name == dataFile && (json.Unmarshal(got, &data) != nil || data.About != nasty[0] || len(data.Chapters) != len(text.OwnChapterCodes())):
				t.Errorf("the data do not read back: %.200s", got)
			case f.Name == pageFile && opens.Match(got):
				t.Errorf("the page opens something: %s", opens.Find(got))
			}
		}
	}
}
