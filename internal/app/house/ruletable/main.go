// Ruletable writes docs/rules.md from the source. Its working folder is internal/app/house, where go generate runs it.
package main

import (
	"log"
	"os"
	"path/filepath"

	"maatje/internal/app/house"
)

const root = "../../.."

func main() {
	tree, err := house.Load(root)
	if err == nil {
		err = os.WriteFile(filepath.Join(root, house.RuleTablePath), []byte(house.RuleTable(tree)), 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}
