package demo

import (
	"context"
	"time"

	"maatje/internal/authz"
	"maatje/internal/breach"
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
