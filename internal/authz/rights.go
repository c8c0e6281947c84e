package authz

import (
	"fmt"
	"sort"
	"strings"
)

// A Right is what a route needs before anything is read. It is held by roles; the scope and the rules decide the rest.
type Right struct {
	name  string
	roles Role
	open  bool // no session needed
	proof bool // only for who showed a moment ago that it is they
	use   Use  // what the route reads for
}

func (r Right) Name() string { return r.name }

// IsOpen says that the route needs no session.
func (r Right) IsOpen() bool { return r.open }

// NeedsProof says that a session alone does not do: whoever holds the right shows once more that it is they.
func (r Right) NeedsProof() bool { return r.proof }

// As is the same right for a route that searches, prints or exports: the log says so.
// What leaves the house as a file asks for fresh proof by itself, so that no route can forget it.
func (r Right) As(u Use) Right {
	r.use = u
	r.proof = r.proof || u == Export
	return r
}

// Use is what the route reads for, when it is more than reading.
func (r Right) Use() Use { return r.use }

// Allows says whether the actor may try the route.
func (r Right) Allows(a Actor) bool {
	return r.open || a.IsSignedIn() && a.roles&r.roles != 0
}

// Roles lists the roles that hold the right.
func (r Right) Roles() Role { return r.roles }

const (
	coordinators = InsideCoordinator | OutsideCoordinator
	dossierRoles = coordinators | ProjectLeader
	everybody    = Volunteer | coordinators | ProjectLeader | Administrator
)

// rights is the table of what each right is for; docs/rights.md is printed from it.
var rights = map[string]Role{
	"account.own":      everybody,
	"account.secure":   everybody,
	"account.see":      ProjectLeader | Administrator,
	"account.manage":   ProjectLeader | Administrator,
	"setting.change":   ProjectLeader | Administrator,
	"home.see":         everybody,
	"task.see":         coordinators | ProjectLeader,
	"dossier.read":     dossierRoles,
	"dossier.list":     coordinators,
	"dossier.write":    coordinators,
	"dossier.break":    ProjectLeader,
	"dossier.log":      dossierRoles,
	"facility.see":     everybody,
	"facility.change":  coordinators | ProjectLeader,
	"consent.read":     dossierRoles,
	"consent.write":    coordinators,
	"referral.answer":  coordinators | ProjectLeader,
	"intake.read":      dossierRoles,
	"intake.write":     coordinators,
	"intake.overrule":  ProjectLeader,
	"volunteer.see":    coordinators | ProjectLeader,
	"volunteer.change": coordinators | ProjectLeader,
	"volunteer.own":    Volunteer,
	"volunteer.text":   ProjectLeader,
	"match.propose":    coordinators,
	"match.answer":     Volunteer,
	"trajectory.read":  dossierRoles,
	"trajectory.write": coordinators,
	"training.own":     Volunteer,
	"training.see":     Volunteer | coordinators | ProjectLeader,
	"training.keep":    coordinators | ProjectLeader,
	"training.courses": ProjectLeader,
	"family.see":       Volunteer,
	"visit.own":        Volunteer,
	"visit.read":       OutsideCoordinator | ProjectLeader,
	"signal.raise":     Volunteer,
	"signal.answer":    coordinators | ProjectLeader,
	"signal.escalated": ProjectLeader,
	"figures.see":      ProjectLeader,
	"figures.export":   ProjectLeader,
	"log.see":          Administrator | ProjectLeader,
	"breach.report":    everybody,
	"breach.keep":      Administrator | ProjectLeader,
	"account.data":     everybody,
	"request.read":     dossierRoles,
	"request.write":    coordinators,
	"request.package":  coordinators,
	"material.see":     Volunteer | coordinators | ProjectLeader,
	"material.own":     Volunteer,
	"material.keep":    coordinators | ProjectLeader,
	"contact.keep":     coordinators | ProjectLeader,
	"contact.own":      Volunteer,
	"expense.own":      Volunteer,
	"expense.check":    coordinators | ProjectLeader,
	"expense.pay":      ProjectLeader,
	"practice.see":     coordinators | ProjectLeader,
	"keeping.see":      coordinators | ProjectLeader,
	"keeping.hold":     coordinators | ProjectLeader,
	"keeping.early":    coordinators | ProjectLeader,
}

// proofs are the rights for what a session that somebody left open, or stole, must not do. docs/rights.md marks them.
var proofs = map[string]bool{
	"account.secure": true, "account.manage": true, "dossier.break": true, "figures.export": true,
	"setting.change": true, "account.data": true, "request.package": true, "keeping.early": true,
}

// RightTo finds a right by its name. A name that does not stand in the table stops the program at start: a route without a
// right cannot be registered.
func RightTo(name string) Right {
	roles, ok := rights[name]
	if !ok {
		panic(fmt.Sprintf("authz: no right %q; add it to the table in rights.go", name))
	}
	return Right{name: name, roles: roles, proof: proofs[name]}
}

// Open is the right of a route that needs no session. The reason is printed in docs/rights.md.
func Open(reason string) Right { return Right{name: "open: " + reason, open: true} }

// RightNames lists the rights in order.
func RightNames() []string {
	out := make([]string, 0, len(rights))
	for n := range rights {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// Markdown prints the matrix and the rights as docs/rights.md.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# Who may see what\n\nGenerated from `internal/authz` by `make generate`; METHOD chapter 9 is the content. " +
		"A cell that is empty is denied, and what is denied is not found.\n\n## Relations and sections\n\n" +
		"A role says which relations somebody can have. Whether one exists is asked of the database at every query.\n\n| section |")
	for _, r := range Relations() {
		b.WriteString(" " + r.String() + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(Relations())) + "\n")
	for _, s := range Sections() {
		b.WriteString("| " + s.String() + " |")
		for _, r := range Relations() {
			b.WriteString(" " + Cell(r, s).String() + " |")
		}
		b.WriteString("\n")
	}
	b.WriteString("\n## Roles and the relations they can have\n\n| role | relations |\n|---|---|\n")
	for _, r := range roleCodes {
		b.WriteString("| " + r.code + " | " + (rolesRelations[r.role] | Member).String() + " |\n")
	}
	b.WriteString("\n## Rights that routes ask for\n\nWhere it says again, a session alone does not do: whoever asks showed in the last five minutes, " +
		"with a passphrase or a passkey, that it is they.\n\n| right | roles | |\n|---|---|---|\n")
	for _, n := range RightNames() {
		again := ""
		if proofs[n] {
			again = "again"
		}
		b.WriteString("| " + n + " | " + strings.Join(rights[n].Codes(), ", ") + " | " + again + " |\n")
	}
	return b.String()
}
