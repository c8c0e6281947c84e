package dossier

import (
	"strconv"

	"maatje/internal/account/glass"
	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier/looks"
	"maatje/internal/task"
	"maatje/internal/web"
	"maatje/internal/web/components"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

const looksPerPage = 50

var (
	qLog = db.Q("dossier.log", authz.Log, `SELECT `+looks.Columns+`
		FROM visible_dossier d JOIN log_entry g ON g.dossier_id = d.id LEFT JOIN account a ON a.id = g.account_id
		WHERE d.id = :dossier ORDER BY g.seq DESC LIMIT :limit OFFSET :offset`, with(db.Probe{"limit": looksPerPage, "offset": 0}))
	qLogCount = db.Q("dossier.log_count", authz.Log, `SELECT COUNT(*) FROM visible_dossier d JOIN log_entry g ON g.dossier_id = d.id WHERE d.id = :dossier`, theirs)
)

// logView is who looked at a family's file.
type logView struct {
	Head
	lang  text.Lang
	looks []looks.Look
	glass []glass.Opening
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
		if v.glass, err = glass.Of(t, id); err != nil {
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
		v.looks, err = db.All(t, qLog, db.Args{"dossier": id, "limit": looksPerPage, "offset": looksPerPage * (v.page - 1)}, (*looks.Look).Dest)
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
		t.Rows = append(t.Rows, []components.Cell{{Text: l.DateTime(k.At)}, {Text: k.Name(l)}, {Text: k.As(l)}, {Text: k.Did(l)}})
	}
	return t
}

func (v logView) pager() components.Pager {
	return components.Pager{Page: v.page, Pages: (v.all + looksPerPage - 1) / looksPerPage, Href: func(n int) string { return v.Path() + "/log?page=" + strconv.Itoa(n) }}
}
