package retention

import (
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/figures"
)

// What is erased follows from the schema: every table whose rows belong to the root, and whatever else points to it. A table
// that is added next year is erased as well; one that points to a root in a new way fails a test until it says what becomes of it.

const whyErase = "a rule cleared it: the daily job takes a family's rows away, all of them and in one transaction"

// gone are tables of which the rows go with the row that they point to, also when they are no family's or another's.
var gone = map[string][]string{
	"match_exclusion": {"volunteer_id"},
	"broken_glass":    {"dossier_id"},
	"task":            {"dossier_id", "referral_id", "volunteer_id"},
}

// forgets are columns that let go of what is erased, while the row stays with somebody else: an intake of its referral.
var forgets = map[string]string{
	"intake.referral_id":         "the referral goes with its own file; another file's intake only names it",
	"volunteer_match.advised_id": "another was chosen than was advised, and why, stays with the family; who was advised goes",
	"material_loan.dossier_id":   "a volunteer still has the book that she borrowed for the family; for whom it was is let go of",
}

// keepsShell are columns of families' rows that name a volunteer: while one of them is there, an empty shell of the volunteer stays
// under them, without name or address, so that families' files and the figures still hold together.
var keepsShell = map[string]bool{
	"volunteer_match.volunteer_id": true, "visit.volunteer_id": true, "visit_report.volunteer_id": true, "signal.volunteer_id": true,
}

// ownEnd are columns that say to which file a referral led; referrals are erased before the file is.
var ownEnd = map[string]bool{"referral.dossier_id": true}

// stays are the tables that keep a number of what was erased, each with why.
var stays = map[string]string{
	"log_entry": "who did what, when: numbers without content, kept so that looks at a family can be accounted for",
	"tombstone": "that it was erased",
}

var erasures = func() map[authz.Root][]*db.Query {
	out := map[authz.Root][]*db.Query{}
	for _, r := range roots {
		out[r] = erasuresOf(r)
	}
	return out
}()

// erasuresOf are the changes that take one subject's rows away, what hangs on others first; the row itself is not among them.
func erasuresOf(r authz.Root) []*db.Query {
	who := param(r)
	probe := db.Probe{who: db.Theirs(r.Name())}
	x := func(what, text string) *db.Query {
		return db.CrossX("retention.erase_"+what, authz.Erasing, whyErase, text, probe).Quiet("the row they hang on leaves an entry")
	}
	var out []*db.Query
	var rows []string
	for _, t := range slices.Backward(db.Schema()) {
		for _, column := range gone[t.Name] {
			if t.Points[column] == r.Name() {
				out = append(out, x(t.Name+"_of_"+r.Name(), `DELETE FROM `+t.Name+` WHERE `+column+` = :`+who))
			}
		}
		if t.Root != r || t.Name == r.Name() {
			continue
		}
		out = append(out, x(t.Name, `DELETE FROM `+t.Name+` WHERE `+t.RootColumn()+` = :`+who))
		if t.Has("id") {
			rows = append(rows, `SELECT id FROM `+t.Name+` WHERE `+t.RootColumn()+` = :`+who)
		}
	}
	for column := range forgets {
		table, name, _ := strings.Cut(column, ".")
		if pointed(table, name) == r.Name() {
			out = append(out, x(table+"_"+name, `UPDATE `+table+` SET `+name+` = NULL WHERE `+name+` = :`+who))
		}
	}
	about := x("task_about_"+r.Name(), `DELETE FROM task WHERE subject_id IN (`+strings.Join(rows, ` UNION ALL `)+`)`)
	return append([]*db.Query{about}, out...)
}

func pointed(table, column string) string {
	for _, t := range db.Schema() {
		if t.Name == table {
			return t.Points[column]
		}
	}
	return ""
}

var (
	xEraseDossier = db.CrossX("retention.erase_dossier", authz.Erasing, whyErase, `DELETE FROM dossier WHERE id = :dossier`,
		db.Probe{"dossier": db.Theirs("dossier")})
	xEraseReferral  = db.CrossX("retention.erase_referral", authz.Erasing, whyErase, `DELETE FROM referral WHERE id = :id`, db.Probe{"id": db.Theirs("referral")})
	xEraseVolunteer = db.CrossX("retention.erase_volunteer", authz.Erasing, whyErase, `DELETE FROM volunteer WHERE id = :id`, db.Probe{"id": db.Theirs("volunteer")})
	xEmptyVolunteer = db.CrossX("retention.empty_volunteer", authz.Erasing, whyErase, `UPDATE volunteer SET account_id = NULL, name = :name, name_fold = '', email = '', phone = '',
		municipality_id = NULL, facility_id = NULL, capacity = 0, complex_wanted = FALSE, complex_confirmed = FALSE, languages = '', days = '', car = FALSE, wishes = '', speaks = '', youngest = 0, oldest = 0, postcode = '',
		travel_minutes = 0,		import_key = NULL, version = version + 1 WHERE id = :id`, db.Probe{"id": db.Theirs("volunteer"), "name": ""})

	qReferralsOf = db.CrossQ("retention.referrals_of", authz.Erasing, whyErase, `SELECT r.id FROM referral r WHERE r.dossier_id = :dossier ORDER BY r.id`,
		db.Probe{"dossier": db.Theirs("dossier")})
	qShellsOf = db.CrossQ("retention.shells_of", authz.Erasing, whyErase, `SELECT DISTINCT v.id FROM volunteer_match m JOIN volunteer v ON v.id = m.volunteer_id
		WHERE m.dossier_id = :dossier AND v.name_fold = '' UNION SELECT DISTINCT v.id FROM visit m JOIN volunteer v ON v.id = m.volunteer_id
		WHERE m.dossier_id = :dossier AND v.name_fold = ''`, db.Probe{"dossier": db.Theirs("dossier")})
	qNamed = db.CrossQ("retention.volunteer_named", authz.Erasing, whyErase, namedText(), db.Probe{"id": db.Theirs("volunteer")})

	xBury = db.X("retention.bury", authz.Erasing, `INSERT INTO tombstone (id, kind, at, reason) VALUES (:id, :kind, :at, :reason) ON CONFLICT (id) DO NOTHING`,
		db.Probe{"id": db.Ours("tombstone_made"), "kind": "", "at": "2026-01-01T00:00:00.000Z", "reason": ""}).Quiet("the erasing itself leaves an entry")
)

