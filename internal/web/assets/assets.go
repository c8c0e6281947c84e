// Package assets serves the style, script and typeface that "npm run build" puts into dist. Their addresses carry a hash
// of what is in them, so that a browser keeps each for good and never shows an old one. Without a build dist is empty:
// the product still compiles and its pages still work, they are just bare.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

const prefix = "/assets/"

// file is one asset, ready to be sent; packed is empty if packing does not make it smaller.
type file struct {
	address, kind string
	plain, packed []byte
}

type set struct{ byName, byAddress map[string]*file }

var built = sync.OnceValue(func() set {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the embedded folder has this name
	}
	return load(files)
})

// Path is the address of an asset: Path("app.css") is "/assets/app.3f2a1c05.css".
func Path(name string) string {
	if f := built().byName[name]; f != nil {
		return f.address
	}
	return prefix + name
}

// Handler serves everything under /assets/.
func Handler() http.Handler { return built() }

// load reads the files of a build. Style sheets come last, because they name the others.
func load(files fs.FS) set {
	s := set{map[string]*file{}, map[string]*file{}}
	names, _ := fs.Glob(files, "*.*")
	for _, style := range []bool{false, true} {
		for _, name := range names {
			if strings.HasPrefix(name, ".") || (path.Ext(name) == ".css") != style {
				continue
			}
			if b, err := fs.ReadFile(files, name); err == nil {
				s.add(name, b)
			}
		}
	}
	return s
}

func (s set) add(name string, b []byte) {
	ext := path.Ext(name)
	if ext == ".css" {
		for other, f := range s.byName {
			b = bytes.ReplaceAll(b, []byte("url("+other+")"), []byte("url("+f.address+")"))
		}
	}
	sum := sha256.Sum256(b)
	f := &file{
		address: prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext,
		kind:    kind(ext),
		plain:   b,
		packed:  pack(b),
	}
	s.byName[name], s.byAddress[f.address] = f, f
}

// kind does not trust the tables of the machine for the types that matter here.
func kind(ext string) string {
	switch ext {
	case ".woff2":
		return "font/woff2"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(ext)
}

func pack(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // fails only for a level that does not exist
	_, _ = w.Write(b)                                       // a buffer takes everything
	_ = w.Close()
	if out.Len() > len(b)*9/10 {
		return nil
	}
	return out.Bytes()
}

func (s set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f := s.byAddress[r.URL.Path]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	body, h := f.plain, w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if f.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.packed
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who left is no fault of ours
	}
}
