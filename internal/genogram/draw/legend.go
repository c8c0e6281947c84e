package draw

import (
	"slices"
	"strings"

	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// sample is a sign of the legend: drawn in a box of 44 by 28, with its word.
type sample struct {
	Marks []mark
	Word  string
	X, Y  float64 // where it stands in a file of its own
}

const (
	sampleWide = 44.0
	sampleHigh = 28.0
)

// legend explains the signs that occur in the picture, and no others.
func (s *studio) legend() (out []sample) {
	for _, code := range signs() {
		if s.signs[code] {
			out = append(out, sample{Marks: explain(code), Word: s.signed(code)})
		}
	}
	return out
}

// signs are all signs in the order of the legend: people, what is with them, unions, children, ties.
func signs() (out []string) {
	var unions, people []string
	for _, code := range text.DrawingSignCodes() {
		if strings.HasPrefix(code, "state_") {
			unions = append(unions, code)
		} else {
			people = append(people, code)
		}
	}
	prefixed := func(prefix string, codes []string) {
		for _, code := range codes {
			out = append(out, prefix+code)
		}
	}
	out = people
	prefixed("life_", kin.Lives)
	prefixed("state_", kin.States)
	out = append(out, unions...)
	prefixed("link_", kin.Links)
	prefixed("tie_", kin.Ties)
	return out
}

// signed is the word of a sign.
func (s *studio) signed(code string) string {
	kind, of, _ := strings.Cut(code, "_")
	switch {
	case kind == "life":
		return s.l.KinLife(of)
	case kind == "state" && of != "unsaid":
		return s.l.KinState(of)
	case kind == "link":
		return s.l.KinLink(of)
	case kind == "tie":
		return s.l.KinTie(of)
	}
	return s.l.DrawingSign(code)
}

// explain draws one sign.
func explain(code string) []mark {
	at := point{sampleWide / 2, sampleHigh / 2}
	line := curve{point{2, at.y}, point{sampleWide - 2, at.y}}
	switch code {
	case "sex_f":
		return []mark{{"sign", circle(at, 10)}}
	case "sex_m":
		return []mark{{"sign", square(at, 10)}}
	case "sex_x":
		return []mark{{"sign", dome(at, 10)}}
	case "sex_unknown":
		return []mark{{"sign", diamond(at, 11)}}
	case "index":
		return []mark{{"sign", circle(at, 11)}, {"sign inner", circle(at, 8)}}
	case "dead":
		return []mark{{"sign", square(at, 10)}, {"cross", cross(at, 10)}}
	case "life_pregnancy":
		return []mark{{"sign", triangle(at, 11)}}
	case "life_miscarriage":
		return []mark{{"sign full", circle(at, 5)}}
	case "life_stillbirth":
		return []mark{{"sign", square(at, 7)}, {"cross", cross(at, 7)}}
	case "inside":
		return insideMark(at)
	case "household":
		return []mark{{"home", rounded([]point{{3, 3}, {41, 3}, {41, 25}, {3, 25}}, 8)}}
	case "care":
		return []mark{{"care", path(line...)}, arrow("care", line, 9)}
	case "contact":
		return []mark{{"contact", path(line...)}}
	case "twins", "identical":
		return twinSample(code == "identical")
	}
	return explainLine(code, at, line)
}

func twinSample(identical bool) []mark {
	top, left, right := point{22, 3}, point{10, 26}, point{34, 26}
	marks := []mark{{"link birth", path(left, top, right)}}
	if identical {
		marks = append(marks, mark{"link birth", path(top.mix(left, .5), top.mix(right, .5))})
	}
	return marks
}

// explainLine draws the line of a union, of a child or of a tie.
func explainLine(code string, at point, line curve) []mark {
	for _, state := range append(slices.Clone(kin.States), "unsaid") {
		if code == "state_"+state {
			marks := []mark{{"bond " + baseOf(kin.Union{States: []kin.State{{Kind: state}}}), path(line...)}}
			if slashesOf[state] != "" {
				marks = append(marks, mark{"slash", slash(slashesOf[state], at)})
			}
			return marks
		}
	}
	for _, kind := range kin.Ties {
		if code == "tie_"+kind {
			return tieMarks(kind, line)
		}
	}
	kind := code[len("link_"):]
	if kind == "adopted" {
		return []mark{{"link birth", path(line.parallel(-2)...)}, {"link dashed", path(line.parallel(2)...)}}
	}
	return []mark{{"link " + kind, path(line...)}}
}

// spread sets the legend of a file in columns below the picture, and gives the room it takes. The letters grow with a wide
// picture, since it is shown smaller.
func spread(d *drawing) {
	widest := 0.0
	for _, s := range d.Legend {
		widest = max(widest, sampleWide+10+width(s.Word, nameSize)+18)
	}
	d.Box.x1 = max(d.Box.x1, d.Box.x0+min(3, float64(len(d.Legend)+5)/6)*widest+2*edge)
	columns := max(int((d.Box.wide()-2*edge)/max(widest, 1)), 1)
	rows := (len(d.Legend) + columns - 1) / columns
	for i := range d.Legend {
		d.Legend[i].X = d.Box.x0 + edge + float64(i/max(rows, 1))*widest
		d.Legend[i].Y = d.Box.y1 + 8 + float64(i%max(rows, 1))*(sampleHigh+4)
	}
	if rows > 0 {
		d.Box.y1 += 8 + float64(rows)*(sampleHigh+4) + edge
	}
}
