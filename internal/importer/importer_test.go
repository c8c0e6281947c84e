package importer

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/db/dbtest"
)

// inHalves is a whole history with every line before what it refers to.
const inHalves = `{"type":"signal","key":"s1","trajectory":"t1","at":"2013-05-04T15:00","urgency":"now","answered_at":"2013-05-05","outcome":"discussed"}
{"type":"visit","key":"b1","trajectory":"t1","at":"2013-05-04T14:00","minutes":90,"km":24.6,"children":["k1"],"tools":["genogram","diary"]}
{"type":"trajectory","key":"t1","family":"f1","kind":"family_buddy","parent":"p1","volunteer":"v1","coordinator":"anna  SMIT","start":"2013-04-01","end":"2013-10-01","end_reason":"done"}
{"type":"intake","key":"i2","family":"f2","decision":{"date":"2013-03-21","outcome":"no_start","reasons":["no_funding","other"]}}
{"type":"intake","key":"i1","family":"f1","referral":"r1","coordinator":"Anna Smit","talks":[{"date":"2013-03-10","with":"parent","minutes":60}],"decision":{"date":"2013-03-20","outcome":"start"}}
{"type":"referral","key":"r1","date":"2013-03-01","channel":"school","municipality":"almere","facility":"PI Waterkant","family":"f1"}
{"type":"referral","key":"r2","date":"2013-03-02","channel":"police"}
{"type":"family","key":"f1","municipality":"Almere","children":[{"key":"k1","name":"Daan de Vries","birth":"2005-03-02","sex":"m"},{"key":"k2","name":"Noor de Vries"}],"parents":[{"key":"p1","name":"Mia de Vries","sex":"f","detained":true,"facility":"PI Waterkant","from":"2013-01-01","released":"2013-12-01"},{"key":"p2","name":"Jan Smit","sex":"m"}],"caregivers":[{"key":"p2","name":"Jan Smit","relation":"father"},{"name":"Oma Truus","relation":"grandmother"}]}

{"type":"family","key":"f2","children":[{"key":"k1","name":"Sem"}]}
{"type":"volunteer","key":"v1","name":"Wil Bos","certificate_until":"2016-01-01","kinds":["family_buddy","tailored"]}
`

// picture is what a database holds after an import, as text.
var picture = map[string]*db.Query{}

func look(name, text string) {
	picture[name] = db.CrossQ("importer.look_"+name, authz.Works, "a test looks at what came in", text, db.Probe{})
}

