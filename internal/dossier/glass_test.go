package dossier

import (
	"net/http"
	"strings"
	"testing"

	"maatje/internal/account/glass"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
	"maatje/internal/task"
)

var tGlass = db.CrossX("testing.glass", authz.Works, forTests, `INSERT INTO broken_glass (id, account_id, dossier_id, reason, from_at, until_at)
	VALUES (:id, :account, :dossier, :reason, :now, :until)`, db.Probe{})

// waiting counts what waits for the outside coordinator about a family.
func (n town) waiting(id core.DossierID) (count int) {
	n.t.Helper()
	n.as(n.petra, func(x *db.Tx) error {
		mine, err := task.Mine(x, task.Filter{Dossier: id})
		count = len(mine)
		return err
	})
	return count
}

func TestTheCoordinatorSeesWhoBrokeTheGlassAndWhy(t *testing.T) {
	dbtest.EachAt(t, func(t *testing.T, d *db.DB, clock *dbtest.Clock) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		n.as(authz.System("test"), func(x *db.Tx) error {
			leader := n.account(x, "Ingrid", "project_leader")
			opening := db.NewID[core.ID](x)
			sealed, err := x.Seal(glass.Place(opening, id), "klacht van oma")
			if err != nil {
				return err
			}
			err = db.Do(x, tGlass, db.Args{"id": opening, "account": leader, "dossier": id, "reason": sealed, "until": x.Now()})
			if err != nil {
				return err
			}
			return task.Open(x, task.Task{Key: "glass:1", Account: n.petraAccount, Kind: taskGlass, Due: x.Now(), Dossier: id, Subject: opening})
		})
		s := newSite(n, clock)
		path := "/dossiers/" + id.String() + "/log"
		code, page := s.get(path)
		s.must(code, http.StatusOK, path)
		for _, want := range []string{"Ingrid", "klacht van oma", "Gezien"} {
			if !strings.Contains(page, want) {
				t.Errorf("the log does not say %q", want)
			}
		}
		s.reader.actor = n.neighbour
		code, _ = s.post(path+"/seen", nil)
		s.must(code, http.StatusNotFound, "the neighbour saw it")
		if n.waiting(id) != 1 {
			t.Error("it waits no more, and she did not see it")
		}
		s.reader.actor = n.petra
		code, _ = s.post(path+"/seen", nil)
		s.must(code, http.StatusSeeOther, "seen")
		if _, page = s.get(path); n.waiting(id) != 0 || strings.Contains(page, path+"/seen") || !strings.Contains(page, "klacht van oma") {
			t.Error("seen, it waits still, or the reason is gone")
		}
	})
}

func TestClosingADossierClosesWhatWaitsAboutIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := newTown(t, d)
		id, _ := grownFamily(n)
		n.as(n.petra, func(x *db.Tx) error {
			return task.Open(x, task.Task{Key: "one", Account: n.petraAccount, Kind: taskNear, Due: x.Now(), Dossier: id})
		})
		if n.waiting(id) != 1 {
			t.Fatal("nothing waits")
		}
		n.as(n.petra, func(x *db.Tx) error { return Close(x, id, x.Today()) })
		if got := n.waiting(id); got != 0 {
			t.Errorf("%d tasks wait about a closed dossier", got)
		}
	})
}
