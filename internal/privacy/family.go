package privacy

import (
	"slices"
	"strings"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/dossier/looks"
	"maatje/internal/web"
	"maatje/internal/web/text"
)

// What a family is told of the log: who looked, when, and as what (METHOD ch. 9). Not at which part, and not what was
// written: a worry that a volunteer passed on would show by itself (SIG-5).
const (
	familyMonths = 3
	familyLooks  = 5000 // more than a file gets in that time; a family with more sees the latest
)

var qFamilyLog = db.Q("privacy.file_log", authz.Log, `SELECT `+looks.Columns+`
	FROM visible_dossier d JOIN log_entry g ON g.dossier_id = d.id JOIN account a ON a.id = g.account_id
	WHERE d.id = :dossier AND g.at >= :since ORDER BY g.seq DESC LIMIT :limit`, db.Probe{"dossier": db.Theirs("dossier"), "since": "2026-01-01T00:00:00.000Z", "limit": 1})

// Service shows people what was recorded of looks at them.
type Service struct{ db *db.DB }

// NewService makes the service.
func NewService(d *db.DB) *Service { return &Service{d} }

// Routes mounts the family's overview.
func (s *Service) Routes(m *web.Router) {
	m.Handle("GET /dossiers/{id}/log/family", authz.RightTo("dossier.log").As(authz.Print), s.showFamilyLog)
}

// familyLog is the page, the latest day first.
type familyLog struct {
	lang        text.Lang
	from, until core.Date
	days        []toldDay
}

type toldDay struct {
	on   core.Date
	said []told
}

// told is one line: the most that one person did on one day.
type told struct {
	who, actor string
	deed       deed
}

type deed int

const (
	looked deed = iota
	printed
	wrote
	brokeGlass
)

func (s *Service) showFamilyLog(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	v := familyLog{lang: q.Lang, from: q.Today().AddMonths(-familyMonths), until: q.Today()}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if _, err := dossier.LoadHead(t, id, "log"); err != nil {
			return err
		}
		all, err := db.All(t, qFamilyLog, db.Args{"dossier": id, "since": core.At(v.from.Time()), "limit": familyLooks}, (*looks.Look).Dest)
		v.days = tell(all)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(familyLogPage(q.Frame(q.Lang.PrivacyFileLogTitle()), v))
}

// tell gathers looks, the latest first, by day and person.
func tell(all []looks.Look) []toldDay {
	var days []toldDay
	for _, k := range all {
		if n := len(days); n == 0 || days[n-1].on != k.At.Date() {
			days = append(days, toldDay{on: k.At.Date()})
		}
		day := &days[len(days)-1]
		i := slices.IndexFunc(day.said, func(s told) bool { return s.who == k.Who && s.actor == k.Actor })
		if i < 0 {
			i = len(day.said)
			day.said = append(day.said, told{who: k.Who, actor: k.Actor})
		}
		day.said[i].deed = max(day.said[i].deed, deedOf(k))
	}
	return days
}

// quietParts are changes that count as looking (SIG-5): that somebody wrote while no visit was reported would say that a
// worry was passed on.
var quietParts = []string{"signal", "task"}

func deedOf(k looks.Look) deed {
	part, _, _ := strings.Cut(k.What, ".")
	switch {
	case strings.Contains(k.By, authz.BrokenGlass.String()):
		return brokeGlass
	case k.Action == "change" && k.Outcome == "done" && !slices.Contains(quietParts, part):
		return wrote
	case k.Action == string(authz.Print) || k.Action == string(authz.Export):
		return printed
	}
	return looked
}

func (s told) in(l text.Lang) string {
	var as []string
	for code := range strings.SplitSeq(s.actor, "+") {
		if word := l.LogFamilyRole(code); !slices.Contains(as, word) {
			as = append(as, word)
		}
	}
	switch role := l.And(as); s.deed {
	case brokeGlass:
		return l.PrivacyFileLogGlass(s.who, role)
	case wrote:
		return l.PrivacyFileLogWrote(s.who, role)
	case printed:
		return l.PrivacyFileLogPrinted(s.who, role)
	default:
		return l.PrivacyFileLogLooked(s.who, role)
	}
}

// Said is what one person did on one day, for somebody's own package.
type Said struct {
	On core.Date
	told
}

// In says it in words.
func (s Said) In(l text.Lang) string { return s.in(l) }

// Looks are all looks at a file that are on record, by day and person, the latest first.
func Looks(t *db.Tx, id core.DossierID) (out []Said, err error) {
	all, err := db.All(t, qFamilyLog, db.Args{"dossier": id, "since": core.At(time.Unix(0, 0)), "limit": familyLooks}, (*looks.Look).Dest)
	for _, d := range tell(all) {
		for _, s := range d.said {
			out = append(out, Said{d.on, s})
		}
	}
	return out, err
}

// day names a day with its weekday.
func (v familyLog) day(on core.Date) string { return v.lang.Weekday(on) + " " + v.lang.Date(on) }
