package form

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"maatje/internal/core"
	"maatje/internal/web/limit"
	"maatje/internal/web/text"
)

var fields = Fields{
	Lines: []string{"name", "birth", "minutes", "kind", "knows_*"},
	Texts: []string{"story"},
	Max:   map[string]int{"kind": 5},
}

func post(t *testing.T, values url.Values) *Form {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/?name=address", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return From(r, text.EN, fields)
}

func TestFromCleansAndKeeps(t *testing.T) {
	l := text.EN
	long := strings.Repeat("é", 201)
	tests := map[string]struct{ field, typed, kept, err string }{
		"plain":               {"name", "Wil", "Wil", ""},
		"trimmed":             {"name", "  Wil\t ", "Wil", ""},
		"only spaces":         {"name", " \n ", "", ""},
		"lines in a line":     {"name", "a\r\nb\tc", "a b c", ""},
		"lines in a story":    {"story", "a\r\nb\rc\td\n", "a\nb\nc\td", ""},
		"emoji":               {"story", "👵🏽 ☕", "👵🏽 ☕", ""},
		"right to left":       {"story", "שלום سلام", "שלום سلام", ""},
		"NUL":                 {"name", "a\x00b", "ab", l.FormOddCharacters()},
		"escape":              {"story", "a\x1bb", "ab", l.FormOddCharacters()},
		"not UTF-8":           {"story", "a\xffb", "ab", l.FormOddCharacters()},
		"200 letters":         {"name", long[:400], long[:400], ""},
		"201 letters":         {"name", long, long, l.FormTooLong("200", "201")},
		"own limit":           {"kind", "abcdef", "abcdef", l.FormTooLong("5", "6")},
		"20,000 letters":      {"story", strings.Repeat("a", 20_000), strings.Repeat("a", 20_000), ""},
		"a million":           {"story", strings.Repeat("a", 1_000_000), strings.Repeat("a", 1_000_000), l.FormTooLong("20,000", "1,000,000")},
		"10,000 line ends":    {"story", "a" + strings.Repeat("\n", 10_000) + "b", "a" + strings.Repeat("\n", 10_000) + "b", ""},
		"open name":           {"knows_17", "all", "all", ""},
		"not declared":        {"role", "leader", "", ""},
		"markup stays a text": {"story", "<script>", "<script>", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := post(t, url.Values{tt.field: {tt.typed}})
			if f.Value(tt.field) != tt.kept || f.Error(tt.field) != tt.err || f.OK() != (tt.err == "") {
				t.Errorf("kept %.40q with error %q, want %.40q with %q", f.Value(tt.field), f.Error(tt.field), tt.kept, tt.err)
			}
		})
	}
}

func TestFromReadsTheBodyOfAPostAlone(t *testing.T) {
	if f := post(t, url.Values{}); f.Value("name") != "" {
		t.Error("took a value from the address")
	}
	f := From(httptest.NewRequest(http.MethodGet, "/?name=Wil&name=&name=Ria", nil), text.NL, fields)
	if !reflect.DeepEqual(f.List("name"), []string{"Wil", "Ria"}) || !f.Has("name", "Ria") || f.Has("name", "") {
		t.Errorf("got %q", f.List("name"))
	}
}

func TestFromMeta(t *testing.T) {
	f := post(t, url.Values{"token": {"abc"}, "version": {"3"}})
	if f.Token != "abc" || f.Version != 3 {
		t.Errorf("got token %q and version %d", f.Token, f.Version)
	}
	f = post(t, url.Values{"token": {strings.Repeat("a", 65)}, "version": {"x"}})
	if f.Token != "" || f.Version != 0 {
		t.Errorf("took token %q and version %d", f.Token, f.Version)
	}
}

func TestFromRefusesUploadsAndFloods(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("--x\r\n\r\n--x--"))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	if f := From(r, text.NL, fields); !reflect.DeepEqual(f.General, []string{text.NL.FormNoUpload()}) {
		t.Errorf("an upload gives %q", f.General)
	}
	if f := post(t, url.Values{"story": {strings.Repeat("a", limit.Body)}}); !reflect.DeepEqual(f.General, []string{text.EN.FormTooBig()}) {
		t.Errorf("a flood gives %q", f.General)
	}
	r = httptest.NewRequest(http.MethodPost, "/", strings.NewReader("name=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if f := From(r, text.NL, fields); !reflect.DeepEqual(f.General, []string{text.NL.CommonUnexpected()}) {
		t.Errorf("a broken body gives %q", f.General)
	}
}

