package importer

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maatje/internal/core"
)

var now = core.MustInstant("2026-11-23T09:00:00.000Z")

// TestLinesAtTheirEdges reads one line each: "" is a line that comes in, otherwise every part of want stands in the reason.
func TestLinesAtTheirEdges(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{`{"type":"volunteer","key":"v","name":"Wil"}`, ""},
		{`{"type":"volunteer","key":"v","name":"Wil","status":"resting","certificate_until":"2030-02-28","kinds":["tailored","transport"]}`, ""},
		{`{"type":"volunteer","key":"v","name":null}`, "name: is needed"},
		{`{"type":"volunteer","key":"  ","name":" \t "}`, "key: is needed; name: is needed"},
		{`{"type":"volunteer","key":"v","name":"Wil","kinds":["tailored","tailored"]}`, `kinds: "tailored" stands there twice`},
		{`{"type":"volunteer","key":"v","name":"Wil","kinds":["buddy"]}`, `kinds[0]: "buddy" is not one of the codes`},
		{`{"type":"volunteer","key":"v","name":"Wil","certificate_until":"2030-02-30"}`, "certificate_until: \"2030-02-30\" is no date that exists"},
		{`{"type":"volunteer","key":"v","name":["Wil"]}`, "name: a text belongs here, and this is a list"},
		{`{"type":"volunteer","key":"v","name":"Wil","kinds":"tailored"}`, "kinds: a list belongs here, and this is a text"},
		{`{"type":"volunteer","key":7,"name":"Wil"}`, "key: a text belongs here, and this is a number"},
		{`{"type":"volunteer","key":"v","name":"W\u0000l"}`, "name: holds a character that cannot be kept"},
		{`{"type":"volunteer","key":"v","name":"` + strings.Repeat("x", 201) + `"}`, "name: 201 characters; at most 200 fit"},
		{`{"type":"volunteer","key":"v","name":"` + strings.Repeat("é", 200) + `"}`, ""},
		{`{"type":"volunteer","key":"v","name":"Wil","name":"Bep"}`, "name: stands there twice"},
		{`{"type":"volunteer","key":"v","name":"Wil"} {}`, "more on the line"},
		{`{"type":"volunteer","key":"v","name":"Wil"`, "cut off"},
		{`{"type":"volunteer","key":"v","name":"Wi`, "cut off"},
		{`["volunteer"]`, "a record is a JSON object"},
		{`volunteer;v;Wil`, "not JSON"},
		{`{"type":"gezin","key":"f"}`, `type: "gezin" is not one of`},
		{`{"key":"f"}`, `type: "" is not one of`},
		{"{\"type\":\"family\",\"key\":\"f\xff\"}", "not UTF-8"},
		{strings.Repeat(`{"a":`, 20) + `1` + strings.Repeat(`}`, 20), "nested too deep"},
		{`{"type":"family","key":` + strings.Repeat(`[`, 20) + strings.Repeat(`]`, 20) + `}`, "nested too deep"},

		{`{"type":"family","key":"f"}`, ""},
		{`{"type":"family","key":"f","children":[{"key":"k","name":"Daan","birth":"2026-11-23"}]}`, ""},
		{`{"type":"family","key":"f","children":[{"key":"k","name":"Daan","birth":"2026-11-24"}]}`, "children[0].birth: 2026-11-24 lies in the future"},
		{`{"type":"family","key":"f","children":[{"key":"k","name":"Daan","birth":"1899-12-31"}]}`, "children[0].birth: 1899-12-31 cannot be"},
		{`{"type":"family","key":"f","children":[{"name":"Daan","sex":"boy"}]}`, `children[0].key: is needed; children[0].sex: "boy"`},
		{`{"type":"family","key":"f","children":[{"key":"k","name":"Daan"},{"key":"k","name":"Noor"}]}`, `children[1].key: "k" is somebody else`},
		{`{"type":"family","key":"f","children":[{"key":"k","name":"Daan"}],"parents":[{"key":"k","name":"Mia"}]}`, `parents[0].key: "k" is somebody else`},
		{`{"type":"family","key":"f","parents":[{"key":"p","name":"Piet"}],"caregivers":[{"key":"p","name":"Piet"}]}`, ""},
		{`{"type":"family","key":"f","caregivers":[{"name":"Oma","relation":"grandmother"}]}`, ""},
		{`{"type":"family","key":"f","parents":[{"key":"p","name":"Mia","from":"2025-01-02","released":"2025-01-02"}]}`, ""},
		{`{"type":"family","key":"f","parents":[{"key":"p","name":"Mia","from":"2025-01-02","released":"2025-01-01"}]}`, "parents[0].released: 2025-01-01 lies before the day the detention began"},
		{`{"type":"family","key":"f","parents":[{"key":"p","name":"Mia","from":"2025-01-02","expected_until":"2025-01-01"}]}`, "parents[0].expected_until"},
		{`{"type":"family","key":"f","parents":[{"key":"p","name":"Mia","detained":"yes"}]}`, "parents.detained: true or false belongs here, and this is a text"},

		{`{"type":"referral","key":"r","date":"2013-04-27","channel":"kindcheck"}`, ""},
		{`{"type":"referral","key":"r","date":"2013-04-27T10:00:00Z","channel":"school"}`, ""},
		{`{"type":"referral","key":"r"}`, "date: is needed; channel: is needed"},
		{`{"type":"referral","key":"r","date":"27-04-2013","channel":"post"}`, `date: "27-04-2013" is no date that exists; write 2013-04-27; channel: "post"`},
		{`{"type":"referral","key":"r","date":"2026-11-24","channel":"school"}`, "date: 2026-11-24 lies in the future"},

		{`{"type":"intake","key":"i","family":"f"}`, ""},
		{`{"type":"intake","key":"i","family":"f","talks":[{"date":"2013-01-01","with":"young_person","minutes":45}]}`, ""},
		{`{"type":"intake","key":"i","family":"f","talks":[{"minutes":1441}]}`, "talks[0].date: is needed; talks[0].minutes: 1441 lies outside 0 to 1440"},
		{`{"type":"intake","key":"i","talks":[{"date":"2013-01-01","with":"mother"}]}`, `family: is needed; talks[0].with: "mother"`},
		{`{"type":"intake","key":"i","family":"f","decision":{"date":"2013-01-01","outcome":"no_start","reasons":["other","no_consent"]}}`, ""},
		{`{"type":"intake","key":"i","family":"f","decision":{}}`, "decision.date: is needed; decision.outcome: is needed"},
		{`{"type":"intake","key":"i","family":"f","decision":{"date":"2013-01-01","outcome":"start","reasons":["other"]}}`, "a start has no reasons"},
		{`{"type":"intake","key":"i","family":"f","decision":{"date":"2013-01-01","outcome":"no_start","reasons":["other","other"]}}`, "twice"},

		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-01"}`, ""},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-01","planned_end":"2013-01-01","end":"2013-01-01","end_reason":"done","abrupt":true}`, ""},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-02","end":"2013-01-01"}`, "end: 2013-01-01 lies before the start, 2013-01-02"},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-02","planned_end":"2013-01-01"}`, "planned_end: 2013-01-01 lies before the start"},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-02","abrupt":true}`, "end: is needed when it says how it ended"},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-02","children":["k","k"]}`, `children: "k" stands there twice`},
		{`{"type":"trajectory","key":"t","start":"2013-13-01"}`, "family: is needed; kind: is needed; start:"},
		{`{"type":"trajectory","key":"t","family":"f","kind":"tailored","start":"2013-01-02","end":"2026-11-24"}`, "end: 2026-11-24 lies in the future"},

		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27"}`, ""},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27T14:30","minutes":90.4,"km":24.6,"tools":["diary"]}`, ""},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27T14:30:00+02:00"}`, ""},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2026-11-23T09:30:00Z"}`, ""},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2026-11-24"}`, "at: 2026-11-24 lies in the future"},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27T25:00"}`, "at:"},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27","minutes":-1,"km":3001,"tools":["hammer"]}`, "minutes: -1 lies outside 0 to 1440; km: 3001 lies outside 0 to 3000; tools[0]:"},
		{`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27","minutes":"90"}`, "minutes: a number belongs here, and this is a text"},
		{`{"type":"visit","key":"b"}`, "trajectory: is needed; at: is needed"},

		{`{"type":"signal","key":"s","trajectory":"t","at":"2013-04-27","urgency":"this_week","answered_at":"2013-04-27","outcome":"discussed"}`, ""},
		{`{"type":"signal","key":"s","trajectory":"t","at":"2013-04-27","urgency":"soon"}`, `urgency: "soon"`},
		{`{"type":"signal","key":"s","trajectory":"t","at":"2013-04-27","answered_at":"2013-04-26"}`, "answered_at: the answer comes before the signal"},
		{`{"type":"signal","key":"s","trajectory":"t","at":"2013-04-27","outcome":"discussed"}`, "answered_at: is needed when there is an outcome"},
	} {
		got := strings.Join(parseLine([]byte(tt.line), now).wrong, "; ")
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%.120s\n got %q\nwant %q", tt.line, got, tt.want)
		}
	}
}

