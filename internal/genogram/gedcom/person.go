package gedcom

import (
	"strings"

	"maatje/internal/kin"
)

// person reads a record INDI.
func (r *reader) person(p *part) {
	if r.personOf[p.xref] != nil {
		r.told.miss(p.n, SecondRecord, p.xref)
		return
	}
	n := &person{Person: kin.Person{ID: r.id(), Key: p.xref}, line: p.n}
	for _, q := range p.parts {
		r.fact(n, q)
	}
	r.lived(n, p)
	r.persons = append(r.persons, n)
	if p.xref != "" {
		r.personOf[p.xref] = n
	}
}

// fact reads one line of a person.
func (r *reader) fact(n *person, q *part) {
	switch q.tag {
	case "NAME":
		if n.Name == "" {
			n.Name = nameIn(q)
		}
	case "SEX":
		n.Sex = r.sex(q)
	case "FAMC":
		n.childs = append(n.childs, r.childIn(q))
	case "FAMS":
		if pointed(q.value) != "" {
			n.fams = append(n.fams, r.point(q))
		}
	case "ADOP":
		r.adopted(n, q)
	case "ASSO":
		if isTwin(q) && !r.ours {
			n.twins = append(n.twins, r.point(q))
		}
	case "BIRT", "CHR", "BAPM", "DEAT", "BURI", "CREM":
	default:
		if !r.ours || !r.ownFact(n, q) {
			r.told.leaveOut(q.tag)
		}
	}
}

// isTwin says that somebody who is named beside a person is their twin.
func isTwin(q *part) bool {
	role := q.first("RELA").text() + q.first("ROLE").first("PHRASE").text() //nolint:misspell // GEDCOM spells it so
	return strings.Contains(strings.ToUpper(role), "TWIN")
}

func (r *reader) sex(q *part) string {
	switch v := strings.ToUpper(q.text()); {
	case v == "", v == "U", v == "N":
	case v[0] == 'M':
		return "m"
	case v[0] == 'F':
		return "f"
	case v[0] == 'X':
		return "x"
	default:
		r.told.miss(q.n, UnknownWord, q.text())
	}
	return ""
}

// lived reads from when until when somebody lived. Who was buried has died; who was baptised was born about then.
func (r *reader) lived(n *person, p *part) {
	n.Born = r.told.dateIn(p.first("BIRT"))
	for _, tag := range []string{"CHR", "BAPM"} {
		if n.Born.IsZero() && p.has(tag) {
			n.Born = r.told.dateIn(p.first(tag))
			n.Born.About = !n.Born.IsZero()
		}
	}
	if c := p.first("BIRT").first("FAMC"); c.tag != "" {
		n.childs = r.say(n.childs, childOf{pointer: r.point(c), kind: kin.Birth})
	}
	death := p.first("DEAT")
	n.Died = r.told.dateIn(death)
	happened := p.has("DEAT") && !strings.EqualFold(death.text(), "N")
	n.Dead = n.Died.IsZero() && (happened || p.has("BURI") || p.has("CREM"))
	if strings.EqualFold(death.first("AGE").text(), "STILLBORN") && n.Life == "" {
		n.Life, n.Dead = "stillbirth", n.Died.IsZero()
	}
}

// nameIn is the name as one says it. The family name stands between strokes, or in a part of its own.
func nameIn(q *part) string {
	if name := plainName(q.text()); name != "" {
		return name
	}
	var words []string
	for _, tag := range []string{"NPFX", "GIVN", "SPFX", "SURN", "NSFX"} {
		words = append(words, q.first(tag).text())
	}
	return plainName(strings.Join(words, " "))
}

func plainName(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "/", " ")), " ")
}

// kinds are the words for the ways of being a child. Which kind of foster care it is only we say; a sealing is no parentage.
var kinds = map[string]string{
	"BIRTH": kin.Birth, "NATURAL": kin.Birth, "BIOLOGICAL": kin.Birth, "ADOPTED": "adopted", "FOSTER": "foster_agency",
	"GUARDIAN": "guardian", "VOOGD": "guardian", "SEALED": "unknown", "SEALING": "unknown", "OTHER": "unknown", "UNKNOWN": "unknown", "STEP": "unknown",
}

func (r *reader) kind(p *part) string {
	if p.text() == "" {
		return ""
	}
	if k := kinds[strings.ToUpper(p.first("PHRASE").text())]; k != "" && strings.EqualFold(p.text(), "OTHER") {
		return k
	}
	k, known := kinds[strings.ToUpper(p.text())]
	if !known {
		r.told.miss(p.n, UnknownWord, p.text())
		return "unknown"
	}
	return k
}

func (r *reader) childIn(q *part) childOf {
	c := childOf{pointer: r.point(q), kind: r.kind(q.first("PEDI"))}
	if r.ours {
		r.ownChild(&c, q)
	}
	return c
}

// adopted reads the event of an adoption: of the union it names, or of nobody knows whom.
func (r *reader) adopted(n *person, q *part) {
	c := q.first("FAMC")
	if pointed(c.value) == "" {
		return
	}
	n.childs = r.say(n.childs, childOf{pointer: r.point(c), kind: "adopted", from: r.told.dateIn(q)})
}

// say adds in which way somebody is a child of a union, or completes what an earlier line said of it.
func (r *reader) say(all []childOf, c childOf) []childOf {
	for i := range all {
		if all[i].to == c.to && (all[i].kind == "" || all[i].kind == c.kind) {
			all[i].kind = c.kind
			if all[i].from.IsZero() {
				all[i].from = c.from
			}
			return all
		}
	}
	return append(all, c)
}
