package demo

import (
	"fmt"
	"time"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/vault"
)

const whyDress = "the invented programme gets its words before anybody can look at it"

func dress(name, text string, p db.Probe) *db.Query {
	return db.CrossX("demo."+name, authz.Works, whyDress, text, p)
}

// what turns imported history into a programme that was always here.
var (
	xOwn = []*db.Query{
		dress("own_dossiers", `UPDATE dossier SET imported = FALSE, inside_coordinator_id = (SELECT MIN(af.account_id) FROM placement p JOIN account_facility af
			ON af.facility_id = p.facility_id WHERE p.dossier_id = dossier.id)`, db.Probe{}),
		dress("own_intakes", `UPDATE intake SET imported = FALSE`, db.Probe{}),
		dress("own_referrals", `UPDATE referral SET imported = FALSE, coordinator_id = (SELECT d.coordinator_id FROM dossier d WHERE d.id = referral.dossier_id)`, db.Probe{}),
		dress("own_trajectories", `UPDATE trajectory SET imported = FALSE`, db.Probe{}),
		dress("own_matches", `UPDATE volunteer_match SET imported = FALSE`, db.Probe{}),
		dress("own_visits", `UPDATE visit SET imported = FALSE, tools = CASE WHEN minutes > 90 THEN 'network_map' WHEN km > 15 THEN 'diary' ELSE '' END`, db.Probe{}),
		dress("own_signals", `UPDATE signal SET imported = FALSE`, db.Probe{}),
		dress("own_volunteers", `UPDATE volunteer SET imported = FALSE, languages = 'Nederlands', car = TRUE`, db.Probe{}),
		dress("confirm_placements", `UPDATE placement SET confirmed_on = :today WHERE until_date IS NULL`, db.Probe{}),
		dress("authority", `INSERT INTO authority (id, dossier_id, child_id, holder_id) SELECT k.child_id, k.dossier_id, k.child_id, k.parent_id FROM parentage k`, db.Probe{}),
		dress("households", `INSERT INTO household (id, dossier_id, name) SELECT p.id, p.dossier_id, 'Bij ' || p.name FROM person p WHERE p.is_caregiver`, db.Probe{}),
		dress("members", `INSERT INTO household_member (id, dossier_id, household_id, person_id) SELECT p.id, p.dossier_id, h.id, p.id
			FROM person p JOIN household h ON h.dossier_id = p.dossier_id WHERE p.is_child OR p.is_caregiver`, db.Probe{}),
		dress("courses", `INSERT INTO volunteer_course (volunteer_id, course, completed_on) SELECT v.id, c.course, '2024-03-09' FROM volunteer v
			CROSS JOIN (SELECT 'general' AS course UNION ALL SELECT 'family_buddy' UNION ALL SELECT 'accompanied_visits' UNION ALL SELECT 'parent_buddy') c
			WHERE v.status IN ('active', 'resting')`, db.Probe{}),
	}
	xSeen = dress("certificates", `UPDATE certificate SET issued_on = :issued, seen_on = :issued, profile = '45', number = CAST(id AS TEXT)`, db.Probe{"issued": "2026-01-01"})
	xHome = dress("volunteer_home", `UPDATE volunteer SET municipality_id = (SELECT m.id FROM municipality m WHERE m.name = :town), email = :email WHERE import_key = :key`,
		db.Probe{"town": "", "email": "", "key": "probe"})
	xFace = dress("volunteer_account", `UPDATE volunteer SET account_id = :account WHERE import_key = :key`, db.Probe{"account": db.Theirs("account"), "key": "probe"})
	qFace = db.CrossQ("demo.volunteer", authz.Works, whyDress, `SELECT id FROM volunteer WHERE import_key = :key`, db.Probe{"key": "probe"})

	qChildren = db.CrossQ("demo.children", authz.Works, whyDress, `SELECT p.id, p.dossier_id FROM person p JOIN dossier d ON d.id = p.dossier_id WHERE p.is_child ORDER BY d.import_key, p.id`, db.Probe{})

	qUntold = db.CrossQ("demo.visits", authz.Works, whyDress, `SELECT v.id, v.dossier_id, v.volunteer_id, v.held_at FROM visit v WHERE v.state = 'held'
		AND v.volunteer_id IS NOT NULL AND v.held_at >= :since ORDER BY v.held_at, v.id`, db.Probe{"since": "2026-01-01T00:00:00.000Z"})
	xReport = dress("report", `INSERT INTO visit_report (visit_id, dossier_id, volunteer_id, state, activities, mood, words, agreed, genogram, saved_at, done_at)
		VALUES (:visit, :dossier, :person, 'done', :activities, :mood, :words, :agreed, 'made', :at, :at)`,
		db.Probe{"visit": db.Theirs("visit"), "dossier": db.Theirs("dossier"), "person": db.Theirs("volunteer"), "activities": "", "mood": "", "words": nil, "agreed": nil,
			"at": "2026-01-01T00:00:00.000Z"})

	qTalks = db.CrossQ("demo.talks", authz.Works, whyDress, `SELECT k.id, k.dossier_id, k.with_group FROM intake_talk k ORDER BY k.id`, db.Probe{})
	xSaid  = dress("said", `UPDATE intake_talk SET said = :said WHERE id = :talk AND dossier_id = :dossier`,
		db.Probe{"talk": db.Theirs("intake_talk"), "dossier": db.Theirs("dossier"), "said": nil})

	qRunning = db.CrossQ("demo.running", authz.Works, whyDress, `SELECT t.id, t.dossier_id, t.start_on, t.planned_end, t.coordinator_id FROM trajectory t
		WHERE t.ended_on IS NULL AND t.start_on IS NOT NULL ORDER BY t.id`, db.Probe{})
	xCheck = dress("checkpoint", `INSERT INTO checkpoint (id, dossier_id, trajectory_id, kind, due_on, held_on, account_id) VALUES (:id, :dossier, :trajectory, :kind, :due, :held, :account)`,
		db.Probe{"id": db.Ours("checkpoint"), "dossier": db.Theirs("dossier"), "trajectory": db.Theirs("trajectory"), "kind": "final", "due": "2026-01-01", "held": nil, "account": nil})
)