func init() {
	look("dossiers", `SELECT d.name || '/' || COALESCE(m.name, '-') || '/' || d.state || '/' || d.state_since || '/' || COALESCE(d.closed_on, '-') || '/' || substr(d.opened_at, 1, 10)
		|| '/' || COALESCE(a.name, '-') FROM dossier d LEFT JOIN municipality m ON m.id = d.municipality_id LEFT JOIN account a ON a.id = d.coordinator_id WHERE d.imported ORDER BY 1`)
	look("persons", `SELECT p.name || '/' || p.sex || '/' || COALESCE(p.birth, '-') || '/' || p.relation || '/' || CASE WHEN p.is_child THEN 'child' ELSE '' END ||
		CASE WHEN p.is_parent THEN 'parent' ELSE '' END || CASE WHEN p.is_caregiver THEN 'caregiver' ELSE '' END || '/' || CAST((SELECT COUNT(*) FROM name_word w WHERE w.person_id = p.id) AS TEXT)
		FROM person p ORDER BY 1`)
	look("detentions", `SELECT p.name || '/' || COALESCE(f.name, '-') || '/' || COALESCE(d.from_date, '-') || '/' || COALESCE(d.released_on, '-') || '/' || COALESCE(s.until_date, '-')
		FROM detention d JOIN person p ON p.id = d.parent_id LEFT JOIN placement s ON s.detention_id = d.id LEFT JOIN facility f ON f.id = s.facility_id ORDER BY 1`)
	look("referrals", `SELECT r.channel || '/' || r.state || '/' || substr(r.received_at, 1, 10) || '/' || COALESCE(m.name, '-') || '/' || COALESCE(f.name, '-') FROM referral r
		LEFT JOIN municipality m ON m.id = r.municipality_id LEFT JOIN facility f ON f.id = r.facility_id WHERE r.imported ORDER BY 1`)
	look("intakes", `SELECT d.name || '/' || i.outcome || '/' || i.opened_on || '/' || COALESCE(i.decided_on, '-') || '/' || COALESCE(a.name, '-') || '/' || CAST((SELECT COUNT(*) FROM intake_talk k WHERE k.intake_id = i.id) AS TEXT)
		|| '/' || CAST((SELECT COUNT(*) FROM intake_reason k WHERE k.intake_id = i.id) AS TEXT) FROM intake i JOIN dossier d ON d.id = i.dossier_id LEFT JOIN account a ON a.id = i.coordinator_id
		WHERE i.imported ORDER BY 1`)
	look("trajectories", `SELECT t.kind || '/' || t.state || '/' || t.start_on || '/' || COALESCE(t.ended_on, '-') || '/' || COALESCE(v.name, '-') || '/' || COALESCE(m.state, '-') || '/' ||
		COALESCE(h.name, '-') || '/' || CAST((SELECT COUNT(*) FROM trajectory_person p WHERE p.trajectory_id = t.id) AS TEXT) || '/' || CASE WHEN t.intake_id IS NULL THEN 'no intake' ELSE 'intake' END
		FROM trajectory t LEFT JOIN volunteer_match m ON m.trajectory_id = t.id LEFT JOIN volunteer v ON v.id = m.volunteer_id LEFT JOIN municipality h ON h.id = v.municipality_id
		WHERE t.imported ORDER BY 1`)
	look("visits", `SELECT v.state || '/' || v.held_at || '/' || CAST(v.minutes AS TEXT) || '/' || CAST(v.km AS TEXT) || '/' || v.tools || '/' || COALESCE(w.name, '-') || '/' ||
		CAST((SELECT COUNT(*) FROM visit_person p WHERE p.visit_id = v.id) AS TEXT) FROM visit v LEFT JOIN volunteer w ON w.id = v.volunteer_id WHERE v.imported ORDER BY 1`)
	look("signals", `SELECT s.urgency || '/' || s.raised_at || '/' || s.answer_before || '/' || COALESCE(s.answered_at, '-') || '/' || s.outcome FROM signal s WHERE s.imported ORDER BY 1`)
	look("volunteers", `SELECT v.name || '/' || v.status || '/' || COALESCE(c.renew_before, '-') || '/' || CAST((SELECT COUNT(*) FROM volunteer_kind k WHERE k.volunteer_id = v.id) AS TEXT)
		FROM volunteer v LEFT JOIN certificate c ON c.volunteer_id = v.id WHERE v.imported ORDER BY 1`)
	look("coordinators", `SELECT a.name || '/' || r.role || '/' || a.passphrase_hash FROM account a JOIN account_role r ON r.account_id = a.id WHERE a.imported ORDER BY 1`)
}

func see(t *testing.T, d *db.DB, name string) string {
	t.Helper()
	var lines []string
	err := d.Read(context.Background(), system, func(tx *db.Tx) (err error) {
		lines, err = db.All(tx, picture[name], db.Args{}, func(s *string) []any { return []any{s} })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func bring(t *testing.T, d *db.DB, text string) (Report, []Failure) {
	t.Helper()
	report, failures, err := Text(context.Background(), d, text)
	if err != nil {
		t.Fatal(err)
	}
	return report, failures
}

func same(t *testing.T, d *db.DB, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if got := see(t, d, name); got != text {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, text)
		}
	}
}

var wholeHistory = map[string]string{
	"dossiers": "Daan de Vries, Noor de Vries/Almere/closed/2013-10-01/2013-10-01/2013-03-01/Anna Smit\nSem/-/closed/2013-03-21/2013-03-21/2013-03-21/-",
	"persons": "Daan de Vries/m/2005-03-02//child/3\nJan Smit/m/-/father/parentcaregiver/2\nMia de Vries/f/-//parent/3\nNoor de Vries//-//child/3\n" +
		"Oma Truus//-/grandmother/caregiver/2\nSem//-//child/1",
	"detentions":   "Mia de Vries/PI Waterkant/2013-01-01/2013-12-01/2013-12-01",
	"referrals":    "school/made/2013-03-01/Almere/PI Waterkant",
	"intakes":      "Daan de Vries, Noor de Vries/start/2013-03-10/2013-03-20/Anna Smit/1/0\nSem/no_start/2013-03-21/2013-03-21/-/0/2",
	"trajectories": "family_buddy/ended/2013-04-01/2013-10-01/Wil Bos/ended/Almere/3/intake",
	"visits":       "held/2013-05-04T12:00:00.000Z/90/25/genogram,diary/Wil Bos/1",
	"signals":      "now/2013-05-04T13:00:00.000Z/2013-05-04T22:00:00.000Z/2013-05-05T10:00:00.000Z/discussed",
	"volunteers":   "Wil Bos/active/2016-01-01/2",
	"coordinators": "Anna Smit/outside_coordinator/",
}

func TestAHistoryComesInWhateverTheOrderOfItsLines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		report, failures := bring(t, d, inHalves)
		if len(failures) != 1 || failures[0].Line != 7 || !strings.Contains(failures[0].Reason, `channel: "police"`) {
			t.Errorf("failures %+v", failures)
		}
		if report.Lines != 10 || report.Failed != 1 || report.Homeless != 1 {
			t.Errorf("report %+v", report)
		}
		same(t, d, wholeHistory)
	})
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bring(t, d, inHalves)
		report, _ := bring(t, d, inHalves)
		for _, c := range report.Counts {
			if c.Added != 0 || c.Changed != 0 || c.Same == 0 {
				t.Errorf("%+v", c)
			}
		}
		same(t, d, wholeHistory)
	})
}

