package db

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
)

// variant is a query as one engine runs it for actors with the same possible relations.
type variant struct {
	sql    string
	params []string
}

type variantKey struct {
	query     *Query
	relations authz.Relation
}

// defaultSection is the section through which a query looks at a root that is not its own.
var defaultSection = map[authz.Root]authz.Section{
	authz.DossierRoot:   authz.Identity,
	authz.ReferralRoot:  authz.Referrals,
	authz.VolunteerRoot: authz.Profile,
	authz.TaskRoot:      authz.Tasks,
}

// compile writes the scope into the text and numbers the parameters.
func compile(q *Query, a authz.Actor, kind Kind) variant {
	return number(relation.ReplaceAllStringFunc(q.text, func(use string) string {
		part := relation.FindStringSubmatch(use)
		for _, root := range authz.Roots() {
			if part[1] != "visible_"+root.Name() || part[2] == "." { // with a dot it is a column's, of the relation named below
				continue
			}
			alias := part[2]
			if name := strings.Fields(strings.ToLower(alias)); len(name) == 0 || slices.Contains(notAliases, name[0]) && name[0] != "as" {
				alias = " AS " + part[1] + alias // PostgreSQL 15 wants every subquery to have a name
			}
			return q.scopeOf(root, a).SQL() + alias
		}
		return use
	}), kind)
}

// relation is the use of a visible_ relation with the word behind it, which may be its alias.
var relation = regexp.MustCompile(`\b(visible_[a-z]+)\b(\.|\s+[A-Za-z_]+\b)?`)

// scopeOf is how the actor reaches a root in this query: the query's own through its section, others through theirs.
func (q *Query) scopeOf(root authz.Root, a authz.Actor) authz.Scope {
	if root == q.section.Root() {
		return q.scope(a)
	}
	return authz.ScopeFor(a, defaultSection[root], authz.Read)
}

// scope is how the actor reaches the query's own section.
func (q *Query) scope(a authz.Actor) authz.Scope {
	want := authz.Read
	if q.write {
		want = authz.Write
	}
	return authz.ScopeFor(a, q.section, want)
}

// number replaces :name by ?n or $n. SQLite binds bare $n by first appearance, so it gets ?n.
func number(text string, kind Kind) variant {
	mark := "?"
	if kind == Postgres {
		mark = "$"
	}
	var v variant
	at := map[string]int{}
	v.sql = parameter.ReplaceAllStringFunc(text, func(p string) string {
		n, ok := at[p]
		if !ok {
			v.params = append(v.params, p[1:])
			n = len(v.params)
			at[p] = n
		}
		return mark + strconv.Itoa(n)
	})
	return v
}

// values lines the arguments up with the parameters. A missing or unknown name is a mistake of the program.
func (t *Tx) values(q *Query, v variant, args Args) ([]any, error) {
	out := make([]any, len(v.params))
	used := 0
	for i, name := range v.params {
		if filledIn[name] {
			out[i] = t.filled(name)
			continue
		}
		a, ok := args[name]
		if !ok {
			return nil, fmt.Errorf("db: query %s: no argument :%s", q.name, name)
		}
		used++
		out[i] = plain(a)
	}
	if used < len(args) {
		return nil, fmt.Errorf("db: query %s: %d arguments for %d parameters", q.name, len(args), used)
	}
	return out, nil
}

func (t *Tx) filled(name string) any {
	switch name {
	case "actor":
		return t.actor.Account().Int64()
	case "volunteer":
		return t.actor.Volunteer().Int64()
	case "now":
		return t.now.String()
	case "today":
		return t.now.Date().String()
	case "fortnight_ago":
		return t.now.Date().AddDays(-14).String()
	default: // month_ago
		return t.now.Date().AddDays(-30).String()
	}
}

// plain turns our types into what both drivers take. The zero date, instant and identifier are NULL.
func plain(a any) any {
	switch v := a.(type) {
	case core.Date:
		if v.IsZero() {
			return nil
		}
		return v.String()
	case core.Instant:
		if v.IsZero() {
			return nil
		}
		return v.String()
	case int:
		return int64(v)
	case interface{ Int64() int64 }:
		if v.Int64() == 0 {
			return nil
		}
		return v.Int64()
	case []byte:
		if v == nil {
			return nil
		}
		return v
	default:
		return a
	}
}