var (
	wordsOfVisits = []string{
		"We hebben pannenkoeken gebakken. Tijdens het bakken vertelde hij dat hij papa's stem mist aan de telefoon. We hebben samen een tekening gemaakt voor het volgende bezoek.",
		"Naar het park geweest. Eerst stil, later veel gekletst over school. Oma kon even rusten, dat deed haar zichtbaar goed.",
		"Oma en ik hebben de post doorgenomen en samen gebeld over de kinderbijslag. Zij belde, ik zat ernaast. De kleintjes speelden buiten.",
		"Samen naar het bezoek gereden. In de auto bedacht ze drie vragen. Op de terugweg wilde ze vooral muziek luisteren, dat was goed zo.",
		"Spelletjes gedaan. Ze verliest niet graag! Aan het eind vroeg ze of ik volgende keer weer kom.",
		"De netwerkkaart erbij gepakt. De buurvrouw blijkt elke woensdag wel te willen oppassen. Oma vraagt het haar zelf.",
		"Het was druk in huis en de stemming was niet zo goed. We zijn een blokje om gegaan en hebben eendjes gevoerd.",
	}
	agreed   = []string{"Volgende keer nemen we het fotoboek mee.", "Oma belt school over de vakantie.", "", "Over twee weken weer, zelfde tijd."}
	stories  = []string{"Mama werkt ver weg en komt na de zomer terug.", "Papa is op vakantie in het buitenland.", "Mama is ziek en ligt in een ziekenhuis."}
	parts    = []string{"Weet waar de ouder is, maar niet waarom.", "Weet dat er iets gebeurd is en dat de ouder voorlopig niet thuiskomt."}
	saidInto = map[string][]string{
		"parent":    {"Ze wil graag dat de kinderen iemand hebben om mee te praten. Ze vindt het moeilijk dat haar moeder alles alleen doet.", "Hij wil dat zijn zoon op bezoek durft te komen. Hij weet niet goed hoe hij erover moet beginnen."},
		"caregiver": {"Oma redt het, zegt ze. Na een kop thee: de nachten zijn zwaar en ze slaapt slecht. Ze zou graag één middag voor zichzelf hebben.", "Opa en oma waren eerst tegen. Toen duidelijk werd dat er geen hulpverlener komt, zeiden ze: laat maar komen."},
	}
	activities = []string{"relaxing,talking", "talking,practical", "relaxing", "parent_contact,talking", "practical,agencies"}
)

// row is something that gets its words.
type row struct {
	id, dossier int64
	who         core.AccountID
	person      core.VolunteerID
	group       string
	at          core.Instant
	from, to    core.Date
}