func TestTypedValues(t *testing.T) {
	l := text.EN
	dates := map[string]struct{ want, err string }{
		"2026-11-14": {"2026-11-14", ""}, "14-11-2026": {"2026-11-14", ""}, "1-3-2026": {"2026-03-01", ""}, "": {"", ""},
		"2026-02-31": {"", l.FormNoDate()}, "31-2-2026": {"", l.FormNoDate()}, "gisteren": {"", l.FormNoDate()},
	}
	for typed, tt := range dates {
		f := New(l, fields).Set("birth", typed)
		if d := f.Date("birth"); d.String() != tt.want || f.Error("birth") != tt.err || f.Value("birth") != typed {
			t.Errorf("%q: got %s, %q", typed, d, f.Error("birth"))
		}
	}
	numbers := map[string]struct {
		want int
		err  string
	}{
		"90": {90, ""}, "-3": {-3, ""}, "": {0, ""}, "1,5": {0, l.FormNoNumber()}, "x": {0, l.FormNoNumber()},
		"99999999999999999999": {0, l.FormNoNumber()}, "1000000001": {0, l.FormNoNumber()},
	}
	for typed, tt := range numbers {
		f := New(l, fields).Set("minutes", typed)
		if n := f.Int("minutes"); n != tt.want || f.Error("minutes") != tt.err {
			t.Errorf("%q: got %d, %q", typed, n, f.Error("minutes"))
		}
	}
	if f := New(l, fields).Set("kind", "1").Set("name", "true"); !f.Bool("kind") || f.Bool("name") || f.Bool("story") {
		t.Error("a box is ticked by 1 and by nothing else")
	}
}

func TestFill(t *testing.T) {
	l := text.NL
	found := core.NotFound()
	gone := &core.Fail{Kind: core.KindRefused, Message: found.Message}
	on := func(field string) *core.Fail {
		return &core.Fail{Kind: core.KindInvalid, Field: field, Message: found.Message}
	}
	sentence := l.Fail(found)
	tests := map[string]struct {
		err     error
		taken   bool
		errors  map[string]string
		general []string
	}{
		"nothing":            {nil, false, map[string]string{}, nil},
		"a fault of ours":    {errors.New("disk"), false, map[string]string{}, nil},
		"not found":          {found, false, map[string]string{}, nil},
		"a field":            {on("birth"), true, map[string]string{"birth": sentence}, nil},
		"an open field":      {on("knows_3"), true, map[string]string{"knows_3": sentence}, nil},
		"a field elsewhere":  {on("other"), true, map[string]string{}, []string{sentence}},
		"no field":           {gone, true, map[string]string{}, []string{sentence}},
		"several at once":    {core.Join(gone, on("name"), on("name"), on("story")), true, map[string]string{"name": sentence, "story": sentence}, []string{sentence}},
		"wrapped by someone": {errors.Join(on("kind")), true, map[string]string{"kind": sentence}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := New(l, fields)
			if taken := f.Fill(tt.err); taken != tt.taken {
				t.Errorf("taken: %v", taken)
			}
			if !reflect.DeepEqual(f.Errors, tt.errors) || !reflect.DeepEqual(f.General, tt.general) {
				t.Errorf("got %v and %v", f.Errors, f.General)
			}
		})
	}
}

func TestWrongStandsInTheOrderOfTheScreen(t *testing.T) {
	f := New(text.NL, fields)
	for _, name := range []string{"story", "knows_2", "knows_1", "name"} {
		f.Errors[name] = "x"
	}
	if got := f.Wrong(); !reflect.DeepEqual(got, []string{"name", "knows_1", "knows_2", "story"}) {
		t.Errorf("got %v", got)
	}
}

func FuzzFrom(f *testing.F) {
	for _, body := range []string{"name=Wil&story=a%0D%0Ab", "name=%00&name=%ff", "token=x&version=9&knows_1=a;b", "%zz", "birth=2026-02-31"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		form := From(r, text.NL, fields)
		for name, values := range form.Values {
			for _, v := range values {
				if v == "" || !utf8.ValidString(name+v) || strings.ContainsAny(v, "\x00\r") || fields.place(name) < 0 {
					t.Errorf("kept %q = %q", name, v)
				}
			}
		}
		_, _ = form.Date("birth"), form.Int("minutes")
	})
}
