package assets

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var sample = fstest.MapFS{
	".keep":     {Data: nil},
	"app.css":   {Data: []byte("@font-face{src:url(f.woff2)}" + strings.Repeat("p{margin:0}", 100))},
	"f.woff2":   {Data: []byte("\x8b\x17\xf2")},
	"app.js":    {Data: []byte(strings.Repeat("let a=1;", 100))},
	"sub/x.txt": {Data: []byte("x")},
}

func TestAddressesChangeWithTheContent(t *testing.T) {
	s := load(sample)
	css := s.byName["app.css"].address
	if !regexp.MustCompile(`^/assets/app\.[0-9a-f]{8}\.css$`).MatchString(css) {
		t.Fatalf("got %s", css)
	}
	other := fstest.MapFS{"app.css": sample["app.css"], "f.woff2": {Data: []byte("another font")}}
	if load(other).byName["app.css"].address == css {
		t.Error("a style sheet that names another font keeps its address")
	}
	if len(s.byName) != 3 {
		t.Errorf("serves %d files, want three", len(s.byName))
	}
}

func TestStyleNamesTheFontByItsAddress(t *testing.T) {
	s := load(sample)
	if want := "url(" + s.byName["f.woff2"].address + ")"; !bytes.Contains(s.byName["app.css"].plain, []byte(want)) {
		t.Errorf("no %s in the style sheet", want)
	}
}

func TestHandler(t *testing.T) {
	s := load(sample)
	tests := map[string]struct {
		method, path, accept, encoding, kind string
		status                               int
	}{
		"packed":         {"GET", s.byName["app.css"].address, "br, gzip", "gzip", "text/css; charset=utf-8", 200},
		"plain":          {"GET", s.byName["app.js"].address, "", "", "text/javascript; charset=utf-8", 200},
		"not worth it":   {"GET", s.byName["f.woff2"].address, "gzip", "", "font/woff2", 200},
		"without a body": {"HEAD", s.byName["app.css"].address, "gzip", "gzip", "text/css; charset=utf-8", 200},
		"an old address": {"GET", "/assets/app.00000000.css", "", "", "text/plain; charset=utf-8", 404},
		"a bare name":    {"GET", "/assets/app.css", "", "", "text/plain; charset=utf-8", 404},
		"the way up":     {"GET", "/assets/../assets.go", "", "", "text/plain; charset=utf-8", 404},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w, r := httptest.NewRecorder(), httptest.NewRequest(tt.method, "/", nil)
			r.URL.Path = tt.path
			r.Header.Set("Accept-Encoding", tt.accept)
			s.ServeHTTP(w, r)
			h := w.Header()
			if w.Code != tt.status || h.Get("Content-Encoding") != tt.encoding || h.Get("Content-Type") != tt.kind {
				t.Fatalf("got %d %v", w.Code, h)
			}
			if kept := strings.Contains(h.Get("Cache-Control"), "immutable"); kept != (tt.status == 200) {
				t.Errorf("Cache-Control is %q", h.Get("Cache-Control"))
			}
			if tt.method == http.MethodHead && w.Body.Len() > 0 {
				t.Error("HEAD has a body")
			}
		})
	}
}

func TestPackedIsTheSame(t *testing.T) {
	f := load(sample).byName["app.css"]
	r, err := gzip.NewReader(bytes.NewReader(f.packed))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, f.plain) {
		t.Errorf("unpacks to something else: %v", err)
	}
}

func TestWithoutABuild(t *testing.T) {
	if s := load(fstest.MapFS{".keep": {}}); len(s.byName) != 0 {
		t.Error("found files where there are none")
	}
	if got := Path("none.css"); got != "/assets/none.css" {
		t.Errorf("got %s", got)
	}
}
