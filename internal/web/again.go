package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// sent is one field of a form that came without a session.
type sent struct{ Name, Value string }

// keep answers a form that was sent when nobody was signed in any more: what was typed goes back to the page it came
// from, to be sent again after signing in. Nothing of it stays with us, and nothing is lost (TRA-6). done is false when
// there is nothing to give back.
func (q *Request) keep(signIn string) (done bool, err error) {
	fields := q.fields()
	if len(fields) == 0 {
		return false, nil
	}
	return true, q.Page(http.StatusUnauthorized, signedOut(q.Frame(q.Lang.SignedOutTitle()), q.R.URL.RequestURI(), signIn, fields))
}

// proofDoor is where somebody who is signed in shows once more that it is they; account has the page.
const proofDoor = "/prove"

// toProof asks who is signed in to show that it is they, and leads back to where they wanted to be. A form keeps what was
// typed in it.
func (q *Request) toProof() error {
	if fields := q.fields(); len(fields) > 0 {
		return q.Page(http.StatusUnauthorized, unproved(q.Frame(q.Lang.ProofTitle()), q.R.URL.RequestURI(), proofDoor, fields))
	}
	back := "/"
	if q.R.Method == http.MethodGet {
		back = q.R.URL.RequestURI()
	}
	return q.See(proofDoor+"?next="+url.QueryEscape(back), "")
}

// isText says that somebody typed it, as far as one can tell: it is shown again, the rest goes along unseen.
func (s sent) isText() bool { return strings.ContainsAny(s.Value, " \n") }

// fields are those of the form, in a fixed order.
func (q *Request) fields() (out []sent) {
	if q.R.Method != http.MethodPost || strings.Contains(q.R.Header.Get("Accept"), "json") || q.R.ParseForm() != nil {
		return nil
	}
	for name, values := range q.R.PostForm {
		for _, v := range values {
			if utf8.ValidString(name) && !strings.Contains(name, "passphrase") {
				out = append(out, sent{name, strings.ReplaceAll(strings.ToValidUTF8(v, ""), "\x00", "")})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b sent) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// doorTo is the page to sign in, which leads back to the path.
func doorTo(demo bool, back string) string {
	door := "/sign-in"
	if demo {
		door = "/demo"
	}
	if back != "/" && back != "" {
		door += "?next=" + url.QueryEscape(back)
	}
	return door
}
