package app

import (
	"fmt"
	"sort"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/db"
	"maatje/internal/web"
)

//go:generate go run ./rightstable

// RightsPath is where the table of rights stands.
const RightsPath = "docs/rights.md"

// Rights writes docs/rights.md: the matrix, the queries that may cross families and why, and every route with its right.
func Rights() string {
	var b strings.Builder
	b.WriteString(authz.Markdown())
	b.WriteString("\n## Queries that may cross families, and why\n\nThey stand on the section alone: whoever has one of these relations may run them.\n\n" +
		"| query | does | section | relations | why |\n|---|---|---|---|---|\n")
	for _, q := range db.Registered() {
		if q.Cross() != "" {
			does, access := "reads", authz.Read
			if q.IsWrite() {
				does, access = "changes", authz.Write
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", q.Name(), does, q.Section(), through(q.Section(), access), q.Cross())
		}
	}
	b.WriteString("\n## Routes\n\n| route | right | roles |\n|---|---|---|\n")
	routes := Build(nil, web.Config{}).Router.Routes()
	sort.Slice(routes, func(i, j int) bool { return address(routes[i]) < address(routes[j]) })
	for _, r := range routes {
		roles := strings.Join(r.Right.Roles().Codes(), ", ")
		if r.Right.IsOpen() {
			roles = "everybody, also without a session"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.Pattern, r.Right.Name(), roles)
	}
	return b.String()
}

// through names the relations that open the section.
func through(s authz.Section, access authz.Access) string {
	var names []string
	for _, r := range authz.Relations() {
		if authz.Cell(r, s) >= access {
			names = append(names, r.String())
		}
	}
	return strings.Join(names, ", ")
}

// address sorts routes by path, and then by method.
func address(r web.Route) string {
	method, path, _ := strings.Cut(r.Pattern, " ")
	return path + " " + method
}
