package account

import (
	"maatje/internal/account/budget"
	"net/http"
	"strings"
	"testing"
	"time"

	"maatje/internal/account/glass"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
)

var (
	xFamily = db.CrossX("account_test.dossier", authz.Works, "makes a dossier to open",
		`INSERT INTO dossier (id, name, name_fold, coordinator_id, inside_coordinator_id, state, state_since, opened_at)
		VALUES (:dossier, 'Familie', 'familie', :outside, :inside, 'running', '2026-01-01', :now)`,
		db.Probe{"dossier": db.Theirs("dossier"), "outside": db.Theirs("account"), "inside": db.Theirs("account")})
	qSeen  = db.Q("account_test.sees", authz.Identity, `SELECT COUNT(*) FROM visible_dossier d WHERE d.id = :dossier`, db.Probe{"dossier": db.Theirs("dossier")})
	qMails = db.Q("account_test.mails", authz.Works, `SELECT key FROM outbox ORDER BY key`, db.Probe{})
)

func (h *house) sees(a authz.Actor, id core.DossierID) bool {
	h.Helper()
	n := 0
	err := h.db.Read(h.Context(), a, func(t *db.Tx) (err error) {
		n, err = db.Count(t, qSeen, db.Args{"dossier": id})
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return n > 0
}

func TestBreakingTheGlass(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		ingrid := h.idOf("Ingrid")
		var marleen, bert core.AccountID
		one, other, both := core.DossierID(501), core.DossierID(502), core.DossierID(503)
		h.write(func(tx *db.Tx) (err error) {
			if marleen, err = Make(tx, New{Name: "Marleen", Email: "m@voorbeeld.nl", Roles: authz.OutsideCoordinator, Municipalities: []string{"Almere"}}); err != nil {
				return err
			}
			if bert, err = Make(tx, New{Name: "Bert", Email: "b@voorbeeld.nl", Roles: authz.InsideCoordinator}); err != nil {
				return err
			}
			for id, inside := range map[core.DossierID]core.AccountID{one: bert, other: 0, both: marleen} {
				if err := tx.NewOwner(id.Int64()); err != nil {
					return err
				}
				if err := db.Do(tx, xFamily, db.Args{"dossier": id, "outside": marleen, "inside": inside}); err != nil {
					return err
				}
			}
			return nil
		})
		leader := authz.SignedIn(ingrid, 0, "Ingrid", authz.ProjectLeader, authz.Origin{})
		path := "/dossiers/" + one.String()
		b.says(b.get("/glass?dossier="+one.String()), http.StatusOK, path+"/glass")
		b.says(b.post(path+"/glass", "reason", "te kort"), http.StatusUnprocessableEntity, "te kort")
		if h.sees(leader, one) {
			t.Fatal("open without a reason")
		}
		b.leads(b.post(path+"/glass", "reason", "het signaal is niet beantwoord"), path)
		h.sealedReason(one, "het signaal is niet beantwoord")
		begun := h.clock.Now()
		if !h.sees(leader, one) || h.sees(leader, other) {
			t.Error("not the one that was named, or more than that")
		}
		h.later(begun.Add(4*time.Hour - time.Millisecond))
		if !h.sees(leader, one) {
			t.Error("closed before four hours")
		}
		h.later(begun.Add(4 * time.Hour))
		if h.sees(leader, one) {
			t.Error("still open after four hours")
		}
		if err := glass.NewService(h.db).Break(t.Context(), leader, both, "het signaal is niet beantwoord"); err != nil {
			t.Fatal(err)
		}
		h.hasTasks(marleen, 2)
		h.hasTasks(bert, 1)

		for name, a := range map[string]authz.Actor{
			"an administrator": authz.SignedIn(ingrid, 0, "x", authz.Administrator, authz.Origin{}),
			"a coordinator":    authz.SignedIn(marleen, 0, "x", authz.OutsideCoordinator, authz.Origin{}),
		} {
			if err := glass.NewService(h.db).Break(t.Context(), a, other, "zomaar eens kijken"); !core.IsKind(err, core.KindNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := glass.NewService(h.db).Break(t.Context(), leader, 999, "een dossier dat er niet is"); !core.IsKind(err, core.KindNotFound) {
			t.Error(err)
		}
	})
}

var qReasons = db.Q("account_test.reasons", authz.Works, `SELECT g.id, g.reason FROM broken_glass g WHERE g.dossier_id = :dossier`, db.Probe{"dossier": db.Theirs("dossier")})

// sealedReason expects that the reason is kept, and not in words.
func (h *house) sealedReason(id core.DossierID, want string) {
	h.Helper()
	type row struct {
		id     core.ID
		reason []byte
	}
	h.write(func(t *db.Tx) error {
		all, err := db.All(t, qReasons, db.Args{"dossier": id}, func(r *row) []any { return []any{&r.id, &r.reason} })
		if err != nil || len(all) != 1 {
			h.Fatal(all, err)
		}
		if got, err := t.Open(glass.Place(all[0].id, id), all[0].reason); err != nil || got != want || strings.Contains(string(all[0].reason), "signaal") {
			h.Errorf("%q %v", got, err)
		}
		return nil
	})
}

var qTasks = db.Q("account_test.tasks", authz.Tasks, `SELECT COUNT(*) FROM visible_task k WHERE k.account_id = :account AND k.kind = 'glass'`, db.Probe{"account": db.Theirs("account")})

func (h *house) hasTasks(id core.AccountID, want int) {
	h.Helper()
	h.write(func(t *db.Tx) error {
		n, err := db.Count(t, qTasks, db.Args{"account": id})
		if n != want {
			h.Errorf("%d tasks, want %d", n, want)
		}
		return err
	})
}

func TestPRV5_OneReminderADay(t *testing.T) {
	eachHouse(t, Config{}, func(h *house) {
		h.browser("10.0.0.1").firstLeader()
		ingrid := h.idOf("Ingrid")
		day := core.MustInstant("2026-11-24T05:59:00Z") // 06:59 in the Netherlands
		h.write(func(tx *db.Tx) error {
			id, err := Make(tx, New{Name: "Uitgenodigd", Email: "u@voorbeeld.nl", Roles: authz.Administrator})
			if err != nil {
				return err
			}
			for key, k := range map[string]task.Task{
				"due":    {Account: ingrid, Due: day},
				"due2":   {Account: ingrid, Due: day},
				"cannot": {Account: id, Due: day},
			} {
				k.Key, k.Kind = key, "glass"
				if err := task.Open(tx, k); err != nil {
					return err
				}
			}
			return nil
		})
		remind := func() {
			t.Helper()
			if err := h.service.Remind(t.Context(), authz.System("account.remind")); err != nil {
				t.Fatal(err)
			}
		}
		first := "worklist:" + ingrid.String() + ":2026-11-24"
		h.later(day)
		remind()
		h.hasMails()
		h.later(day.Add(time.Minute))
		remind()
		remind()
		h.hasMails(first)
		h.later(day.Add(24 * time.Hour))
		remind()
		h.hasMails(first)
		h.later(day.Add(25 * time.Hour))
		remind()
		h.hasMails(first, "worklist:"+ingrid.String()+":2026-11-25")
	})
}

func (h *house) hasMails(want ...string) {
	h.Helper()
	h.write(func(t *db.Tx) error {
		got, err := db.All(t, qMails, nil, func(k *string) []any { return []any{k} })
		if strings.Join(got, " ") != strings.Join(want, " ") {
			h.Errorf("mails %v, want %v", got, want)
		}
		return err
	})
}

func TestWhatCountsNoMoreIsSweptAway(t *testing.T) {
	eachHouse(t, atBase, func(h *house) {
		b := h.browser("10.0.0.1")
		b.firstLeader()
		b.post("/accounts", "name", "Pat", "email", "pat@voorbeeld.nl", "roles", "administrator")
		stranger := h.browser("10.0.0.2")
		stranger.signIn(theEmail, "raden maar weer eens")
		var jobs = h.service.Jobs()
		sweep := func() (left [3]int) {
			t.Helper()
			for _, j := range jobs {
				if err := j.Run(t.Context(), authz.System(j.Name)); err != nil {
					t.Fatal(err)
				}
			}
			h.write(func(tx *db.Tx) error {
				for i, q := range []*db.Query{qCountSessions, qCountTries, qCountInvitations} {
					n, err := db.Count(tx, q, nil)
					if left[i] = n; err != nil {
						return err
					}
				}
				return nil
			})
			return left
		}
		// tries: device and address of the leader; start; making an invitation; pair, account and address of the stranger
		if got := sweep(); got != [3]int{1, 7, 2} {
			t.Errorf("before: %v", got)
		}
		h.later(h.clock.Now().Add(25 * time.Hour))
		if got := sweep(); got != [3]int{1, 2, 2} {
			t.Errorf("after a day: %v", got)
		}
		h.later(h.clock.Now().Add(8 * 24 * time.Hour))
		if got := sweep(); got != [3]int{1, 2, 0} {
			t.Errorf("after a week: %v", got)
		}
		h.later(h.clock.Now().Add(budget.KnownForDays * 24 * time.Hour))
		if got := sweep(); got != [3]int{} {
			t.Errorf("after half a year: %v", got)
		}
	})
}

var (
	qCountSessions    = db.Q("account_test.sessions", authz.Works, `SELECT COUNT(*) FROM session`, db.Probe{})
	qCountTries       = db.Q("account_test.tries", authz.Works, `SELECT COUNT(*) FROM attempt`, db.Probe{})
	qCountInvitations = db.Q("account_test.invitations", authz.Works, `SELECT COUNT(*) FROM invitation`, db.Probe{})
)
