package web

import (
	"bytes"
	"net/http"

	"maatje/internal/web/limit"
)

// answer keeps what is answered until send. Answers are pages, and none is larger than what may come in; one that is goes
// out as it comes.
type answer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	sent   bool
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if !a.sent && a.body.Len()+len(b) <= limit.Body {
		return a.body.Write(b)
	}
	a.send()
	return a.ResponseWriter.Write(b)
}

// send writes what was kept; a reader who left is no fault of ours.
func (a *answer) send() {
	if a.sent {
		return
	}
	a.sent = true
	if a.status != 0 {
		a.ResponseWriter.WriteHeader(a.status)
	}
	_, _ = a.ResponseWriter.Write(a.body.Bytes())
}

// Unwrap lets a handler reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
