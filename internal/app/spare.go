package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/spare"
	"maatje/internal/web"
)

// Reserve is how much room on the disk is kept for the log, beside a database that is a file. 0 keeps none.
type Reserve int64

// beside is the reserve of the place. A server looks after its own disk.
func (r Reserve) beside(p Place, log *slog.Logger) spare.Reserve {
	if r <= 0 || db.IsServer(p.DB) {
		return nil
	}
	return told{spare.File{Path: p.DB + ".reserve", Size: int64(r)}, log}
}

// told says in the program's own messages what happens to the reserve.
type told struct {
	spare.File
	log *slog.Logger
}

func (t told) Free() error {
	t.log.Error("the disk is full: from now on nothing is kept but who looked at what; make room", "reserve", t.Path)
	return t.File.Free()
}

func (t told) Make() error {
	err := t.File.Make()
	switch {
	case err == nil:
		t.log.Info("the reserve for the log is there; changes are taken", "reserve", t.Path)
	case !errors.Is(err, spare.ErrNoRoom):
		t.log.Error("the reserve for the log cannot be made; no change is taken", "reserve", t.Path, "error", err)
	}
	return err
}

// spareSessions keep a session going when nothing else is kept: without one nobody reads.
type spareSessions struct{ web.Sessions }

func (s spareSessions) Session(ctx context.Context, r *http.Request, from authz.Origin) (web.Session, error) {
	return s.Sessions.Session(db.Spare(ctx), r, from)
}

// doors are the pages to come in and go out by.
var doors = []string{"/sign-in", "/second-factor", "/signout", "/prove", "/demo"}

// spareDoors lets people in and out when nothing else is kept.
func spareDoors(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.ContainsFunc(doors, func(door string) bool { return r.URL.Path == door || strings.HasPrefix(r.URL.Path, door+"/") }) {
			r = r.WithContext(db.Spare(r.Context()))
		}
		h.ServeHTTP(w, r)
	})
}
