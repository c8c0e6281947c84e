package demo

import (
	"slices"
	"strings"

	"maatje/internal/kin"
	"maatje/internal/tool"
)

var open kin.When // nobody knows, or it lasts

// state is what a union was, from when.
func state(kind string, from kin.When) kin.State { return kin.State{Kind: kind, From: from} }

// names are those of one story of a second marriage.
type names struct{ grandfather, grandmother, first, second, third, half, uncle string }

// rubens is a family with a second marriage and two homes, told to the volunteer.
func rubens(p *pictured) []chapter {
	return append(remarried(p, names{"Henk", "Riet", "Ruben Kok", "Sjoerd Blom", "Inge Vermeer", "Pim Kok", "Danny"}, 33, 19, 5), p.helped(17, 4)...)
}

// wouters is such a family, whose support has run for months.
func wouters(p *pictured) []chapter {
	return append(remarried(p, names{"Gerrit", "Truus", "Wouter Prins", "Samir Haddad", "Lieke de Boer", "Mees Prins", "Jeroen"}, 215, 140, 60), p.helped(120, 14)...)
}

// remarried tells of a parent with children of two partners, whose first partner has a new family too. The oldest child moves between
// two homes in the end. It is told on three days.
func remarried(p *pictured, n names, first, second, third int) []chapter {
	kids := p.children()
	older := p.today.Year() - int(kids[0].Born.Year)
	surname := p.surname()
	who := append(kids, p.parent(older+22), p.caregiver(strings.TrimSpace(n.grandmother+" "+surname), "f", older+49),
		p.somebody("grandfather", n.grandfather+" "+surname, "m", older+51), p.somebody("uncle", n.uncle+" "+surname, "m", older+19),
		p.somebody("first", n.first, "m", older+25), p.somebody("second", n.second, "m", older+20))
	var younger []string
	for i := range kids[1:] {
		younger = append(younger, nth[i+1])
	}
	since := kin.On(p.file.Detentions[0].From)
	unions := []kin.Union{
		p.union("old", []string{"grandfather", "carer"}, state("married", p.years(older+26))),
		p.union("was", []string{"first", "parent"}, state("married", p.years(older+1)), state("divorced", p.years(older-2))),
		p.union("then", []string{"parent", "second"}, state("together", p.years(older-2)), state("separated", p.ago(first+300))),
	}
	links := slices.Concat(p.born("old", "parent", "uncle"), p.born("was", "one"), p.born("then", younger...))
	told := []chapter{{first, tool.Genogram, "changed", kin.Family{
		Index: p.all("one"), Persons: who, Unions: unions, Links: links, Detentions: p.inside(),
		Households: []kin.Household{p.home("home", "Bij oma")},
		Stays:      p.stays("home", since, append([]string{"carer", "grandfather", "one"}, younger...)...),
	}}}
	return append(told, p.closer(n, second, third, younger)...)
}

// closer is what came to light later: how people are with each other, the father's new family, and the second home.
func (p *pictured) closer(n names, second, third int, younger []string) []chapter {
	since := kin.On(p.file.Detentions[0].From)
	cares := []kin.Care{{ID: p.id("care1"), Carer: p.id("carer"), Child: p.id("one"), From: since}}
	contacts := []kin.Contact{p.contact("one", "phone", "weekly", since, open)}
	for _, w := range younger {
		cares = append(cares, kin.Care{ID: p.id("care" + w), Carer: p.id("carer"), Child: p.id(w), From: since})
		contacts = append(contacts, p.contact(w, "visit", "fortnightly", since, open))
	}
	talked := kin.Family{
		Cares: cares, Contacts: contacts,
		Ties: []kin.Tie{
			p.tie("one", "parent", "discord", "het kind zelf", open, open), p.tie("carer", "parent", "close", "oma", open, open),
			p.tie("grandfather", "second", "cut_off", "opa", open, open), p.tie("one", "uncle", "best_friends", "het kind zelf", open, open),
		},
	}
	moved := kin.Family{
		Persons: []kin.Person{p.somebody("third", n.third, "f", 34), p.somebody("half", n.half, "m", 3)},
		Unions:  []kin.Union{p.union("new", []string{"first", "third"}, state("married", p.years(5)))}, Links: p.born("new", "half"),
		Households: []kin.Household{p.home("weekend", "Bij papa, in het weekend")}, Stays: p.stays("weekend", p.ago(third), "first", "third", "half", "one"),
		Contacts: []kin.Contact{p.contact("one", "phone", "weekly", since, p.ago(third+1)), p.contact("one", "visit", "monthly", p.ago(third), open)},
		Ties: []kin.Tie{
			p.tie("one", "parent", "discord", "het kind zelf", open, p.ago(third+1)), p.tie("one", "parent", "repaired", "het kind zelf", p.ago(third), open),
			p.tie("one", "first", "close", "het kind zelf", p.ago(third), open),
		},
	}
	return []chapter{{second, tool.Genogram, "changed", talked}, {third, tool.Genogram, "changed", moved}}
}

