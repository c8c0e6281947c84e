package db

import (
	"strings"

	"maatje/internal/db/fold"
)

// Fold makes the key under which text is searched: lower case, without accents and punctuation, single spaces. Both
// engines compare these keys byte by byte, so that they agree.
func Fold(s string) string { return strings.Join(Words(s), " ") }

// Words are the folded words of a name.
func Words(s string) []string { return fold.Words(s) }

// Prefix gives the bounds of all keys that begin with the folded word: word >= from AND word < to.
func Prefix(word string) (from, to string) { return word, word + "\U0010FFFF" }
