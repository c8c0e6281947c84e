package kin

import (
	"slices"

	"maatje/internal/core"
	"maatje/internal/db"
)

// Arrange says how the people of a family stand in the picture, starting from how they stood last. Nil keeps no arrangement.
type Arrange func(f Family, last []byte) []byte

// Record writes down what somebody told in a tool who had seen the book up to the change seen. What somebody else changed since
// is not overwritten; what is told twice, as by a double tap, is told once.
func Record(t *db.Tx, d core.DossierID, tool string, seen int, c Change) (Book, error) {
	return Arrange(nil).Record(t, d, tool, seen, c)
}

// Undo takes back one change, if nothing after it touched the same.
func Undo(t *db.Tx, d core.DossierID, tool string, seq int) (Book, error) {
	return Arrange(nil).Undo(t, d, tool, seq)
}

// Record is Record that also keeps where the people stand in the picture.
func (a Arrange) Record(t *db.Tx, d core.DossierID, tool string, seen int, c Change) (Book, error) {
	b, err := Load(t, d)
	if err != nil {
		return b, err
	}
	if c, err = c.kept(); err != nil || !b.does(c) {
		return b, err
	}
	if slices.ContainsFunc(c.touched(), func(id core.ID) bool { return b.Version(id) > seen }) {
		return b, core.Conflict("kin_changed")
	}
	c.Undoes = 0
	return a.write(t, b, tool, c)
}

// Undo is Undo that also keeps where the people stand in the picture.
func (a Arrange) Undo(t *db.Tx, d core.DossierID, tool string, seq int) (Book, error) {
	b, err := Load(t, d)
	if err != nil {
		return b, err
	}
	c, err := Back(b, seq)
	if err != nil || !b.does(c) {
		return b, err
	}
	return a.write(t, b, tool, c)
}

// write puts the change at the end of the book.
func (a Arrange) write(t *db.Tx, b Book, tool string, c Change) (Book, error) {
	if len(b.Changes) >= MostChanges {
		return b, core.Refuse("TOO-2", "kin_full", MostChanges)
	}
	c.Seq, c.At, c.By, c.Tool = b.Seq+1, t.Now(), t.Actor().Name(), tool
	after := b.and(c)
	if err := Check(after.Family, t.Today()); err != nil {
		return b, err
	}
	if a != nil {
		after.Drawing = a(after.Family, b.Drawing)
	}
	return after, write(t, after, c)
}
