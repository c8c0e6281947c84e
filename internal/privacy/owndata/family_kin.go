package owndata

import (
	"slices"
	"strconv"
	"strings"

	"maatje/internal/core"
	"maatje/internal/dossier"
	"maatje/internal/kin"
	"maatje/internal/web/text"
)

// kin is what the family's pictures say of the person: whose child, parent and partner they are, where they live, how they are in touch,
// and their own network. What is between two people, and where they stand in the network of another, is of both and stays out.
func (f *file) kin(out *Archive) {
	book := read(f.opener, kin.Load)
	fam := book.Family
	if f.unaware {
		fam = read(f.opener, kin.SecretsOf).ForChild(fam, dossier.NotAsked)
	}
	k := pictured{file: f, fam: fam, names: map[core.ID]string{}}
	for _, p := range fam.Persons {
		k.names[p.ID] = p.Name
		if p.File == f.who.ID {
			k.me = p.ID
		}
	}
	if k.me != 0 {
		out.add("kin", slices.Concat(k.self(), k.bonds(), k.homes(), k.contacts(), k.network())...)
	}
}

// pictured is somebody in the pictures of the family.
type pictured struct {
	*file
	fam   kin.Family
	me    core.ID
	names map[core.ID]string
}

// when is a day as exact as it is known.
func when(l text.Lang, key string, w kin.When) Fact {
	shown := strconv.Itoa(int(w.Year))
	switch {
	case w.IsZero():
		return Fact{Key: key}
	case w.Day > 0:
		shown = l.Date(w.First())
	case w.Month > 0:
		shown = l.Month(strconv.Itoa(int(w.Month))) + " " + shown
	}
	if w.About {
		shown = l.DrawingAbout(shown)
	}
	return Fact{key, w.String(), shown}
}

func (k pictured) called(all []core.ID) string {
	var out []string
	for _, id := range all {
		if id != k.me && k.names[id] != "" {
			out = append(out, k.names[id])
		}
	}
	return k.lang.And(out)
}

func (k pictured) self() (all []Entry) {
	for _, p := range k.fam.Persons {
		if p.ID == k.me {
			all = append(all, Entry{words("name", p.Name), words("relation", p.Is), coded("sex", p.Sex, k.lang.Sex), coded("kind", p.Life, k.lang.KinLife), when(k.lang, "birth", p.Born), when(k.lang, "died", p.Died)})
		}
	}
	for _, d := range k.fam.Detentions {
		if d.Person == k.me {
			all = append(all, Entry{words("what", k.lang.OwnChapter("detention")), when(k.lang, "from", d.From), when(k.lang, "until", d.Until)})
		}
	}
	return all
}

func (k pictured) bonds() (all []Entry) {
	unions := map[core.ID]kin.Union{}
	for _, u := range k.fam.Unions {
		unions[u.ID] = u
		if !slices.Contains(u.Partners, k.me) || len(u.Partners) < 2 {
			continue
		}
		all = append(all, Entry{words("partner", k.called(u.Partners))})
		for _, s := range u.States {
			all = append(all, Entry{words("partner", k.called(u.Partners)), coded("kind", s.Kind, k.lang.KinState), when(k.lang, "from", s.From)})
		}
	}
	for _, x := range k.fam.Links {
		partners := unions[x.Union].Partners
		e := Entry{coded("kind", x.Kind, k.lang.KinLink), when(k.lang, "from", x.From), when(k.lang, "until", x.Until)}
		if x.Child == k.me {
			all = append(all, append(Entry{words("parent", k.called(partners))}, e...))
		} else if slices.Contains(partners, k.me) {
			all = append(all, append(Entry{words("child", k.names[x.Child])}, e...))
		}
	}
	return all
}

func (k pictured) homes() (all []Entry) {
	names := map[core.ID]string{}
	for _, h := range k.fam.Households {
		names[h.ID] = h.Name
	}
	for _, s := range k.fam.Stays {
		if s.Person == k.me {
			all = append(all, Entry{words("place", names[s.Household]), when(k.lang, "from", s.From), when(k.lang, "until", s.Until)})
		}
	}
	return all
}

func (k pictured) contacts() (all []Entry) {
	for _, c := range k.fam.Contacts {
		if c.Child == k.me || c.Parent == k.me {
			all = append(all, Entry{words("contact", k.called([]core.ID{c.Child, c.Parent})), coded("how", c.How, k.lang.KinHow), coded("often", c.Often, k.lang.KinOften), when(k.lang, "last", c.Last), when(k.lang, "from", c.From), when(k.lang, "until", c.Until)})
		}
	}
	for _, c := range k.fam.Cares {
		if c.Child == k.me || c.Carer == k.me {
			all = append(all, Entry{words("who", k.names[c.Carer]), words("cares_for", k.names[c.Child]), when(k.lang, "from", c.From), when(k.lang, "until", c.Until)})
		}
	}
	return all
}

// network is who they named themselves; of a child that has a say in it, when it agrees.
func (k pictured) network() (all []Entry) {
	if !k.words {
		return nil
	}
	for _, p := range k.fam.Places {
		if p.Centre == k.me {
			all = append(all, Entry{words("who", k.names[p.Person]), count(k.lang, "ring", p.Ring), list(k.lang, "gives", strings.Join(p.Gives, ","), k.lang.KinSupport),
				list(k.lang, "could", strings.Join(p.Could, ","), k.lang.KinSupport), words("handed_on", strings.Join(p.Tasks, "; "))})
		}
	}
	return all
}
