package authz

import (
	"strings"
	"testing"

	"maatje/internal/core"
)

// expected is METHOD chapter 9 once more, written by hand: a cell that changes must be changed in both places, on purpose.
// r reads, w reads and writes, a dot is denied. Standing in is the same as being there.
const expected = `
                   running proposed ended facility municipality glass ownfile addressee office administration member anyone justended asked
identity           r       .        .     w        w            r     .       .         .      .              .      .      .         .
knowledge          r       .        .     w        w            r     .       .         .      .              .      .      .         .
detention          r       .        .     w        w            r     .       .         .      .              .      .      .         .
contacts           .       .        .     w        w            r     .       .         .      .              .      .      .         .
plan               r       .        .     w        w            r     .       .         .      .              .      .      .         .
own_match          w       w        .     .        .            .     .       .         .      .              .      .      .         .
matching           .       .        .     w        w            r     .       .         .      .              .      .      .         .
own_visits         w       .        r     .        .            .     .       .         .      .              .      .      w         .
opened_visits      r       .        .     .        .            .     .       .         .      .              .      .      .         .
visits             .       .        .     .        w            r     .       .         .      .              .      .      .         .
intake             .       .        .     w        w            w     .       .         .      .              .      .      .         .
own_signals        w       .        r     .        .            .     .       .         .      .              .      .      .         .
signals            .       .        .     .        w            w     .       .         .      .              .      .      .         w
consents           .       .        .     w        w            r     .       .         .      .              .      .      .         .
notes              .       .        .     w        w            r     .       .         .      .              .      .      .         .
log                .       .        .     r        r            r     .       .         .      .              .      .      .         .
referrals          .       .        .     w        w            .     .       .         w      .              .      .      .         .
volunteer_profile  .       .        .     w        w            .     w       .         w      .              .      .      .         .
volunteer_care     .       .        .     w        w            .     r       .         w      .              .      .      .         .
volunteer_screening .      .        .     w        w            .     .       .         w      .              .      .      .         .
tasks              .       .        .     .        .            .     .       w         .      .              .      .      .         .
escalations        .       .        .     .        .            .     .       .         r      .              .      .      .         .
figures            .       .        .     .        .            .     .       .         r      .              .      .      .         .
directory          .       .        .     .        .            .     .       .         .      .              w      r      .         .
settings           .       .        .     .        .            .     .       .         w      w              r      r      .         .
accounts           .       .        .     .        .            .     .       .         w      w              .      .      .         .
own_account        .       .        .     .        .            .     .       .         .      .              w      .      .         .
door               .       .        .     .        .            .     .       .         .      .              w      w      .         .
own_steps          w       .        .     .        .            .     .       .         .      .              .      .      .         .
steps              .       .        .     w        w            r     .       .         .      .              .      .      .         .
requests           .       .        .     w        w            r     .       .         .      .              .      .      .         .
breaches           .       .        .     .        .            .     .       .         w      w              .      .      .         .
keeping            .       .        .     w        w            r     .       .         .      .              .      .      .         .
early_erasing      .       .        .     .        .            .     .       .         w      .              .      .      .         .
erasing            .       .        .     .        .            .     .       .         .      .              .      .      .         .
volunteer_entries  .       .        .     w        w            .     w       .         w      .              .      .      .         .
practice           .       .        .     r        r            .     .       .         r      .              .      .      .         .
training           .       .        .     w        w            .     .       .         w      .              r      .      .         .
learning           .       .        .     w        w            .     w       .         w      .              .      .      .         .
own_answers        .       .        .     .        .            .     w       .         .      .              .      .      .         .
tools              w       .        .     w        w            r     .       .         .      .              .      .      .         .
works              .       .        .     .        .            .     .       .         .      r              .      .      .         .
`

var columns = map[string][]Relation{
	"running": {RunningMatch}, "proposed": {ProposedMatch}, "ended": {EndedMatch}, "justended": {JustEnded}, "facility": {InFacility, StandingInside},
	"municipality": {InMunicipality, StandingIn}, "glass": {BrokenGlass}, "asked": {AskedSignal}, "ownfile": {OwnFile}, "addressee": {Addressee}, "office": {Office},
	"administration": {Administration}, "member": {Member}, "anyone": {Anyone},
}