func TestALineThatSaysTheSameHasTheSameFingerprint(t *testing.T) {
	hash := func(line string) string { return parseLine([]byte(line), now).hash }
	a := hash(`{"type":"volunteer","key":"v","name":"Wil Bos","status":"active"}`)
	if b := hash(`{ "status": "active", "name": " Wil  Bos", "key": "v", "type": "volunteer" }`); a != b || a == "" {
		t.Errorf("%q and %q", a, b)
	}
	if b := hash(`{"type":"volunteer","key":"v","name":"Wil Bos","status":"left"}`); a == b {
		t.Error("another status, the same fingerprint")
	}
}

func TestFieldsThatNoRecordHasAreNamed(t *testing.T) {
	p := parseLine([]byte(`{"type":"volunteer","key":"v","name":"Wil","shoe_size":41,"Status":"left"}`), now)
	if !slices.Equal(p.ignored, []string{`"shoe_size"`}) || len(p.wrong) > 0 {
		t.Errorf("ignored %v, wrong %v", p.ignored, p.wrong)
	}
}

func TestADayIsItsNoonAndTimeWithoutZoneIsDutch(t *testing.T) {
	for s, want := range map[string]string{
		"2013-04-27": "2013-04-27T10:00:00.000Z", "2013-01-27": "2013-01-27T11:00:00.000Z", "2013-04-27T14:30": "2013-04-27T12:30:00.000Z",
		"2013-04-27 14:30:15": "2013-04-27T12:30:15.000Z", "2013-04-27T14:30:00-05:00": "2013-04-27T19:30:00.000Z",
	} {
		if at, ok := moment(s); !ok || at.String() != want {
			t.Errorf("%s: %s, want %s", s, at, want)
		}
	}
}

