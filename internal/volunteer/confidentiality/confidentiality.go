// Package confidentiality is what a volunteer promises before the start: a text of the organisation's own, of which every version is
// kept, and who signed which of them, when and before whose eyes (VOL-1). A volunteer signs on their own page, or on the coordinator's
// screen that is handed over. A signature is never changed; a new version asks for a new one.
package confidentiality

import "maatje/internal/core"

// Text is one version.
type Text struct {
	ID        core.ID
	Number    int
	Dutch     string
	English   string
	WrittenOn core.Date
	WrittenBy string // nobody for what came with the product
	Signed    int    // by how many
}

// In is the text in the reader's language.
func (x Text) In(language string) string {
	if language == "en" {
		return x.English
	}
	return x.Dutch
}

// Signature is that somebody signed a version.
type Signature struct {
	Number     int
	Name       string // as it was typed
	At         core.Instant
	By         string // who was signed in
	InPresence bool   // it was signed on the coordinator's screen
}

// Sheet is the newest text with what one volunteer signed.
type Sheet struct {
	Volunteer  core.VolunteerID
	Name       string
	Text       Text
	Signatures []Signature // the last one first
}

// Signed says that the newest text was signed.
func (s Sheet) Signed() bool {
	return len(s.Signatures) > 0 && s.Signatures[0].Number == s.Text.Number
}