func TestAChangedLineChangesItsRow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		bring(t, d, inHalves)
		changed := strings.NewReplacer(`"minutes":90`, `"minutes":45`, `"end":"2013-10-01","end_reason":"done"`, `"planned_end":"2014-01-01"`,
			`"Oma Truus"`, `"Oma Geertruida"`, `"no_funding","other"`, `"no_consent"`, `"status":"active"`, ``, `"certificate_until":"2016-01-01"`, `"certificate_until":"2018-01-01"`,
			`"released":"2013-12-01"`, `"released":"2013-11-01"`, `"discussed"`, `"tool_given"`, `"channel":"school"`, `"channel":"cjg"`).Replace(inHalves)
		report, _ := bring(t, d, changed)
		for _, c := range report.Counts {
			if c.Added > 1 || c.Kind != familyKind && c.Added != 0 || c.Changed == 0 {
				t.Errorf("%+v", c)
			}
		}
		want := map[string]string{
			"visits":       "held/2013-05-04T12:00:00.000Z/45/25/genogram,diary/Wil Bos/1",
			"trajectories": "family_buddy/running/2013-04-01/-/Wil Bos/accepted/Almere/3/intake",
			"dossiers":     "Daan de Vries, Noor de Vries/Almere/running/2013-04-01/-/2013-03-01/Anna Smit\nSem/-/closed/2013-03-21/2013-03-21/2013-03-21/-",
			"detentions":   "Mia de Vries/PI Waterkant/2013-01-01/2013-11-01/2013-11-01",
			"volunteers":   "Wil Bos/active/2018-01-01/2",
			"signals":      "now/2013-05-04T13:00:00.000Z/2013-05-04T22:00:00.000Z/2013-05-05T10:00:00.000Z/tool_given",
			"referrals":    "cjg/made/2013-03-01/Almere/PI Waterkant",
			"intakes":      "Daan de Vries, Noor de Vries/start/2013-03-10/2013-03-20/Anna Smit/1/0\nSem/no_start/2013-03-21/2013-03-21/-/0/1",
		}
		same(t, d, want)
	})
}

func TestWhatALineRefersToMustBeThere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, failures := bring(t, d, inHalves+`{"type":"intake","key":"x1","family":"nobody"}
{"type":"trajectory","key":"x2","family":"f1","kind":"tailored","children":["k9"],"start":"2013-01-01"}
{"type":"trajectory","key":"x3","family":"f1","kind":"tailored","parent":"k1","start":"2013-01-01"}
{"type":"trajectory","key":"x4","family":"f1","kind":"tailored","volunteer":"v9","start":"2013-01-01"}
{"type":"visit","key":"x5","trajectory":"x4","at":"2013-05-04"}
{"type":"visit","key":"x6","trajectory":"t1","at":"2005-03-01","children":["k1"]}
{"type":"family","key":"f1","municipality":"Lelystad"}
{"type":"volunteer","key":"v1","name":"Wil Bos","kinds":["family_buddy","tailored"],"certificate_until":"2016-01-01"}
`)
		want := map[int]string{
			7: "channel", 12: `family: there is no family "nobody"`, 13: `children: "k9" is no child of family "f1"`, 14: `parent: "k1" is no parent`,
			15: `volunteer: there is no volunteer "v9"`, 16: `trajectory: there is no trajectory "x4"`, 17: `was not born yet; that was on 2005-03-02`,
			18: `family "f1" stands on line 8 already`,
		}
		for _, f := range failures {
			if w, ok := want[f.Line]; !ok || !strings.Contains(f.Reason, w) {
				t.Errorf("line %d: %s", f.Line, f.Reason)
			}
			delete(want, f.Line)
		}
		if len(want) > 0 {
			t.Errorf("these came in: %v", want)
		}
		same(t, d, wholeHistory)
	})
}

