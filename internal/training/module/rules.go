package module

import (
	"slices"
	"strings"

	"maatje/internal/core"
)

const (
	mostPages   = 60
	mostAnswers = 4
)

// CheckPage says what is wrong with a page as somebody typed it (VOL-4). Dutch is what everybody gets; English may lack.
func CheckPage(p Page, pictures []string) error {
	var fails []*core.Fail
	add := func(is bool, field, message string) {
		if is {
			fails = append(fails, core.Invalid(field, message))
		}
	}
	blank := func(s Said) bool { return strings.TrimSpace(s.NL) == "" }
	add(!slices.Contains([]string{Text, Picture, Question, Dilemma}, p.Kind), "kind", "module_kind")
	add(blank(p.Title), "title_nl", "module_title")
	add(blank(p.Text), "text_nl", "module_text")
	add(p.Kind == Picture && p.Picture == "" || p.Picture != "" && !slices.Contains(pictures, p.Picture), "picture", "module_picture")
	add(p.Kind == Dilemma && blank(p.After), "after_nl", "module_after")
	if p.Kind == Question {
		add(len(p.Answers) < 2 || len(p.Answers) > mostAnswers, "a1_nl", "module_answers")
		add(slices.ContainsFunc(p.Answers, func(a Answer) bool { return blank(a.Text) || blank(a.Why) }), "a1_nl", "module_answer_why")
		add(!slices.ContainsFunc(p.Answers, func(a Answer) bool { return a.Good }), "good", "module_good")
	}
	return core.Join(fails...)
}

// MayPublish says whether a module can be read: it has pages, and each is whole (VOL-4).
func MayPublish(m Module, pictures []string) error {
	if len(m.Pages) == 0 {
		return core.Refuse("VOL-4", "module_empty")
	}
	for i, p := range m.Pages {
		if CheckPage(p, pictures) != nil {
			return core.Refuse("VOL-4", "module_page_unfinished", i+1)
		}
	}
	return nil
}

// Put puts a page in the place of the one at a number from 1, or behind the last.
func Put(pages []Page, at int, p Page) ([]Page, error) {
	out := slices.Clone(pages)
	switch {
	case at >= 1 && at <= len(out):
		out[at-1] = p
	case len(out) >= mostPages:
		return nil, core.Refuse("VOL-4", "module_full", mostPages)
	default:
		out = append(out, p)
	}
	return out, nil
}

// Move puts the page at a number from 1 one place up or down; at the end it stays where it is.
func Move(pages []Page, at int, down bool) []Page {
	out, to := slices.Clone(pages), at-1
	if down {
		to = at + 1
	}
	if at >= 1 && at <= len(out) && to >= 1 && to <= len(out) {
		out[at-1], out[to-1] = out[to-1], out[at-1]
	}
	return out
}

// Remove takes the page at a number from 1 out.
func Remove(pages []Page, at int) []Page {
	if at < 1 || at > len(pages) {
		return pages
	}
	return slices.Delete(slices.Clone(pages), at-1, at)
}

// CheckAnswer says whether what somebody answered to a page is an answer to it. There is no wrong one.
func CheckAnswer(p Page, said string) error {
	switch p.Kind {
	case Question:
		if choice(p, said) < 0 {
			return core.Invalid("answer", "module_choose")
		}
	case Dilemma:
		if strings.TrimSpace(said) == "" {
			return core.Invalid("answer", "module_own_words")
		}
	}
	return nil
}

// choice is the place of the chosen answer, or -1.
func choice(p Page, said string) int {
	if len(said) != 1 || said[0] < '1' || int(said[0]-'1') >= len(p.Answers) {
		return -1
	}
	return int(said[0] - '1')
}

// On is where somebody comes who goes on from a page: the next one, or the end. She goes on from pages that she reached, and
// answers what they ask (VOL-4).
func On(r Reading, from int) (next int, end bool, err error) {
	switch {
	case from < 1 || from > r.Page || from > len(r.Pages):
		return 0, false, core.Conflict("module_changed")
	case r.Pages[from-1].Asks() && r.Answers[from] == "":
		return 0, false, core.Refuse("VOL-4", "module_answer_first")
	case from == len(r.Pages):
		return from, true, nil
	}
	return from + 1, false, nil
}

// Block is a paragraph, or a list of lines.
type Block struct {
	List  bool
	Lines []string
}

// Blocks cuts a plain text into paragraphs and lists: an empty line ends a paragraph, lines that begin with "- " are a list.
func Blocks(words string) (out []Block) {
	begin := true
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		item, list := strings.CutPrefix(line, "- ")
		switch {
		case line == "":
			begin = true
			continue
		case begin || out[len(out)-1].List != list:
			out = append(out, Block{List: list})
		}
		out[len(out)-1].Lines = append(out[len(out)-1].Lines, item)
		begin = false
	}
	return out
}