// namedText counts the families' rows that name a volunteer.
func namedText() string {
	var parts []string
	for column := range keepsShell {
		table, name, _ := strings.Cut(column, ".")
		parts = append(parts, `EXISTS (SELECT 1 FROM `+table+` WHERE `+name+` = :id)`)
	}
	slices.Sort(parts)
	return `SELECT CASE WHEN ` + strings.Join(parts, ` OR `) + ` THEN 1 ELSE 0 END`
}

// shellName stands where a volunteer's name stood, in files of families that are still kept.
const shellName = "oud-maatje"

// erase takes everything of a subject away, keeps what the figures count, and leaves tombstones. Keys follow when that is kept.
func erase(t *db.Tx, c Cleared, at core.Instant) error {
	return map[authz.Root]func(*db.Tx, Cleared, core.Instant) error{
		authz.DossierRoot: eraseDossier, authz.ReferralRoot: eraseReferral, authz.VolunteerRoot: eraseVolunteer,
	}[c.subject.Root](t, c, at)
}

func (c Cleared) rows(t *db.Tx) error {
	for _, q := range erasures[c.subject.Root] {
		if _, err := db.Exec(t, q, c.subject.args(nil)); err != nil {
			return err
		}
	}
	return nil
}

func (c Cleared) bury(t *db.Tx, at core.Instant) error {
	_, err := db.Exec(t, xBury, db.Args{"id": c.subject.ID, "kind": string(c.kind), "at": at, "reason": string(c.reason)})
	return err
}

func eraseDossier(t *db.Tx, c Cleared, at core.Instant) error {
	id := core.DossierID(c.subject.ID)
	if err := figures.Keep(t, id); err != nil {
		return err
	}
	referrals, err := ids(t, qReferralsOf, db.Args{"dossier": id})
	if err != nil {
		return err
	}
	shells, err := ids(t, qShellsOf, db.Args{"dossier": id})
	if err != nil {
		return err
	}
	if err := c.rows(t); err != nil {
		return err
	}
	for _, r := range referrals {
		with := Cleared{Subject{authz.ReferralRoot, r}, DeclinedReferral, WithOther}
		if err := eraseReferral(t, with, at); err != nil {
			return err
		}
	}
	if err := db.Do(t, xEraseDossier, db.Args{"dossier": id}); err != nil {
		return err
	}
	for _, v := range shells {
		if err := dropShell(t, core.VolunteerID(v)); err != nil {
			return err
		}
	}
	return c.bury(t, at)
}

func ids(t *db.Tx, q *db.Query, args db.Args) ([]core.ID, error) {
	return db.All(t, q, args, func(id *core.ID) []any { return []any{id} })
}

func eraseReferral(t *db.Tx, c Cleared, at core.Instant) error {
	if err := figures.KeepReferral(t, c.subject.ID); err != nil {
		return err
	}
	if err := c.rows(t); err != nil {
		return err
	}
	if err := db.Do(t, xEraseReferral, db.Args{"id": c.subject.ID}); err != nil {
		return err
	}
	return c.bury(t, at)
}

// eraseVolunteer takes a volunteer away, with the account if it was for nothing else. While a family's file names the volunteer,
// an empty shell stays, which goes with the last of those files.
func eraseVolunteer(t *db.Tx, c Cleared, at core.Instant) error {
	id := core.VolunteerID(c.subject.ID)
	if err := closeAccount(t, id); err != nil {
		return err
	}
	named, err := db.Count(t, qNamed, db.Args{"id": id})
	if err != nil {
		return err
	}
	if named == 0 {
		err = figures.KeepVolunteer(t, id)
	}
	if err != nil {
		return err
	}
	for _, q := range erasures[authz.VolunteerRoot] {
		if q.Name() == "retention.erase_helped" && named != 0 {
			continue // a year counts the shell once, by its number
		}
		if _, err := db.Exec(t, q, c.subject.args(nil)); err != nil {
			return err
		}
	}
	if named != 0 {
		err = db.Do(t, xEmptyVolunteer, db.Args{"id": id, "name": shellName})
	} else {
		err = db.Do(t, xEraseVolunteer, db.Args{"id": id})
	}
	if err != nil {
		return err
	}
	return c.bury(t, at)
}

// dropShell takes an empty shell away when no family's file names it any more.
func dropShell(t *db.Tx, id core.VolunteerID) error {
	named, err := db.Count(t, qNamed, db.Args{"id": id})
	if err != nil || named != 0 {
		return err
	}
	if err := figures.KeepVolunteer(t, id); err != nil {
		return err
	}
	c := Cleared{Subject{authz.VolunteerRoot, core.ID(id)}, LeftVolunteer, WithOther}
	if err := c.rows(t); err != nil {
		return err
	}
	return db.Do(t, xEraseVolunteer, db.Args{"id": id})
}
