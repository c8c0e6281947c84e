package training

import (
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

// What somebody chose or wrote in a module is hers alone, and sealed. A volunteer has no key of her own, so it is under that of
// what belongs to no family.
func answerPlace(id core.ID) vault.Place {
	return vault.Place{Table: "module_answer", Column: "words", Row: id.Int64()}
}

// SealAnswer seals it for its row.
func SealAnswer(t *db.Tx, id core.ID, words string) ([]byte, error) {
	return t.Secrets().Seal(answerPlace(id), words)
}

// OpenAnswer opens it; a row without words is empty.
func OpenAnswer(t *db.Tx, id core.ID, sealed []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	return t.Secrets().Open(answerPlace(id), sealed)
}
