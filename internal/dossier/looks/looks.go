// Package looks is one line of a family's log in words: who looked or changed, when, as what, and at which part.
package looks

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web/text"
)

// Look is one entry of the log about a family.
type Look struct {
	At                                    core.Instant
	Who, Actor, Action, What, By, Outcome string
}

// Columns are what Dest takes, of log_entry g and account a.
const Columns = "g.at, COALESCE(a.name, ''), g.actor, g.action, g.what, g.rule, g.outcome"

// Dest is where a row's columns go.
func (k *Look) Dest() []any {
	return []any{&k.At, &k.Who, &k.Actor, &k.Action, &k.What, &k.By, &k.Outcome}
}

// Name is whose account it was.
func (k Look) Name(l text.Lang) string {
	if k.Who == "" {
		return l.DossierLogSystem()
	}
	return k.Who
}

// As names the roles somebody had.
func (k Look) As(l text.Lang) string {
	if k.Who == "" {
		return ""
	}
	var words []string
	for code := range strings.SplitSeq(k.Actor, "+") {
		words = append(words, l.LogRole(code))
	}
	return l.And(words)
}

// Did says what somebody did, and whether it went through.
func (k Look) Did(l text.Lang) string {
	did := k.sort(l)
	if k.Outcome != "done" {
		return l.DossierLogRefused(did)
	}
	return did
}

// sort names the sections that were looked at, or the part that was changed.
func (k Look) sort(l text.Lang) string {
	if k.Action == "change" {
		part, _, _ := strings.Cut(k.What, ".")
		return l.DossierLogChanged(l.LogPart(part))
	}
	var words []string
	for section := range strings.SplitSeq(k.What, ", ") {
		words = append(words, l.LogSection(strings.ReplaceAll(section, " ", "_")))
	}
	what := l.And(words)
	switch authz.Use(k.Action) {
	case authz.Print:
		return l.DossierLogPrinted(what)
	case authz.Export:
		return l.DossierLogExported(what)
	case authz.Search:
		return l.DossierLogSearched(what)
	}
	return l.DossierLogLooked(what)
}