func TestBadLinesLieBesideTheFileAsTheyCame(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	path := filepath.Join(t.TempDir(), "jaren.jsonl")
	bad := []string{`{"type":"volunteer","key":"v2","name":5}`, `{"type":"volunteer", "na`, "{\"key\":\"\xff\"}", `{"type":"volunteer","key":"v3","name":"` + strings.Repeat("x", maxLine) + `"}`}
	text := "\xef\xbb\xbf" + `{"type":"volunteer","key":"v1","name":"Wil"}` + "\r\n\r\n" + strings.Join(bad, "\r\n")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := File(context.Background(), d, path, func(Progress) {})
	if err != nil || report.Failed != 4 || report.Lines != 5 {
		t.Fatalf("%+v, %v", report, err)
	}
	out, err := os.ReadFile(strings.TrimSuffix(path, ".jsonl") + ".failed.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, line := range lines {
		var f failed
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Line != i+3 || f.Reason == "" {
			t.Errorf("%s: %v", line, err)
		}
	}
	for i, part := range []string{`"record":` + bad[0] + `}`, `"record":"{\"type\":\"volunteer\", \"na"}`, `"bytes":"eyJrZXkiOiL/In0="`, longLine} {
		if !strings.Contains(lines[i], part) {
			t.Errorf("%.200s\nholds no %s", lines[i], part)
		}
	}
	if err := os.WriteFile(path, []byte(text[:50]), 0o600); err != nil {
		t.Fatal(err)
	}
	if report, err = File(context.Background(), d, path, func(Progress) {}); err != nil || report.Failed != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	if _, err := os.Stat(strings.TrimSuffix(path, ".jsonl") + ".failed.jsonl"); !os.IsNotExist(err) {
		t.Error("the failures of last time still lie there")
	}
}

func TestManyLinesComeInInBatches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var text strings.Builder
		for i := range 2*batchSize + 1 {
			fmt.Fprintf(&text, `{"type":"visit","key":"b%d","trajectory":"t%d","at":"2013-05-04"}`+"\n", i, i)
			fmt.Fprintf(&text, `{"type":"trajectory","key":"t%d","family":"f%d","kind":"tailored","start":"2013-01-01"}`+"\n", i, i)
			fmt.Fprintf(&text, `{"type":"family","key":"f%d"}`+"\n", i)
		}
		report, failures := bring(t, d, text.String())
		if len(failures) > 0 || len(report.Counts) != 3 {
			t.Fatalf("%+v %+v", report, failures)
		}
		for _, c := range report.Counts {
			if c.Added != 2*batchSize+1 {
				t.Errorf("%+v", c)
			}
		}
	})
}

// TestWhatTheDatabaseRefusesKeepsOnlyItselfOut makes one record of a batch fail inside the database.
func TestWhatTheDatabaseRefusesKeepsOnlyItselfOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRun(d, textSource(""), func(Progress) {})
		wil, odd := &volunteer{Name: "Wil"}, &volunteer{Name: "Odd", Kinds: []string{"tailored", "tailored"}}
		batch := []record{{1, volunteerKind, "v1", wil, "a"}, {2, volunteerKind, "v2", odd, "b"}, {3, volunteerKind, "v3", wil, "c"}}
		if err := r.bring(context.Background(), batch); err != nil {
			t.Fatal(err)
		}
		if len(r.failed) != 1 || !strings.Contains(r.failed[2], "could not be kept") {
			t.Errorf("failed %v", r.failed)
		}
		same(t, d, map[string]string{"volunteers": "Wil/active/-/0\nWil/active/-/0"})
	})
}

func TestAnImportIsNobodysRequest(t *testing.T) {
	d := dbtest.Open(t, db.SQLite, &dbtest.Clock{})
	leader := authz.SignedIn(1, 0, "x", authz.ProjectLeader|authz.OutsideCoordinator|authz.InsideCoordinator|authz.Administrator, authz.Origin{})
	err := d.Write(context.Background(), leader, func(t *db.Tx) error {
		return keepVolunteer(t, "v", &volunteer{Name: "Wil"}, 1, false)
	})
	if err == nil {
		t.Error("somebody who is signed in can import")
	}
}
