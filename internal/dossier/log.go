package dossier

import (
	"strconv"
	"strings"

	"maatje/internal/account"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

const looksPerPage = 50

// look is one entry of the log: who looked or changed, as what, through which bond.
type look struct {
	at                                    core.Instant
	who, actor, action, what, by, outcome string
}

func (k *look) dest() []any {
	return []any{&k.at, &k.who, &k.actor, &k.action, &k.what, &k.by, &k.outcome}
}

var (
	qLog = db.Q("dossier.log", authz.Log, `SELECT g.at, COALESCE(a.name, ''), g.actor, g.action, g.what, g.rule, g.outcome
		FROM visible_dossier d JOIN log_entry g ON g.dossier_id = d.id LEFT JOIN account a ON a.id = g.account_id
		WHERE d.id = :dossier ORDER BY g.seq DESC LIMIT :limit OFFSET :offset`, with(db.Probe{"limit": looksPerPage, "offset": 0}))
	qLogCount = db.Q("dossier.log_count", authz.Log, `SELECT COUNT(*) FROM visible_dossier d JOIN log_entry g ON g.dossier_id = d.id WHERE d.id = :dossier`, theirs)
)

// logView is who looked at a family's file.
type logView struct {
	Head
	lang  text.Lang
	looks []look
	glass []account.Glass
	asks  bool // a coordinator has not said yet to have seen who opened it
	page  int
	all   int
}

func (s *Service) showLog(q *web.Request) error {
	id, err := web.PathID[core.DossierID](q, "id")
	if err != nil {
		return err
	}
	v := logView{lang: q.Lang, page: max(q.Form(form.Fields{Lines: []string{"page"}}).Int("page"), 1)}
	err = s.db.Read(q.Context(), q.Actor, func(t *db.Tx) error {
		if v.Head, err = LoadHead(t, id, "log"); err != nil {
			return err
		}
		if v.glass, err = account.GlassOf(t, id); err != nil {
			return err
		}
		waits, err := task.Mine(t, task.Filter{Kind: taskGlass, Dossier: id, Limit: 1})
		if err != nil {
			return err
		}
		v.asks = len(waits) > 0
		if v.all, err = db.Count(t, qLogCount, db.Args{"dossier": id}); err != nil {
			return err
		}
		v.looks, err = db.All(t, qLog, db.Args{"dossier": id, "limit": looksPerPage, "offset": looksPerPage * (v.page - 1)}, (*look).dest)
		return err
	})
	if err != nil {
		return err
	}
	return q.Show(logPage(q.Frame(q.Lang.DossierTitle()), v))
}

func (v logView) table() components.Table {
	l := v.lang
	t := components.Table{Caption: l.DossierLogTitle(), Empty: l.DossierLogEmpty(), Columns: []components.Column{
		{Label: l.DossierLogWhen()}, {Label: l.DossierLogWho()}, {Label: l.DossierLogAs()}, {Label: l.DossierLogWhat()},
	}}
	for _, k := range v.looks {
		t.Rows = append(t.Rows, []components.Cell{{Text: l.DateTime(k.at)}, {Text: k.name(l)}, {Text: k.as(l)}, {Text: k.did(l)}})
	}
	return t
}

func (k look) name(l text.Lang) string {
	if k.who == "" {
		return l.DossierLogSystem()
	}
	return k.who
}

// as names the roles somebody had.
func (k look) as(l text.Lang) string {
	if k.who == "" {
		return ""
	}
	var words []string
	for code := range strings.SplitSeq(k.actor, "+") {
		words = append(words, l.LogRole(code))
	}
	return l.And(words)
}

// did says what somebody did, and whether it went through.
func (k look) did(l text.Lang) string {
	did := k.sort(l)
	if k.outcome != "done" {
		return l.DossierLogRefused(did)
	}
	return did
}

// sort names the sections that were looked at, or the part that was changed.
func (k look) sort(l text.Lang) string {
	if k.action == "change" {
		part, _, _ := strings.Cut(k.what, ".")
		return l.DossierLogChanged(l.LogPart(part))
	}
	var words []string
	for section := range strings.SplitSeq(k.what, ", ") {
		words = append(words, l.LogSection(strings.ReplaceAll(section, " ", "_")))
	}
	what := l.And(words)
	switch authz.Use(k.action) {
	case authz.Print:
		return l.DossierLogPrinted(what)
	case authz.Export:
		return l.DossierLogExported(what)
	case authz.Search:
		return l.DossierLogSearched(what)
	}
	return l.DossierLogLooked(what)
}

func (v logView) pager() components.Pager {
	return components.Pager{Page: v.page, Pages: (v.all + looksPerPage - 1) / looksPerPage, Href: func(n int) string { return v.Path() + "/log?page=" + strconv.Itoa(n) }}
}
