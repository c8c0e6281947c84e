package demo

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/breach"
	"maatje/internal/core"
	asked "maatje/internal/privacy/request"
)

// breaches are two times that something went wrong with data: one was decided and closed, of the other the clock runs out
// tonight or tomorrow (PRV-6).
func (c scene) breaches(ctx context.Context) error {
	old := breach.Breach{Kind: "wrong_person", Discovered: c.db.Now().Add(-41 * 24 * time.Hour),
		Words: breach.Words{Happened: "Een mail met de tijd van een bezoek ging naar een andere vrijwilliger met dezelfde voornaam."}}
	if err := c.report(ctx, c.as("Wil Verhoef"), old, func(b *breach.Breach) {
		b.People, b.Authority, b.Told, b.ToldOn = 3, breach.No, breach.Yes, b.Discovered.Date().AddDays(1)
		b.Words.Whose = "Van één gezin: de dag en tijd van een bezoek, niet waar zij wonen."
		b.Words.Consequences = "Geen: de ontvanger heeft geheimhouding getekend en wiste de mail."
		b.Words.Measures = "Gevraagd de mail te wissen. Afspraken maken we alleen nog in Maatje."
		b.Words.WhyNoReport = "De ontvanger is zelf vrijwilliger, las de mail niet verder en wiste hem meteen."
	}); err != nil {
		return err
	}
	lost := breach.Breach{Kind: "lost_device", Discovered: c.db.Now().Add(-55 * time.Hour),
		Words: breach.Words{Happened: "Mijn telefoon lag na het bezoek niet meer in mijn tas. Hij is vergrendeld, ik was aangemeld."}}
	return c.Breaches.Report(ctx, c.as("Tineke Bos"), lost, "")
}

// report tells what went wrong, and lets the project leader decide and close it.
func (c scene) report(ctx context.Context, by authz.Actor, b breach.Breach, decide func(*breach.Breach)) error {
	lead := c.leader()
	if err := c.Breaches.Report(ctx, by, b, ""); err != nil {
		return err
	}
	all, err := c.Breaches.All(ctx, lead)
	if err != nil {
		return err
	}
	b = all[0]
	decide(&b)
	if err := c.Breaches.Record(ctx, lead, b); err != nil {
		return err
	}
	return c.Breaches.Close(ctx, lead, b.ID, b.Version+1)
}

// leader is the first project leader of the cast.
func (c scene) leader() authz.Actor {
	for _, p := range c.people {
		if p.Roles.Has(authz.ProjectLeader) {
			return p.actor()
		}
	}
	panic("nobody in the cast is project leader")
}

// dataAsked are two questions about data: of one the month is almost over, the other was answered (PRV-4).
func (c scene) dataAsked(ctx context.Context) error {
	for family, r := range map[int]asked.Request{
		3: {Kind: asked.Access, Received: c.day(-27).Date(), Words: asked.Words{Asked: "Ik wil graag weten wat jullie over mij opschrijven."}},
		5: {Kind: asked.Correction, Received: c.day(-20).Date(), Words: asked.Words{Asked: "Mijn telefoonnummer", Says: "Het oude nummer", Should: "Het nummer van mijn nieuwe telefoon"}},
	} {
		f, err := c.file(ctx, family)
		if err != nil {
			return err
		}
		r.How, r.Checked = "talk", "known"
		for _, p := range f.People {
			if p.IsCaregiver {
				r.About, r.Asker = p.ID, p.ID
			}
		}
		row, err := c.Requests.Ask(ctx, c.whose(family), f.ID, r, "")
		if err == nil && r.Kind == asked.Correction {
			err = c.answer(ctx, family, f.ID, row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// answer says what was done.
func (c scene) answer(ctx context.Context, family int, id core.DossierID, row core.ID) error {
	return c.Requests.End(ctx, c.whose(family), id, asked.Request{ID: row, Version: 1, Outcome: asked.Done, EndedOn: c.day(-18).Date(),
		Words: asked.Words{Answer: "Het nummer is veranderd en nagebeld."}})
}
