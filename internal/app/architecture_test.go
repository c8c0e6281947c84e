package app

import (
	"testing"

	"maatje/internal/app/house"
)

// sideways are the imports inside one layer of the house, "from to", each with its reason.
var sideways = house.Sideways{
	"demo breach":         "what goes wrong in the invented programme comes into the register as anything does",
	"retention figures":   "what the figures count of a family is kept before its rows are erased",
	"demo retention":      "what will be erased soon in the invented programme is found and announced as anything is",
	"demo privacy":        "somebody of the invented programme asks about their data as anybody does",
	"demo importer":       "the invented history comes in as anybody's history does",
	"volunteer task":      "a certificate that ends is asked about on the coordinator's list, and no more once a new one was seen",
	"matching trajectory": "an accepted match starts the trajectory, and what a volunteer is asked for is the trajectory's",
	"volunteer account":   "the public form counts tries in the buckets that signing in has",
	"volunteer facility":  "whoever applies writes the name of a municipality, and facility knows which it is",
	"volunteer setting":   "for how long a rejected volunteer is kept is the organisation's choice, and they are told",
	"dossier facility":    "a parent stays in a facility and a family lives in a municipality; its forms choose from them",
	"dossier account":     "who broke the glass, and why, is account's to say; the dossier's log shows it",
	"dossier setting":     "how often a placement is confirmed is the organisation's choice",
	"dossier task":        "an empty cell, restrictions that end and a release nearby are work for somebody",
	"consent task":        "a consent that ends, or a child that comes of an age, is work for the coordinator",
	"consent dossier":     "who may consent about a child is who decides about it on that day, and the dossier says who does",
	"visit plan":          "what a report says is done of the step plan is ticked in the same transaction",
	"job db":              "a lease and a mail that waits are rows, taken and queued in a transaction",
	"job web":             "a mail has the words of the catalogue, in the reader's language",
	"account facility":    "who works where is chosen among the places there are; a new municipality is made by its name",
	"account task":        "breaking the glass puts it on the worklist of who answers for the dossier",
}

// allowances let a file or folder reach for the clock, for chance or for the environment, each with its reason.
var allowances = []house.Allowance{
	{Path: "internal/core/id.go", What: "crypto/rand", Why: "an identifier's random bits decide nothing and are no secret"},
	{Path: "internal/db/spare", What: "crypto/rand", Why: "what fills the reserve must not shrink on a disk that compresses"},
	{Path: "internal/vault", What: "crypto/rand", Why: "keys are made of chance and of nothing else"},
	{Path: "internal/account/hash.go", What: "crypto/rand", Why: "tokens, codes and salts are made of chance and of nothing else"},
	{Path: "internal/account/phrase/hash.go", What: "crypto/rand", Why: "and salt"},
	{Path: "internal/account/recovery/recovery.go", What: "crypto/rand", Why: "and codes on paper"},
	{Path: "internal/account/provider/provider.go", What: "crypto/rand", Why: "so are the state of a sign-in elsewhere and the browser's half of it"},
	{Path: "internal/account/oidc/oidctest", What: "crypto/rand", Why: "a provider in the tests makes keys and codes as a real one does"},
	{Path: "internal/account/factor.go", What: "crypto/rand", Why: "so is the seed of a second factor"},
	{Path: "internal/account/passkey/passkeytest", What: "crypto/rand", Why: "a device in the tests makes keys as a real one does"},
	{Path: "internal/web/request.go", What: "crypto/rand", Why: "the number of a request, to find it in the log"},
	{Path: "internal/db/dbtest", What: "os.Getenv", Why: "where the tests' PostgreSQL listens"},
}

// risks are the dangerous habits that one file has, each with its reason.
var risks = []house.Allowance{
	{Path: "internal/privacy/owndata/archive.go", What: "templ.Raw", Why: "the style of a page that opens from a disk, and the policy that shuts it: constants of the program"},
	{Path: "internal/genogram/draw/draw.go", What: "templ.Raw", Why: "the style of a drawing that is a file of its own: a constant of the program"},
	{Path: "internal/account/oidc/client.go", What: "net/http.Client", Why: "it asks the provider alone: 5 s, no redirect, a megabyte, nothing inside our own network"},
	{Path: "internal/account/oidc/oidc.go", What: "net/http.Client", Why: "it keeps that one client"},
}

// TestHouse holds the rules of docs/contributing.md against the source. Package house says what each looks for.
func TestHouse(t *testing.T) {
	tree, err := house.Load("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(tree) < 20 {
		t.Fatalf("found %d files; the source is not here", len(tree))
	}
	for name, found := range map[string][]string{
		"imports never go up":                          house.Layers(tree, sideways),
		"one package owns each engine":                 house.Owned(tree),
		"rules are pure":                               house.PureRules(tree),
		"time and chance come in as arguments":         house.Clock(tree, allowances),
		"no dangerous habits":                          house.Habits(tree, risks),
		"SQL is registered text":                       house.RegisteredSQL(tree),
		"what reads bytes from outside is fuzzed":      house.Fuzzed(tree),
		"nothing grows too large":                      house.Sizes(tree),
		"names are words of the method":                house.Names(tree),
		"nothing is put off, skipped or inline":        house.Texts(tree),
		"third-party modules have a reason":            house.Dependencies(tree),
		"the npm lock names no server":                 house.Lock(tree),
		"every rule in rules.go has its test":          house.RuleTests(tree),
		"the method is told without gaps":              house.MethodComplete(tree),
		"the method tells every rule in the source":    house.MethodTells(tree),
		"every requirement of ASVS has its evidence":   house.ASVS(tree),
		"docs/rules.md is current (go generate ./...)": current(tree),
	} {
		t.Run(name, func(t *testing.T) {
			for _, f := range found {
				t.Error(f)
			}
		})
	}
}

func current(tree house.Tree) []string {
	page := tree.Find(house.RuleTablePath)
	if page == nil || page.Text != house.RuleTable(tree) {
		return []string{house.RuleTablePath + ": not current"}
	}
	return nil
}
