package owndata

import (
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/familytest"
	"maatje/internal/web/webtest"
)

var (
	tOwn = db.CrossX("owndatatest.own_wishes", authz.Works, planted, `UPDATE volunteer SET wishes = :wishes, phone = :phone, email = :phone WHERE id = :id`, db.Probe{})
	tWhy = plant("volunteer_status", "id volunteer_id status at account_id why")
	tLog = db.CrossQ("owndatatest.log", authz.Works, planted, `SELECT COUNT(*) FROM log_entry g WHERE g.account_id = :account AND g.action = 'export'`, db.Probe{})
)

// Ria and Tom are volunteers of one family: each finds all of the own file, nothing of the other's and nothing of the family.
func TestPRV4_WhatIsKeptAboutWhoWorksHere(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		clock.Set(core.MustInstant(familytest.Start))
		h := newHousehold(t, d, 11)
		h.Do(t, func(x *db.Tx) error {
			for name, a := range map[string]authz.Actor{"ria": h.Ria, "tom": h.Tom} {
				if err := db.Do(x, tOwn, db.Args{"id": a.Volunteer(), "wishes": "zq" + name + "wishes", "phone": "zq" + name + "phone"}); err != nil {
					return err
				}
				h.put(x, tWhy, db.NewID[core.ID](x), map[string]any{"volunteer_id": a.Volunteer(), "status": "active", "at": moment0, "account_id": 1, "why": "zq" + name + "why"})
			}
			return h.fails
		})
		site := webtest.New(t, clock.Now)
		NewService(d).Routes(site.Router)
		page := site.As(h.Ria).Get("/account/data").Is(200, "zqriawishes", "ria@example.org").Body
		made := unzipped(t, []byte(site.Get("/account/data/package").Is(200).Body))
		for name, got := range map[string]string{"page": page, "package": made} {
			for _, word := range []string{"zqriawishes", "zqriaphone", "zqriawhy", "ria@example.org"} {
				if !strings.Contains(got, word) {
					t.Errorf("the %s misses %s", name, word)
				}
			}
			for _, word := range []string{"zqtom", "tom@example.org", "Sara", "Noud", "Familie Wil"} {
				if strings.Contains(got, word) {
					t.Errorf("the %s holds %s", name, word)
				}
			}
			for word := range h.of {
				if strings.Contains(got, word) {
					t.Errorf("the %s holds %s of the family", name, word)
				}
			}
		}
		for _, a := range []authz.Actor{h.Petra, h.Leader, h.Tom} {
			site.As(a).Get("/account/data").Is(200).Without("zqriawishes", "ria@example.org")
		}
		h.Do(t, func(x *db.Tx) error {
			n, err := db.Count(x, tLog, db.Args{"account": h.Ria.Account()})
			if n == 0 {
				t.Error("the log does not say that it was fetched")
			}
			return err
		})
	})
}
