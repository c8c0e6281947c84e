// Package genogram shows a family as a genogram and lets it be changed by whoever sits at the table with them (TOO-2): a picture,
// and beside it everything that the picture says as a table that also edits everything. Nobody needs to know how a genogram is drawn:
// somebody is tapped, and a parent, a partner, a child or a brother is added.
//
// Everything works without a script. Nothing is rewritten: each deed is a change in the family's book (package kin), and taking one
// back is a change too.
package genogram

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/genogram/told"
)

// Relatives are who can be added to somebody.
var Relatives = []string{"parent", "partner", "child", "sibling"}

// tells are the facts that can be told of somebody besides who belongs to them.
var tells = []told.Kind{told.Stay, told.Care, told.Contact, told.Tie, told.Twins, told.Detention}

func isTold(what string) bool { return slices.Contains(tells, told.Kind(what)) }

// at is the anchor of somebody in the picture, to which the reader comes back after a change.
func at(person core.ID) string { return "#p-" + person.String() }