func (p *places) dress(people []Person) error {
	for i := range volunteers {
		home := pick(towns, i)
		if i < len(people) && people[i].Where != "" && people[i].Roles == authz.Volunteer {
			home = people[i].Where
		}
		if err := db.Do(p.t, xHome, db.Args{"town": home, "email": fmt.Sprintf("vrijwilliger%d@voorbeeld.invalid", i), "key": volunteerKey(i)}); err != nil {
			return err
		}
	}
	for _, x := range xOwn {
		if _, err := db.Exec(p.t, x, db.Args{}); err != nil {
			return err
		}
	}
	if _, err := db.Exec(p.t, xSeen, db.Args{"issued": p.t.Today().AddDays(-500)}); err != nil {
		return err
	}
	for _, step := range []func() error{p.knowledge, p.reports, p.said, p.checkpoints, p.wishes} {
		if err := step(); err != nil {
			return err
		}
	}
	return p.faces(people)
}

// faces ties the volunteers whom a visitor can be to their accounts.
func (p *places) faces(people []Person) error {
	n := 0
	for i := range people {
		if people[i].Roles != authz.Volunteer {
			continue
		}
		if err := db.Do(p.t, xFace, db.Args{"account": people[i].Account, "key": volunteerKey(n)}); err != nil {
			return err
		}
		id, err := db.One(p.t, qFace, db.Args{"key": volunteerKey(n)}, func(v *core.VolunteerID) []any { return []any{v} })
		if err != nil {
			return err
		}
		people[i].Volunteer = id
		n++
	}
	return nil
}

// seal seals words under their family's key.
func (p *places) seal(table, column string, r row, words string) ([]byte, error) {
	return p.t.Seal(vault.Place{Table: table, Column: column, Row: r.id, Owner: r.dossier}, words)
}

// knowledge tells what each child knows; now and then nobody told it anything.
func (p *places) knowledge() error {
	all, err := db.All(p.t, qChildren, db.Args{}, func(r *row) []any { return []any{&r.id, &r.dossier} })
	if err != nil {
		return err
	}
	for i, child := range all {
		k := dossier.Knows{Child: core.PersonID(child.id), Level: pick([]dossier.Level{dossier.Everything, dossier.Story, dossier.Part, dossier.Everything, dossier.Nothing}, i),
			ToldBy: pick([]string{"oma", "de ouder", "tante"}, i), Since: p.t.Today().AddDays(-50 - i)}
		switch k.Level {
		case dossier.Story:
			k.Story = pick(stories, i)
		case dossier.Part:
			k.Story = pick(parts, i)
		default:
		}
		if err := dossier.Tell(p.t, core.DossierID(child.dossier), k); err != nil {
			return err
		}
	}
	return nil
}

func (p *places) reports() error {
	all, err := db.All(p.t, qUntold, db.Args{"since": p.t.Now().Add(-75 * 24 * time.Hour)}, func(r *row) []any { return []any{&r.id, &r.dossier, &r.person, &r.at} })
	if err != nil {
		return err
	}
	for i, v := range all {
		words, err := p.seal("visit_report", "words", v, pick(wordsOfVisits, i))
		if err != nil {
			return err
		}
		then, err := p.seal("visit_report", "agreed", v, pick(agreed, i))
		if err != nil {
			return err
		}
		if err := db.Do(p.t, xReport, db.Args{"visit": v.id, "dossier": v.dossier, "person": v.person, "activities": pick(activities, i),
			"mood": pick([]string{"good", "ordinary", "good", "hard"}, i), "words": words, "agreed": then, "at": v.at}); err != nil {
			return err
		}
	}
	return nil
}

func (p *places) said() error {
	all, err := db.All(p.t, qTalks, db.Args{}, func(r *row) []any { return []any{&r.id, &r.dossier, &r.group} })
	if err != nil {
		return err
	}
	for i, talk := range all {
		said, err := p.seal("intake_talk", "said", talk, pick(saidInto[talk.group], i))
		if err != nil {
			return err
		}
		if err := db.Do(p.t, xSaid, db.Args{"said": said, "talk": talk.id, "dossier": talk.dossier}); err != nil {
			return err
		}
	}
	return nil
}

func (p *places) checkpoints() error {
	all, err := db.All(p.t, qRunning, db.Args{}, func(r *row) []any { return []any{&r.id, &r.dossier, &r.from, &r.to, &r.who} })
	if err != nil {
		return err
	}
	for i, r := range all {
		for _, c := range []struct {
			kind string
			due  core.Date
		}{{"intake", r.from}, {"three_months", r.from.AddMonths(3)}, {"final", r.to}} {
			held := core.Date{}
			if c.due.AddDays(10).Before(p.t.Today()) {
				held = c.due.AddDays(pick([]int{0, -1, 2}, i)) // now and then later than agreed
			}
			if err := db.Do(p.t, xCheck, db.Args{"id": db.NewID[core.ID](p.t), "dossier": r.dossier, "trajectory": r.id, "kind": c.kind, "due": c.due, "held": held,
				"account": r.who}); err != nil {
				return err
			}
		}
	}
	return nil
}
