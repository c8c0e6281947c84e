package draw

import "maatje/internal/kin"

// dated is the line of a union that has years to be said beside it.
type dated struct {
	text string
	line curve
}

// bondYears are the years in which a union began, ended and went on, as far as somebody knows: "2010–2018", "2011–2015, 2016".
func (s *studio) bondYears(u kin.Union) (text string) {
	ended := false
	for _, st := range u.States {
		end := st.Kind == "separated" || st.Kind == "divorced"
		switch year := s.year(st.From); {
		case st.From.IsZero() || end && ended:
		case end:
			text += "–" + year
		case text != "":
			text += ", " + year
		default:
			text = year
		}
		ended = end
	}
	return text
}

// dates writes years beside the lines of unions, where there is room: without it, they are said by the sentences alone.
func (s *studio) dates() {
	high := yearSize * 1.25
	for _, one := range s.dated {
		if b, cost := s.room.seek(one.line, width(one.text, yearSize)+2, high); cost < nearby {
			s.room.words.put(b, b)
			s.room.cover(b)
			s.out.Words = append(s.out.Words, word{"year bond", (b.x0 + b.x1) / 2, b.y0 + high*.78, one.text})
		}
	}
}

// nearby is the price above which a place is no longer beside its line.
const nearby = 15.0
