package gedcom

import (
	"strings"

	"maatje/internal/kin"
)

// union reads a record FAM.
func (r *reader) union(p *part) {
	if r.unionOf[p.xref] != nil {
		r.told.miss(p.n, SecondRecord, p.xref)
		return
	}
	n := &union{Union: kin.Union{Key: p.xref}, line: p.n}
	for _, q := range p.parts {
		switch q.tag {
		case "HUSB", "WIFE", tagPartner:
			if pointed(q.value) != "" {
				n.partners = append(n.partners, r.point(q))
			}
		case "CHIL":
			n.children = append(n.children, childOf{pointer: r.point(q), kind: r.bothSay(q)})
		default:
			if r.state(q).Kind == "" {
				r.told.leaveOut(q.tag)
			}
		}
	}
	n.States = r.states(p)
	r.unions = append(r.unions, n)
	if p.xref != "" {
		r.unionOf[p.xref] = n
	}
}

// bothSay is what some programs write beside a child: how it is a child of the father, and how of the mother.
func (r *reader) bothSay(q *part) string {
	father, mother := r.kind(q.first("_FREL")), r.kind(q.first("_MREL"))
	if father == mother || mother == "" {
		return father
	}
	if father == "" || father == "unknown" {
		return mother
	}
	if mother == "unknown" {
		return father
	}
	return kin.Birth
}

// states reads what a union was, in the order of days; an undated end comes after every beginning. What we wrote ourselves stands
// in the right order.
func (r *reader) states(p *part) []kin.State {
	var begin, end []kin.State
	for _, q := range p.parts {
		s := r.state(q)
		switch {
		case s.Kind == "":
		case !r.ours && (s.Kind == "divorced" || s.Kind == "separated"):
			end = append(end, r.since(s, q))
		default:
			begin = append(begin, r.since(s, q))
		}
	}
	all := append(begin, end...)
	if !r.ours {
		inOrder(all)
	}
	return all
}

func (r *reader) since(s kin.State, q *part) kin.State {
	s.From = r.told.dateIn(q)
	return s
}

// inOrder moves a dated state before those with a later day; undated ones stay where they are.
func inOrder(all []kin.State) {
	for i := range all {
		for j := i; j > 0 && !all[j].From.IsZero() && !all[j-1].From.IsZero() && all[j].From.Compare(all[j-1].From) < 0; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
}

// stateWords are parts of what people write as the type of an event.
var stateWords = []struct{ word, kind string }{
	{"SEPARAT", "separated"}, {"GESCHEIDEN VAN TAFEL", "separated"}, {"UIT ELKAAR", "separated"}, {"DIVORC", "divorced"},
	{"REUNIT", "reunited"}, {"AFFAIR", "affair"}, {"COMMON LAW", "together"}, {"TOGETHER", "together"}, {"COHABIT", "together"},
	{"PARTNERS", "together"}, {"UNMARRIED", "together"}, {"SAMENWON", "together"}, {"UNKNOWN", ""},
}

// state is what an event makes of a union, or one without a kind.
func (r *reader) state(q *part) kin.State {
	if v := q.text(); strings.EqualFold(v, "N") {
		return kin.State{}
	}
	kind := ""
	switch q.tag {
	case "MARR":
		kind = "married"
	case "ENGA":
		kind = "together"
	case "DIV", "ANUL":
		kind = "divorced"
	case "DIVF", "_SEPR", "_SEP":
		kind = "separated"
	case "EVEN":
	default:
		return kin.State{}
	}
	if t := strings.ToUpper(q.first("TYPE").text()); q.tag == "EVEN" || q.tag == "MARR" {
		for _, s := range stateWords {
			if strings.Contains(t, s.word) && s.kind != "" {
				return kin.State{Kind: s.kind}
			}
		}
	}
	return kin.State{Kind: kind}
}