func TestMatrixIsChapterNine(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(expected), "\n")
	head := strings.Fields(lines[0])
	seen := map[string]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		seen[cells[0]] = true
		for i, column := range head {
			want := map[string]Access{".": None, "r": Read, "w": Write}[cells[i+1]]
			for _, r := range columns[column] {
				if got := Cell(r, sectionNamed(t, cells[0])); got != want {
					t.Errorf("%s through %s: %q, and chapter 9 says %q", cells[0], r, got, want)
				}
			}
		}
	}
	for _, s := range Sections() {
		if !seen[strings.ReplaceAll(s.String(), " ", "_")] {
			t.Errorf("chapter 9 above says nothing of %q", s)
		}
	}
	covered := SystemRelation
	for _, relations := range columns {
		for _, r := range relations {
			covered |= r
		}
	}
	for _, r := range Relations() {
		if covered&r == 0 {
			t.Errorf("chapter 9 above says nothing of %q", r)
		}
	}
}

func sectionNamed(t *testing.T, name string) Section {
	t.Helper()
	for _, s := range Sections() {
		if strings.ReplaceAll(s.String(), " ", "_") == name {
			return s
		}
	}
	t.Fatalf("no section is called %s", name)
	return 0
}

func TestRolesHaveTheirRelationsAlone(t *testing.T) {
	for role, want := range map[Role]Relation{
		Volunteer:          RunningMatch | ProposedMatch | EndedMatch | JustEnded | OwnFile | Addressee | Member,
		InsideCoordinator:  InFacility | StandingInside | AskedSignal | Addressee | Member,
		OutsideCoordinator: InMunicipality | StandingIn | Addressee | Member,
		ProjectLeader:      BrokenGlass | Office | Addressee | Member,
		Administrator:      Administration | Addressee | Member,
		0:                  Member,
	} {
		if got := SignedIn(1, 0, "", role, Origin{}).Relations(); got != want {
			t.Errorf("%v: %s, want %s", role.Codes(), got, want)
		}
	}
}

// An administrator never sees a dossier, a project leader none without breaking the glass, a volunteer no intake.
func TestWhatARoleNeverReaches(t *testing.T) {
	for _, s := range Sections() {
		admin := SignedIn(1, 0, "", Administrator, Origin{})
		if s.Root() != NoRoot && s != Tasks && admin.May(s, Read) {
			t.Errorf("an administrator reaches %s", s)
		}
		if s.Root() == DossierRoot && ScopeFor(SignedIn(1, 0, "", ProjectLeader, Origin{}), s, Read).via&^BrokenGlass != 0 {
			t.Errorf("a project leader reaches %s without breaking the glass", s)
		}
		if got := Visitor(Origin{}).May(s, Read); got != (s == Door || s == Directory || s == Settings) {
			t.Errorf("a visitor and %s: %v", s, got)
		}
	}
}

func TestTheZeroActorOpensNothing(t *testing.T) {
	for name, a := range map[string]Actor{"zero": {}, "no account": SignedIn(0, 7, "x", Volunteer|Administrator|ProjectLeader, Origin{})} {
		if !a.IsZero() || a.IsSignedIn() || a.IsSystem() || a.Account() != core.AccountID(0) {
			t.Errorf("%s: is somebody", name)
		}
		for _, s := range Sections() {
			if a.May(s, Read) || !ScopeFor(a, s, Read).IsEmpty() {
				t.Errorf("%s: reaches %s", name, s)
			}
			if s.Root() != NoRoot && !strings.Contains(ScopeFor(a, s, Read).SQL(), "1 = 0") {
				t.Errorf("%s: %s has rows", name, s)
			}
		}
		for _, right := range RightNames() {
			if RightTo(right).Allows(a) {
				t.Errorf("%s: holds %s", name, right)
			}
		}
	}
}

func TestARightIsHeldByItsRolesAlone(t *testing.T) {
	for _, name := range RightNames() {
		r := RightTo(name)
		for _, c := range roleCodes {
			if got := r.Allows(SignedIn(1, 0, "", c.role, Origin{})); got != r.Roles().Has(c.role) {
				t.Errorf("%s as %s: %v", name, c.code, got)
			}
		}
		if r.Allows(Visitor(Origin{})) || r.Allows(System("job")) {
			t.Errorf("%s is held by a visitor or a job", name)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a right that nobody named was given out")
		}
	}()
	RightTo("no.such")
}
