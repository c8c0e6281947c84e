// Rightstable writes docs/rights.md from the program. Its working folder is internal/app, where go generate runs it.
package main

import (
	"log"
	"os"
	"path/filepath"

	"maatje/internal/app"
)

func main() {
	if err := os.WriteFile(filepath.Join("../..", app.RightsPath), []byte(app.Rights()), 0o644); err != nil {
		log.Fatal(err)
	}
}
