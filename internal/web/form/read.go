package form

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"maatje/internal/web/limit"
	"maatje/internal/web/text"
)

// From reads the declared fields of a request: the body of a POST, the address of a GET. It never fails: what cannot be
// is in Errors, beside what was typed.
func From(r *http.Request, l text.Lang, fields Fields) *Form {
	f := New(l, fields)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		f.General = append(f.General, l.FormNoUpload())
		return f
	}
	if r.Body != nil {
		r.Body = http.MaxBytesReader(nil, r.Body, limit.Body)
	}
	if err := r.ParseForm(); err != nil {
		f.General = append(f.General, unreadable(err, l))
	}
	sent := r.Form
	if r.Method == http.MethodPost {
		sent = r.PostForm
	}
	f.Token = clip(sent.Get("token"), 64)
	f.Version, _ = strconv.Atoi(clip(sent.Get("version"), 9))
	for name, values := range sent {
		if utf8.ValidString(name) && fields.place(name) >= 0 {
			f.read(name, values)
		}
	}
	return f
}

func unreadable(err error, l text.Lang) string {
	if _, tooBig := errors.AsType[*http.MaxBytesError](err); tooBig {
		return l.FormTooBig()
	}
	return l.CommonUnexpected()
}

func clip(s string, n int) string {
	if len(s) > n || !utf8.ValidString(s) {
		return ""
	}
	return s
}

// read cleans the values of one field and says what is wrong with them.
func (f *Form) read(name string, values []string) {
	story := f.fields.place(name) >= len(f.fields.Lines)
	limit := f.fields.limit(name, story)
	var kept []string
	for _, raw := range values {
		value, odd := clean(raw, story)
		if odd {
			f.add(name, f.Lang.FormOddCharacters())
		}
		if n := utf8.RuneCountInString(value); n > limit {
			f.add(name, f.Lang.FormTooLong(f.Lang.Number(limit), f.Lang.Number(n)))
		}
		kept = append(kept, value)
	}
	f.Set(name, kept...)
}

func (fs Fields) limit(name string, story bool) int {
	if n, ok := fs.Max[name]; ok {
		return n
	}
	if story {
		return limit.Text
	}
	return limit.Line
}

// clean gives every line the same end, trims, and takes out what no database and no reader wants: NUL, other control
// characters, bytes that are not UTF-8. odd says that there was something to take out. In a single line, line ends and
// tabs are spaces.
func clean(raw string, story bool) (value string, odd bool) {
	value = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(raw)
	if !story {
		value = strings.NewReplacer("\n", " ", "\t", " ").Replace(value)
	}
	odd = !utf8.ValidString(value)
	value = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			odd = true
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, ""))
	return strings.TrimSpace(value), odd
}
