package looks

import (
	"testing"

	"maatje/internal/web/text"
)

func TestALookIsSaidInWords(t *testing.T) {
	for _, c := range []struct {
		look          Look
		name, as, did string
	}{
		{Look{Who: "Petra", Actor: "outside_coordinator", Action: "read", What: "identity, log", Outcome: "done"},
			"Petra", "coördinator buiten", "keek naar personen en adressen en dit overzicht"},
		{Look{Who: "Lea", Actor: "outside_coordinator+project_leader", Action: "change", What: "account.break_glass", Outcome: "done"},
			"Lea", "coördinator buiten en projectleider", "veranderde wie erin mag"},
		{Look{Actor: "system: signal.escalate", Action: "change", What: "signal.escalate", Outcome: "done"}, "Het systeem zelf", "", "veranderde een zorg"},
		{Look{Who: "Sam", Actor: "volunteer", Action: "list", What: "opened visits", Outcome: "done"}, "Sam", "vrijwilliger", "keek naar bezoeken van een ander maatje"},
		{Look{Who: "Petra", Actor: "volunteer", Action: "print", What: "consents", Outcome: "done"}, "Petra", "vrijwilliger", "maakte een afdruk van toestemmingen"},
		{Look{Who: "Petra", Actor: "volunteer", Action: "export", What: "consents", Outcome: "done"}, "Petra", "vrijwilliger", "haalde toestemmingen op als bestand"},
		{Look{Who: "Petra", Actor: "volunteer", Action: "search", What: "identity", Outcome: "refused"}, "Petra", "vrijwilliger", "zocht in personen en adressen (dit ging niet door)"},
	} {
		if name, as, did := c.look.Name(text.NL), c.look.As(text.NL), c.look.Did(text.NL); name != c.name || as != c.as || did != c.did {
			t.Errorf("%q, %q, %q\nwant %q, %q, %q", name, as, did, c.name, c.as, c.did)
		}
	}
}
