package db

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"maatje/internal/authz"
)

// Args are the named arguments of a query: Args{"dossier": id} fills :dossier. The names actor, volunteer, now, today and
// month_ago are the actor's and the clock's; db fills them in.
type Args map[string]any

// Probe holds the arguments with which the neighbour probe runs a query: the ids of a family that is not the actor's.
type Probe = Args

// Query is one registered SQL text. There are no others: the text is a constant of the program, and registering checks
// that it stands on the scope (HOUSE, the first lock).
type Query struct {
	name    string
	section authz.Section
	write   bool
	cross   string // why it may cross families, if it does
	quiet   string // why it leaves no log entry, if it leaves none
	text    string
	probe   Probe
	tables  []string
	refusal bool    // what runs it was refused: the log says so
	subject subject // how to find the dossier it is about, when it has no :dossier
}

func (q *Query) Name() string           { return q.name }
func (q *Query) Section() authz.Section { return q.section }
func (q *Query) IsWrite() bool          { return q.write }
func (q *Query) Cross() string          { return q.cross }
func (q *Query) Text() string           { return q.text }
func (q *Query) Probe() Probe           { return q.probe }
func (q *Query) Tables() []string       { return q.tables }

var registered = map[string]*Query{}

// Registered lists every query of the program by name.
func Registered() []*Query {
	out := make([]*Query, 0, len(registered))
	for _, q := range registered {
		out = append(out, q)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

// Q registers a query that reads the section. A text on rows of a root that does not start from `visible_ROOT` stops the
// program at start.
func Q(name string, s authz.Section, text string, p Probe) *Query {
	return register(&Query{name: name, section: s, text: text, probe: p})
}

// X registers a query that changes the section. An insert takes its root from `visible_ROOT`; where it meets a conflict,
// the conflict clause carries the scope again.
func X(name string, s authz.Section, text string, p Probe) *Query {
	return register(&Query{name: name, section: s, write: true, text: text, probe: p})
}

// CrossQ registers a query that reads across families, and says why. It stands on the section's right alone.
func CrossQ(name string, s authz.Section, why, text string, p Probe) *Query {
	return register(&Query{name: name, section: s, cross: why, text: text, probe: p})
}

// CrossX registers a query that changes rows across families, and says why.
func CrossX(name string, s authz.Section, why, text string, p Probe) *Query {
	return register(&Query{name: name, section: s, write: true, cross: why, text: text, probe: p})
}

// Quiet marks a query that leaves no log entry, and says why. Only for rows without a root, and for a number of rows in a
// state, which tells nothing of anybody.
func (q *Query) Quiet(why string) *Query {
	if q.section.Root() != authz.NoRoot && !counting.MatchString(q.text) {
		panic("db: " + q.name + " touches somebody's rows and cannot be quiet")
	}
	q.quiet = why
	return q
}

// Refusal marks a change that counts a refusal: its entry says that somebody tried and was refused.
func (q *Query) Refusal() *Query {
	q.refusal = true
	return q
}

func register(q *Query) *Query {
	if err := q.check(); err != nil {
		panic("db: query " + q.name + ": " + err.Error())
	}
	if registered[q.name] != nil {
		panic("db: two queries are called " + q.name)
	}
	registered[q.name] = q
	return q
}

var (
	nameForm  = regexp.MustCompile(`^[a-z][a-z_]*\.[a-z][a-z0-9_]*$`)
	parameter = regexp.MustCompile(`:[a-z][a-z0-9_]*`)
	counting  = regexp.MustCompile(`^\s*SELECT [a-z]+\.(state|status), COUNT\(\*\) FROM [^:]*$`) // of everybody: no parameter picks one
)

// check is the first lock: what it refuses does not start.
func (q *Query) check() error {
	switch {
	case !nameForm.MatchString(q.name):
		return fmt.Errorf("its name is not capability.what")
	case q.section.String() == "":
		return fmt.Errorf("it names no section")
	case strings.Contains(q.text, "::"):
		return fmt.Errorf("it casts with ::, which one engine does not know; write CAST")
	case strings.Contains(strings.ToUpper(q.text), "AS BYTEA)"):
		return fmt.Errorf("it casts to BYTEA, which SQLite takes for a number; leave the cast out")
	case q.probe == nil:
		return fmt.Errorf("it has no probe arguments")
	}
	blocks, err := q.parse()
	if err != nil {
		return err
	}
	q.subject = q.findSubject(blocks)
	return q.checkScope(blocks)
}

// parse takes the text apart and finds its tables.
func (q *Query) parse() ([]*block, error) {
	tokens, err := scan(q.text)
	if err != nil {
		return nil, err
	}
	if first := tokens[0].text; q.write == (first == "select" || first == "with") {
		return nil, fmt.Errorf("it begins with %s: reads are Q, changes are X", strings.ToUpper(first))
	}
	blocks := blocksOf(tokens)
	for _, b := range blocks {
		if err := b.tables(withNames(blocks[0])); err != nil {
			return nil, err
		}
		for _, s := range b.sources {
			q.tables = append(q.tables, s.table)
		}
	}
	return blocks, nil
}

func (q *Query) checkScope(blocks []*block) error {
	if q.cross != "" {
		if strings.Contains(q.text, "visible_") {
			return fmt.Errorf("it crosses families and stands on a scope at once")
		}
		return nil
	}
	if root := q.section.Root(); root != authz.NoRoot && !standsOn(blocks, root) {
		return fmt.Errorf("it reads the section %q and does not stand on visible_%s", q.section, root.Name())
	}
	if q.write {
		if err := checkChange(blocks); err != nil {
			return err
		}
	}
	for _, b := range blocks {
		if err := b.hold(); err != nil {
			return err
		}
	}
	if q.section.IsOwn() && !asksWho(q.text) {
		return fmt.Errorf("it reads the actor's own rows and does not ask for :volunteer or :actor")
	}
	for _, b := range blocks {
		if q.section.IsOwn() && b.verb == "conflict" && b.updates() && !b.asksWho() {
			return fmt.Errorf("its conflict clause does not ask for :volunteer or :actor")
		}
	}
	return nil
}

func standsOn(blocks []*block, root authz.Root) bool {
	for _, b := range blocks {
		for _, s := range b.sources {
			if s.scope && s.root == root {
				return true
			}
		}
	}
	return false
}

func asksWho(text string) bool {
	return strings.Contains(text, ":volunteer") || strings.Contains(text, ":actor")
}

// Params lists the names of the query's own arguments, without those that db fills in.
func (q *Query) Params() []string {
	seen := map[string]bool{}
	var out []string
	for _, p := range parameter.FindAllString(q.text, -1) {
		if p = p[1:]; !seen[p] && !filledIn[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

var filledIn = map[string]bool{"actor": true, "volunteer": true, "now": true, "today": true, "month_ago": true, "fortnight_ago": true}