func TestTheCodesAreTold(t *testing.T) {
	page, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]string{channels, reasons, kinds, outcomes, sexes, statuses, withGroups, tools, urgencies, answers} {
		for _, code := range list {
			if !regexp.MustCompile(`[|,(] ?` + code + `\b`).Match(page) {
				t.Errorf("docs/import.md does not tell of %s", code)
			}
		}
	}
}

func TestWhereAFamilyStands(t *testing.T) {
	d := core.MustDate
	today := d("2026-11-23")
	for name, tt := range map[string]struct {
		s             standing
		state         string
		since, closed core.Date
	}{
		"a running trajectory":      {standing{running: 1, trajectories: 2, firstStart: d("2026-01-05"), ended: d("2026-02-01")}, "running", d("2026-01-05"), core.Date{}},
		"only people":               {standing{}, "intake", today, core.Date{}},
		"undecided":                 {standing{intakes: 1, undecided: 1, firstTalk: d("2026-11-01")}, "intake", d("2026-11-01"), core.Date{}},
		"waiting a day less":        {standing{intakes: 1, started: d("2025-11-24"), decided: d("2025-11-24")}, "waiting", d("2025-11-24"), core.Date{}},
		"waited a year":             {standing{intakes: 1, started: d("2025-11-23"), decided: d("2025-11-23")}, "closed", d("2025-11-23"), d("2025-11-23")},
		"not started":               {standing{intakes: 1, decided: d("2013-03-01")}, "closed", d("2013-03-01"), d("2013-03-01")},
		"ended after the decision":  {standing{intakes: 1, trajectories: 1, started: d("2013-03-01"), decided: d("2013-03-01"), ended: d("2013-09-01")}, "closed", d("2013-09-01"), d("2013-09-01")},
		"ended, and asked again":    {standing{intakes: 2, undecided: 1, trajectories: 1, ended: d("2013-09-01"), firstTalk: d("2013-02-01")}, "intake", d("2013-02-01"), core.Date{}},
		"a trajectory alone, ended": {standing{trajectories: 1, ended: d("2013-09-01")}, "closed", d("2013-09-01"), d("2013-09-01")},
	} {
		state, since, closed := tt.s.state(today)
		if state != tt.state || since != tt.since || closed != tt.closed {
			t.Errorf("%s: %s since %s, closed %s; want %s, %s, %s", name, state, since, closed, tt.state, tt.since, tt.closed)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	for _, line := range []string{
		`{"type":"volunteer","key":"v","name":"Wil"}`, `{"type":"family","key":"f","children":[{"key":"k","name":"D","birth":"2010-01-01"}],"parents":null}`,
		`{"type":"visit","key":"b","trajectory":"t","at":"2013-04-27T14:30","minutes":1e3,"km":-0,"children":["k"]}`,
		`{"type":"intake","key":"i","family":"f","decision":{"date":"","outcome":""}}`, `{"type":"signal","at":"9999-99-99T00:00:00Z"}`, "{\"a\":\"\xff\"}", `[`, ``,
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		p := parseLine([]byte(line), now)
		if len(p.wrong) > 0 {
			return
		}
		if p.key == "" || p.data == nil || p.hash == "" || strings.ContainsAny(p.key, "\x00\n") {
			t.Errorf("taken: %q as %+v", line, p)
		}
	})
}
