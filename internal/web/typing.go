package web

import (
	"encoding/json"

	"maatje/internal/core"
	"maatje/internal/web/form"
)

// Sending says which sending of a form this is that the script keeps while somebody types.
func (q *Request) Sending(f *form.Form) core.Sending {
	return core.Sending{Key: q.R.Header.Get("Idempotency-Key"), From: f.Version}
}

// Kept tells the script when the form was kept, and as which version.
func (q *Request) Kept(at core.Instant, version int) error {
	q.W.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(q.W).Encode(map[string]any{"saved_at": q.Lang.Time(at), "version": version})
}
