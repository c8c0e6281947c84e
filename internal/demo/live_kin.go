package demo

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	"maatje/internal/kin"
	"maatje/internal/tool"
)

var xTold = dress("told", `UPDATE kin_change SET at = :at WHERE dossier_id = :dossier AND seq = :seq`,
	db.Probe{"at": "2026-01-01T00:00:00.000Z", "dossier": db.Theirs("dossier"), "seq": 1})

// pictured is a family whose people are being told, change by change, in the genogram and around it.
type pictured struct {
	scene
	teller authz.Actor
	file   dossier.File
	today  core.Date
	ids    map[string]core.ID // by the word under which the story below knows somebody or something
	seq    int
}

// chapter is what was told on one day.
type chapter struct {
	ago  int // days
	tool string
	did  string
	put  kin.Family
}

// pictures lets the families tell who belongs to them: a second marriage and two homes, a foster family, and who helps. In every
// one of them something changes with time, so that two days beside each other show what (TOO-2, TOO-3, TOO-4).
func (c scene) pictures(ctx context.Context) error {
	for _, f := range []struct {
		family int
		story  func(*pictured) []chapter
	}{{1, rubens}, {4, joops}, {5, fosters}, {14, wouters}} {
		p, err := c.picture(ctx, f.family)
		if err != nil {
			return err
		}
		for _, ch := range f.story(p) {
			if err := p.tell(ctx, ch); err != nil {
				return err
			}
		}
	}
	return nil
}

// picture opens the file of a family for whoever tells: its volunteer, if a visitor can be that volunteer, or else its coordinator.
func (c scene) picture(ctx context.Context, family int) (*pictured, error) {
	f, err := c.file(ctx, family)
	teller := c.whose(family)
	if family < 8 {
		teller = c.as(cast[family%4].name)
	}
	return &pictured{scene: c, teller: teller, file: f, today: c.db.Now().Date(), ids: map[string]core.ID{}}, err
}

func (p *pictured) tell(ctx context.Context, ch chapter) error {
	err := p.db.Write(ctx, p.teller, func(t *db.Tx) error {
		book, err := kin.Record(t, p.file.ID, ch.tool, p.seq, kin.Change{Did: ch.did, About: p.id("one"), Put: ch.put})
		if err != nil {
			return err
		}
		p.seq = book.Seq
		return tool.Used(t, p.file.ID, ch.tool)
	})
	if err != nil {
		return err
	}
	return p.db.Write(ctx, system, func(t *db.Tx) error {
		return db.Do(t, xTold, db.Args{"at": p.day(-ch.ago), "dossier": p.file.ID, "seq": p.seq})
	})
}

// id is the identifier of somebody or something, made when it is first spoken of.
func (p *pictured) id(word string) core.ID {
	if p.ids[word].IsZero() {
		p.ids[word] = core.NewID[core.ID](p.db.Now())
	}
	return p.ids[word]
}

func (p *pictured) all(words ...string) []core.ID {
	var ids []core.ID
	for _, w := range words {
		ids = append(ids, p.id(w))
	}
	return ids
}

// years is the year so long ago; ago is the day.
func (p *pictured) years(n int) kin.When  { return kin.When{Year: int16(p.today.Year() - n)} }
func (p *pictured) ago(days int) kin.When { return kin.On(p.today.AddDays(-days)) }

// somebody is a person of whom the file knows nothing.
func (p *pictured) somebody(word, name, sex string, age int) kin.Person {
	return kin.Person{ID: p.id(word), Name: name, Sex: sex, Born: p.years(age)}
}

// around is somebody who is no family.
func (p *pictured) around(word, name, beyond, is string) kin.Person {
	return kin.Person{ID: p.id(word), Name: name, Beyond: beyond, Is: is}
}

// children are those of the file, the oldest first: "one", "two" and "three".
func (p *pictured) children() (out []kin.Person) {
	for _, f := range p.file.People {
		if f.IsChild {
			out = append(out, kin.Person{Name: f.Name, Sex: f.Sex, Born: kin.On(f.Birth), File: f.ID})
		}
	}
	slices.SortStableFunc(out, func(a, b kin.Person) int { return a.Born.Compare(b.Born) })
	for i := range out {
		out[i].ID = p.id(nth[i])
	}
	return out
}

var nth = []string{"one", "two", "three"}

// inFile is the parent or the caregiver of the file.
func (p *pictured) inFile(word string, is func(dossier.Person) bool, as kin.Person) kin.Person {
	f := p.file.People[slices.IndexFunc(p.file.People, is)]
	as.ID, as.File, as.Name, as.Sex = p.id(word), f.ID, cmp.Or(as.Name, f.Name), cmp.Or(f.Sex, as.Sex)
	return as
}

func isParent(f dossier.Person) bool { return f.IsParent }

func (p *pictured) parent(age int) kin.Person {
	return p.inFile("parent", isParent, kin.Person{Born: p.years(age)})
}

// surname is that of the parent.
func (p *pictured) surname() string {
	_, name, _ := strings.Cut(p.file.People[slices.IndexFunc(p.file.People, isParent)].Name, " ")
	return name
}

func (p *pictured) caregiver(name, sex string, age int) kin.Person {
	return p.inFile("carer", func(f dossier.Person) bool { return f.IsCaregiver }, kin.Person{Name: name, Sex: sex, Born: p.years(age)})
}

func (p *pictured) union(word string, partners []string, states ...kin.State) kin.Union {
	return kin.Union{ID: p.id(word), Partners: p.all(partners...), States: states}
}

func (p *pictured) child(union, kind, word string, from, until kin.When) kin.Link {
	return kin.Link{ID: p.id(kind + union + word), Child: p.id(word), Union: p.id(union), Kind: kind, From: from, Until: until}
}

// born are the children of a union.
func (p *pictured) born(union string, words ...string) (out []kin.Link) {
	for _, w := range words {
		out = append(out, p.child(union, kin.Birth, w, kin.When{}, kin.When{}))
	}
	return out
}

// inside is the detention of the file.
func (p *pictured) inside() []kin.Detention {
	d := p.file.Detentions[0]
	return []kin.Detention{{ID: p.id("inside"), Person: p.id("parent"), From: kin.On(d.From), File: d.ID}}
}

func (p *pictured) home(word, name string) kin.Household {
	h := kin.Household{ID: p.id(word), Name: name}
	if word == "home" && len(p.file.Households) > 0 {
		h.File = p.file.Households[0].ID
	}
	return h
}

func (p *pictured) stays(home string, from kin.When, words ...string) (out []kin.Stay) {
	for _, w := range words {
		out = append(out, kin.Stay{ID: p.id(home + w), Household: p.id(home), Person: p.id(w), From: from})
	}
	return out
}

func (p *pictured) tie(a, b, kind, saidBy string, from, until kin.When) kin.Tie {
	return kin.Tie{ID: p.id(a + kind + b), A: p.id(a), B: p.id(b), Kind: kind, SaidBy: saidBy, From: from, Until: until}
}

func (p *pictured) contact(child, how, often string, from, until kin.When) kin.Contact {
	return kin.Contact{ID: p.id(child + how), Child: p.id(child), Parent: p.id("parent"), How: how, Often: often, From: from, Until: until}
}

// near is where somebody stands around the caregiver, and what they give.
func (p *pictured) near(word string, ring int, gives ...string) kin.Place {
	return kin.Place{ID: p.id("near" + word), Centre: p.id("carer"), Person: p.id(word), Ring: ring, Gives: gives}
}
