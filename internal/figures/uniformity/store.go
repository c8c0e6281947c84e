package uniformity

import (
	"strings"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
)

// why lets the programme's whole stand beside a coordinator's own line. It gives days and yes or no, no family and no volunteer.
const why = "how coordinators work is counted over the whole programme; it gives days and yes or no, no family and no volunteer"

const (
	whose = `COALESCE(a.id, 0), COALESCE(a.name, '')`
	of    = ` JOIN dossier d ON d.id = t.dossier_id LEFT JOIN account a ON a.id = COALESCE(t.coordinator_id, d.coordinator_id) `
)

var (
	days    = db.Probe{"from": "2020-01-01", "to": "2030-01-01"}
	moments = db.Probe{"from": "2020-01-01T00:00:00.000Z", "to": "2030-01-01T00:00:00.000Z"}

	qCheckpoints = db.CrossQ("uniformity.checkpoints", authz.Practice, why, `SELECT `+whose+`, c.due_on, c.held_on
		FROM checkpoint c JOIN trajectory t ON t.id = c.trajectory_id`+of+`WHERE c.due_on >= :from AND c.due_on <= :to AND NOT t.imported`, days)
	qReports = db.CrossQ("uniformity.reports", authz.Practice, why, `SELECT `+whose+`, v.held_at, r.done_at, v.tools, k.tools
		FROM visit v JOIN trajectory t ON t.id = v.trajectory_id JOIN trajectory_kind k ON k.code = t.kind`+of+`JOIN visit_report r ON r.visit_id = v.id
		WHERE v.state <> 'cancelled' AND NOT v.imported AND v.held_at >= :from AND v.held_at < :to`, moments)
	qMissing = db.CrossQ("uniformity.missing_reports", authz.Practice, why, `SELECT `+whose+`, v.planned_at, NULL, '', k.tools
		FROM visit v JOIN trajectory t ON t.id = v.trajectory_id JOIN trajectory_kind k ON k.code = t.kind`+of+`
		WHERE v.state <> 'cancelled' AND NOT v.imported AND v.held_at IS NULL AND v.planned_at >= :from AND v.planned_at < :to`, moments)
	qSignals = db.CrossQ("uniformity.signals", authz.Practice, why, `SELECT `+whose+`, s.answer_before,
			(SELECT MIN(w.at) FROM signal_answer w WHERE w.signal_id = s.id)
		FROM signal s JOIN trajectory t ON t.id = s.trajectory_id`+of+`WHERE s.answer_before >= :from AND s.answer_before < :to AND NOT s.imported`, moments)
	qEndings = db.CrossQ("uniformity.endings", authz.Practice, why, `SELECT `+whose+`, t.ended_on, t.abrupt
		FROM trajectory t`+of+`WHERE t.ended_on >= :from AND t.ended_on <= :to AND NOT t.imported`, days)
)

// whyUse lets the use of tools stand beside what reports say of them.
const whyUse = "on how many days tools were used is counted over the whole programme, by coordinator and by volunteer; it gives a tool and who, no family"

var (
	qUsed = db.CrossQ("uniformity.tools_used", authz.Practice, whyUse, `SELECT COALESCE(a.id, 0), COALESCE(a.name, ''), u.tool
		FROM tool_use u JOIN dossier d ON d.id = u.dossier_id LEFT JOIN account a ON a.id = d.coordinator_id
		WHERE u.kind = 'used' AND u.used_on >= :from AND u.used_on <= :to`, days)
	qUsedBy = db.CrossQ("uniformity.tools_used_by", authz.Practice, whyUse, `SELECT a.id, a.name, u.tool, COALESCE(d.coordinator_id, 0)
		FROM tool_use u JOIN dossier d ON d.id = u.dossier_id JOIN account a ON a.id = u.account_id JOIN volunteer v ON v.account_id = a.id
		WHERE u.kind = 'used' AND u.used_on >= :from AND u.used_on <= :to`, days)
)

// countUses counts how often tools were used, of the families of each coordinator and by each volunteer. One coordinator sees the volunteers of
// the own families.
func countUses(t *db.Tx, x *Table, only core.AccountID) error {
	args := db.Args{"from": x.From, "to": x.To}
	rows, err := read(t, qUsed, args, func(r *row) []any { return []any{&r.tools} })
	if err != nil {
		return err
	}
	volunteers, err := read(t, qUsedBy, args, func(r *row) []any { return []any{&r.tools, &r.of} })
	x.Used, x.AllUsed = useLines(rows, 0)
	x.ByVolunteer, _ = useLines(volunteers, only)
	return err
}

// read is the same reading for each of them, in its own columns.
func read(t *db.Tx, q *db.Query, args db.Args, columns func(*row) []any) ([]row, error) {
	return db.All(t, q, args, func(r *row) []any { return append([]any{&r.Coordinator, &r.Name}, columns(r)...) })
}

type row struct {
	Case
	held         core.Date
	at           core.Instant
	of           core.AccountID
	tools, could string // what was used, and what the kind of support offers
}

// checkpoints are held on a day; on which hour is not asked.
func checkpoints(t *db.Tx, from, to core.Date) (out []Case, err error) {
	rows, err := read(t, qCheckpoints, db.Args{"from": from, "to": to}, func(r *row) []any { return []any{&r.Due, &r.held} })
	for _, r := range rows {
		if !r.held.IsZero() {
			r.Done = noon(r.held)
		}
		out = append(out, r.Case)
	}
	return out, err
}

// reports are those that are done, begun, or missing after a visit that was planned; with tools are the done ones, of support that
// has tools.
func reports(t *db.Tx, from, to core.Date) (written, tooled []Case, err error) {
	args := db.Args{"from": midnight(from.AddDays(-reportWithin)), "to": midnight(to.AddDays(1))}
	columns := func(r *row) []any { return []any{&r.at, &r.Done, &r.tools, &r.could} }
	rows, err := read(t, qReports, args, columns)
	if err != nil {
		return nil, nil, err
	}
	missing, err := read(t, qMissing, args, columns)
	for _, r := range append(rows, missing...) {
		r.Due = ReportDue(r.at)
		if !r.Due.Before(from) && !r.Due.After(to) {
			written = append(written, r.Case)
		}
		if !r.Done.IsZero() && r.could != "" && !r.at.Date().Before(from) {
			r.Is = r.tools != ""
			if r.Is {
				r.Tools = strings.Split(r.tools, ",")
			}
			tooled = append(tooled, r.Case)
		}
	}
	return written, tooled, err
}

func signals(t *db.Tx, from, to core.Date) (out []Case, err error) {
	rows, err := read(t, qSignals, db.Args{"from": midnight(from), "to": midnight(to.AddDays(1))}, func(r *row) []any { return []any{&r.DueAt, &r.Done} })
	for _, r := range rows {
		out = append(out, r.Case)
	}
	return out, err
}

func endings(t *db.Tx, from, to core.Date) (out []Case, err error) {
	rows, err := read(t, qEndings, db.Args{"from": from, "to": to}, func(r *row) []any { return []any{&r.Due, &r.Is} })
	for _, r := range rows {
		out = append(out, r.Case)
	}
	return out, err
}

func midnight(d core.Date) core.Instant { return at(d, 0) }

func noon(d core.Date) core.Instant { return at(d, 12) }

func at(d core.Date, hour int) core.Instant {
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, core.Amsterdam))
}
