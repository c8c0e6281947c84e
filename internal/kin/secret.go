package kin

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/dossier"
	towns "maatje/internal/place"
)

// Secrets are names of places that no child reads who does not know (INT-8): folded, and without what any such place is called.
type Secrets []string

// SecretsOf are the places where the parents of a file stay or stayed.
func SecretsOf(t *db.Tx, d core.DossierID) (Secrets, error) {
	all, err := dossier.Placements(t, d)
	var names []string
	for _, p := range all {
		names = append(names, p.FacilityName, p.Place)
	}
	return secrets(names...), err
}

// secrets makes them of names as they are written. That of a town is no secret: the family may live there.
func secrets(names ...string) (out Secrets) {
	for _, name := range names {
		words := slices.DeleteFunc(db.Words(name), func(w string) bool { return slices.Contains(common, w) })
		own := strings.Join(words, " ")
		if _, town := towns.At(own); own != "" && !town && !slices.Contains(out, own) {
			out = append(out, own)
		}
	}
	return out
}

// common are the words that many such places have in their names.
var common = []string{
	"pi", "p", "i", "hvb", "jc", "jji", "dc", "ppc", "fpc", "penitentiaire", "inrichting", "penitentiair", "justitieel", "complex", "huis", "van", "bewaring",
	"detentiecentrum", "gevangenis", "jeugdinrichting", "locatie", "afdeling", "de", "het", "prison",
}

// Words that stand in the name of a place where people are kept, or of who works there: short names as a word of their own, in
// capitals or without any, since Pi is a name too; the others also as part of a longer word.
var (
	shortNames = regexp.MustCompile(`(^|[^\pL\pN])(` + short + `|` + strings.ToUpper(short) + `)($|[^\pL\pN])`)
	longNames  = regexp.MustCompile(`(?i)gevang|penitentiair|deten|gedetin|justit|bewaring|arrest|zit (nu )?(vast|binnen)|vast ?zit|vastzet|prison|` +
		`inmate|reclass|probation|parole|veroordeeld|strafrecht|rechtbank|cellencomplex|custody|locked up|` +
		`bajes|jail|tralies|behind bars|enkelband|opgesloten|opgepakt|celstraf|politiecel|cipier|in de (bak|cel)\b|straf uit`)
	aside = regexp.MustCompile(`\s*[(\[][^)\]]*[)\]]\s*`)
)

const short = `pi|p\.i\.?|hvb|h\.v\.b\.?|jc|j\.c\.?|jji|ppc|fpc|fpk|dji|tbs|cel|bbi|zbbi`

func (s Secrets) givesAway(words string) bool {
	words = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1 // not seen, so that a word falls apart for nobody but a program
		}
		return r
	}, words)
	folded := db.Fold(words)
	return shortNames.MatchString(words) || longNames.MatchString(words) || longNames.MatchString(folded) ||
		slices.ContainsFunc(s, func(name string) bool { return strings.Contains(" "+folded+" ", " "+name+" ") })
}

// discreet is a name or a word for somebody without what gives it away; when the whole does, nothing is left.
func (s Secrets) discreet(words string) string {
	if !s.givesAway(words) {
		return words
	}
	if words = strings.TrimSpace(aside.ReplaceAllString(words, " ")); s.givesAway(words) {
		return ""
	}
	return words
}
