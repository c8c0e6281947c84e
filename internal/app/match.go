package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"maatje/internal/matching/assign"
)

// Match solves the instance in a file and prints the best assignment. How far it is goes to told, now and then.
func Match(ctx context.Context, path string, out, told io.Writer) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	file, problem, err := assign.Read(bufio.NewReaderSize(in, 1<<20))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	tenths := 0
	answer, err := assign.Solve(ctx, problem, func(done, of int) {
		if now := 10 * done / of; now > tenths {
			tenths = now
			fmt.Fprintf(told, "%d of %d places decided\n", done, of)
		}
	})
	if err != nil {
		return err
	}
	e := json.NewEncoder(out)
	e.SetIndent("", " ")
	return e.Encode(file.Tell(problem, answer))
}