// fosters is a family whose mother has died and whose father is inside: first with an aunt, then in a foster family.
func fosters(p *pictured) []chapter {
	kids := p.children()
	all := nth[:len(kids)]
	surname := p.surname()
	dead := p.somebody("mother", "Denise Wolters", "f", 37)
	dead.Died = p.years(3)
	before, moved := p.ago(600), p.ago(330)
	who := append(kids, p.parent(39), dead, p.somebody("aunt", "Latifa "+surname, "f", 42), p.somebody("grandma", "Oma "+surname, "f", 66),
		p.caregiver("", "f", 47), p.somebody("fosterer", "Arjan Hoving", "m", 49))
	var links []kin.Link
	var cares []kin.Care
	for _, w := range all {
		links = append(links, p.child("couple", kin.Birth, w, open, open), p.child("kept", "foster_network", w, before, moved), p.child("now", "foster_agency", w, moved, open))
		cares = append(cares, kin.Care{ID: p.id("care" + w), Carer: p.id("carer"), Child: p.id(w), From: moved})
	}
	begun := kin.Family{
		Index: p.all("one"), Persons: who, Links: append(links, p.born("grand", "parent", "aunt")...), Detentions: p.inside(), Cares: cares,
		Unions: []kin.Union{
			p.union("couple", []string{"parent", "mother"}, state("married", p.years(12))), p.union("kept", []string{"aunt"}),
			p.union("now", []string{"carer", "fosterer"}, state("married", p.years(20))), p.union("grand", []string{"grandma"}),
		},
		Households: []kin.Household{p.home("home", "Pleeggezin"), p.home("aunts", "Bij tante")},
		Stays:      slices.Concat(p.stays("home", moved, append([]string{"carer", "fosterer"}, all...)...), p.stays("aunts", open, "aunt", "grandma")),
	}
	met := kin.Family{
		Contacts: []kin.Contact{p.contact("one", "none", "", moved, p.ago(41)), p.contact("one", "supervised", "monthly", p.ago(40), open)},
		Ties: []kin.Tie{
			p.tie("one", "parent", "distant", "de pleegmoeder", moved, p.ago(41)), p.tie("one", "parent", "close", "het kind zelf", p.ago(40), open),
			p.tie("aunt", "carer", "discord", "de tante", open, p.ago(9)), p.tie("carer", "aunt", "repaired", "de pleegmoeder", p.ago(8), open),
		},
	}
	return []chapter{{68, tool.Genogram, "changed", begun}, {40, tool.Genogram, "changed", met}, {8, tool.Genogram, "changed", kin.Family{
		Stays: []kin.Stay{{ID: p.id("weekends"), Household: p.id("aunts"), Person: p.id("one"), From: p.ago(8)}},
	}}}
}

// joops is a small family around a grandfather.
func joops(p *pictured) []chapter {
	kids := p.children()
	all := nth[:len(kids)]
	baby := kin.Person{ID: p.id("baby"), Life: "pregnancy", Born: kin.On(p.today.AddMonths(3))}
	who := append(kids, p.parent(31), p.caregiver("", "m", 64), p.somebody("partner", "Kees Brand", "m", 33))
	told := []chapter{{58, tool.Genogram, "changed", kin.Family{
		Index: p.all("one"), Persons: who, Detentions: p.inside(), Links: slices.Concat(p.born("old", "parent"), p.born("then", all...)),
		Unions:     []kin.Union{p.union("old", []string{"carer"}), p.union("then", []string{"parent", "partner"}, state("together", p.years(10)))},
		Households: []kin.Household{p.home("home", "Bij opa")}, Stays: p.stays("home", kin.On(p.file.Detentions[0].From), append([]string{"carer"}, all...)...),
	}}, {6, tool.Genogram, "changed", kin.Family{Persons: []kin.Person{baby}, Links: p.born("then", "baby")}}}
	return slices.Insert(told, 1, p.helped(40, 9)...)
}

// helped is who stands around the caregiver, told on two days: a neighbour comes nearer, a professional goes, and somebody new is there.
func (p *pictured) helped(first, second int) []chapter {
	own := p.near("carer", 0)
	own.Tasks = []string{"Op woensdag ophalen van school", "Samen de post doen"}
	annie := p.near("annie", 2, "practical")
	begun := kin.Family{
		Persons: []kin.Person{
			p.around("annie", "Annie", "neighbourhood", "buurvrouw van nummer 12"), p.around("ellen", "Juf Ellen", "neighbourhood", "de juf"),
			p.around("greet", "Greet", "friends", "vriendin van vroeger"), p.around("sanne", "Sanne", "professionals", "van het wijkteam"),
			p.around("mo", "Mo", "friends", "trainer van voetbal"),
		},
		Places: []kin.Place{
			own, p.near("one", 1, "company"), p.near("parent", 2, "emotional"), annie, p.near("ellen", 3, "advice"), p.near("greet", 2, "company", "emotional"),
			p.near("sanne", 2, "advice", "practical"), p.near("mo", 3),
		},
		Ties: []kin.Tie{p.tie("annie", "greet", kin.Acquainted, "", open, open), p.tie("ellen", "sanne", kin.Acquainted, "", open, open)},
	}
	annie.Ring, annie.Gives, annie.Could, annie.Tasks = 1, []string{"practical", "company"}, []string{"practical"}, own.Tasks[:1]
	mo := p.near("mo", 2, "company")
	mo.Could = []string{"company"}
	later := kin.Family{
		Persons: []kin.Person{p.around("tess", "Moeder van Tess", "neighbourhood", "van het schoolplein")},
		Places:  []kin.Place{annie, mo, p.near("sanne", 4, "advice"), p.near("tess", 2, "practical")},
		Ties:    []kin.Tie{p.tie("annie", "tess", "close", "", p.ago(second), open), p.tie("annie", "mo", kin.Acquainted, "", p.ago(second), open)},
	}
	return []chapter{{first, tool.NetworkMap, "network_placed", begun}, {second, tool.NetworkMap, "network_placed", later}, {second, tool.Sociogram, "network_tied", kin.Family{
		Ties: []kin.Tie{p.tie("ellen", "tess", kin.Acquainted, "", open, open)},
	}}}
}
