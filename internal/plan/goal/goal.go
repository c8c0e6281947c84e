// Package goal keeps the goals of a family and how the family itself says they stand (TOO-5). Each goal has five sentences in
// the family's own words, from less than at the start to more than was hoped; whoever rates it chooses one. It is no score of
// people: goals are not added up, within a family or across families.
package goal

import "maatje/internal/core"

// Levels are the five steps, from the least to the most.
const (
	Least  = -2
	Most   = 2
	levels = Most - Least + 1
)

// Codes name the five sentences, from the least to the most; what is offered for each stands in the catalogue.
var Codes = []string{"least", "less", "hoped", "more", "most"}

// Goal is what the family wants to reach, as it is now and as it was.
type Goal struct {
	ID      core.ID
	Version int // of the newest change
	Content
	Changes []Change // the first one made the goal
	Ratings []Rating // in the order of their days
}

// Content is what can be changed of a goal, with the reason.
type Content struct {
	Person  core.PersonID  `json:"person,omitempty"` // whose goal it is; zero: of the family together
	Text    string         `json:"text"`
	Lines   [levels]string `json:"lines"`
	Stopped bool           `json:"stopped,omitempty"` // it is no goal any more
	Why     string         `json:"why,omitempty"`     // it was changed
}

// Change is a goal as it was from a moment on.
type Change struct {
	Content
	Seq int
	At  core.Instant

	row, goal core.ID
	sealed    []byte
}

// Rating is how it stands with a goal on a day, by whom of the family.
type Rating struct {
	ID    core.ID
	Goal  core.ID
	On    core.Date
	Score int           // Least to Most
	By    core.PersonID // zero: the family together
	Words string

	at     core.Instant
	sealed []byte
}

// Line is the sentence of a score.
func (c Content) Line(score int) string {
	if score < Least || score > Most {
		return ""
	}
	return c.Lines[score-Least]
}

// Said is the sentence that a rating chose: that of the goal as it was when it was rated. Changed sentences do not change what was
// said before.
func (g Goal) Said(r Rating) string {
	then := g.Content
	for _, c := range g.Changes {
		if !c.At.After(r.at) {
			then = c.Content
		}
	}
	return then.Line(r.Score)
}

// Last is the newest rating.
func (g Goal) Last() (Rating, bool) {
	if len(g.Ratings) == 0 {
		return Rating{}, false
	}
	return g.Ratings[len(g.Ratings)-1], true
}
