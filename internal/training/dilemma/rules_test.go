package dilemma

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/web/text"
	"maatje/internal/web/webtest"
)

func TestVOL4_WhatAGroupThought(t *testing.T) {
	today := core.MustDate("2026-11-23")
	good := Talk{On: today, Occasion: "peer_day", Words: "De groep dacht verschillend."}
	for _, c := range []struct {
		name  string
		twist func(*Talk)
		want  string
	}{
		{"as it should be", func(*Talk) {}, ""},
		{"tomorrow", func(k *Talk) { k.On = today.AddDays(1) }, "dilemma_ahead"},
		{"no day", func(k *Talk) { k.On = core.Date{} }, "dilemma_day"},
		{"nowhere", func(k *Talk) { k.Occasion = "elders" }, "dilemma_occasion"},
		{"no words", func(k *Talk) { k.Words = " " }, "dilemma_words"},
	} {
		k := good
		c.twist(&k)
		err := CheckTalk(k, []string{"peer_day"}, today)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, c := range []struct {
		words Words
		ok    bool
	}{{Words{"a", "b", ""}, true}, {Words{"", "b", "c"}, false}, {Words{"a", " ", "c"}, false}} {
		if err := CheckWords(c.words); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.words, err)
		}
	}
}

// TestVOL4_TenDilemmasAreShipped: each has its words in both languages, and an organisation can write its own in their place.
func TestVOL4_TenDilemmasAreShipped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, ctx := NewService(d), context.Background()
		var petra authz.Actor
		err := d.Write(ctx, authz.System("test"), func(tx *db.Tx) error {
			id, err := account.Make(tx, account.New{Name: "Petra", Email: "petra@example.org", Roles: authz.OutsideCoordinator, Municipalities: []string{"Zwolle"}})
			petra = authz.SignedIn(id, 0, "Petra", authz.OutsideCoordinator, authz.Origin{})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.All(ctx, petra)
		if err != nil || len(all) != 10 {
			t.Fatalf("%d dilemmas, %v", len(all), err)
		}
		for _, one := range all {
			for _, l := range text.Langs() {
				if w := one.In(l); w.Title == one.Code || w.Situation == one.Code || w.Thought == one.Code || w.Title == "" {
					t.Errorf("%s has no words in %s", one.Code, l.Tag())
				}
			}
		}
		site := webtest.New(t, d.Now)
		s.Routes(site.Router)
		site.As(petra).Get("/dilemmas").Is(http.StatusOK, "Het beltegoed is op")
		at := "/dilemmas/" + all[0].ID.String()
		site.Post(at+"/talk", url.Values{"on": {"2026-11-30"}, "words": {"Eerst samen denken."}}).Is(http.StatusUnprocessableEntity, "moet nog komen", "Eerst samen denken.")
		site.Post(at+"/talk", url.Values{"on": {"2026-11-20"}, "occasion": {"peer_day"}, "words": {"Eerst samen denken."}}).Is(http.StatusSeeOther)
		site.Post(at+"/change", url.Values{"version": {"1"}, "title": {"De telefoon"}, "situation": {"Iemand vraagt je telefoon."}}).Is(http.StatusSeeOther)
		site.Post(at+"/change", url.Values{"version": {"1"}, "title": {"Laat"}, "situation": {"x"}}).Is(http.StatusConflict, "intussen veranderd")
		site.Get(at).Is(http.StatusOK, "De telefoon", "Eerst samen denken.", "terugkomdag")
		site.Post("/dilemmas/new", url.Values{"title": {"Nieuw"}}).Is(http.StatusUnprocessableEntity, "Beschrijf de situatie")
		site.As(authz.SignedIn(petra.Account(), 5, "Ria", authz.Volunteer, authz.Origin{})).Get(at).Is(http.StatusOK, "De telefoon").Without("Wat dacht de groep?")
		site.Get(at + "/change").Is(http.StatusNotFound)
	})
}
