package journeys

import (
	"strings"
)

// theirWords are of the family alone: nobody else may read one of them anywhere.
var theirWords = []string{"Daan", "de Boer", "Truus", "koekjes", "boot", "Juf Els", "Regenboog"}

// theNeighbours copy every address that the story came by (METHOD chapter 9): what they may not see is not found.
func (s *story) theNeighbours() {
	addresses := make([]string, 0, len(s.visits))
	for a := range s.visits {
		addresses = append(addresses, a)
	}
	omar := s.ingrid.invite("Omar Haddad", desk, job{role: "Buitencoördinator", municipalities: "Venlo"})
	patrick := s.ingrid.invite("Patrick de Wit", desk, job{role: "Beheerder"})
	anneke := s.ingrid.invite("Anneke Postma", desk, job{role: "Binnencoördinator", facility: "PI Duinzicht"})
	s.petra.goes("/volunteers/new")
	s.petra.fill("Naam", "Joke Stam")
	s.petra.fill("E-mailadres", address("Joke Stam"))
	s.petra.fill("Gemeente", "Zwolle")
	s.petra.fill("Voor hoeveel gezinnen", "1")
	s.petra.choose("Welke steun wil je geven?", "gezinsmaatje")
	s.petra.press("Bewaren")
	joke := s.ingrid.invite("Joke Stam", phone, job{role: "Vrijwilliger"})
	for _, p := range []*person{omar, patrick, anneke, joke} {
		s.guesses(p.name, p.tab, addresses)
	}
	s.guesses("a visitor", s.visitor, addresses)
	s.ingrid.goes("/")
	s.guesses(s.ingrid.name, s.ingrid.tab, addresses)
	s.ria.goes("/") // her match has ended
	s.lost(s.ria.tab, addresses)
}

// answer is what came back for an address.
type answer struct {
	Asked  string
	Status int
	Led    string
	Body   string
}

// asks sends every request as this tab's owner, from a page of the product.
func (p *tab) asks(addresses []string) []answer {
	p.Helper()
	return script[[]answer](p, `(async addresses => {
		const out = [];
		for (const asked of addresses) {
			const [method, path] = asked.split(' ');
			if (path.startsWith('/signout')) continue;
			const body = method === 'POST' ? new URLSearchParams({name: 'x'}) : undefined;
			const is = await fetch(path, {method, body});
			out.push({Asked: asked, Status: is.status, Led: new URL(is.url).pathname, Body: await is.text()});
		}
		return out;
	})([`+quoted(addresses...)+`])`)
}

// guesses expects that nothing of the family comes back, and that its own pages are not there at all.
func (s *story) guesses(who string, p *tab, addresses []string) {
	s.Helper()
	for _, a := range p.asks(addresses) {
		for _, words := range theirWords {
			if strings.Contains(a.Body, words) {
				s.Errorf("%s reads %q at %s", who, words, a.Asked)
			}
		}
		door := a.Led == "/sign-in" || a.Status == 401
		if ofTheFamily(a.Asked) && a.Status != 404 && !door {
			s.Errorf("%s: %d at %s (led to %s)", who, a.Status, a.Asked, a.Led)
		}
	}
}

// lost expects that who is no match any more finds only her own words: her reports, for a month, a last one to write, and
// her own worries. What the child knows is closed to her.
func (s *story) lost(p *tab, addresses []string) {
	s.Helper()
	for _, a := range p.asks(addresses) {
		hers := "GET /my-families/" + last(s.trajectory)
		own := strings.Contains(a.Asked, " /reports/") || strings.Contains(a.Asked, " /my-signals/") || a.Asked == hers+"/report" || a.Asked == hers+"/reports"
		if strings.Contains(a.Body, "Mama werkt op een boot") {
			s.Errorf("after the farewell %s tells what the child knows", a.Asked)
		}
		if ofTheFamily(a.Asked) && !own && a.Status != 404 {
			s.Errorf("after the farewell: %d at %s", a.Status, a.Asked)
		}
	}
}

// ofTheFamily says that an address names something of a family.
func ofTheFamily(asked string) bool {
	_, path, _ := strings.Cut(asked, " ")
	for _, at := range []string{"/dossiers/", "/trajectories/", "/my-families/", "/reports/", "/my-signals/", "/proposals/", "/matches/", "/referrals/"} {
		if rest, is := strings.CutPrefix(path, at); is && strings.ContainsAny(rest, "0123456789") {
			return true
		}
	}
	return false
}

func last(address string) string { return address[strings.LastIndex(address, "/")+1:] }
