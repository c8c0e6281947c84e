package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"maatje/internal/matching/assign"
)

// Match solves the instance in a file and prints the best assignment. How far it is goes to told, now and then, when somebody looks;
// at the end it tells there how long each part took. When lp names a file, the instance is written there for other solvers.
func Match(ctx context.Context, path, lp string, out, told io.Writer) error {
	err := match(ctx, path, lp, out, told)
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped before it was done; nothing is printed")
	}
	return err
}

func match(ctx context.Context, path, lp string, out, told io.Writer) error {
	begin := time.Now()
	file, problem, err := readInstance(ctx, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if lp != "" {
		if err := writeLP(lp, problem); err != nil {
			return err
		}
	}
	read := time.Now()
	answer, err := assign.Solve(ctx, problem, progress(told))
	if err != nil {
		return err
	}
	solved := time.Now()
	found := file.Tell(problem, answer)
	fmt.Fprintf(told, "read %s, solved %s, proved %s%s\n", span(read.Sub(begin)), span(solved.Sub(read)), span(time.Since(solved)), memory())
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	if err := e.Encode(found); err != nil {
		return err
	}
	return w.Flush()
}

// memory is the most this process had at any time, where the system tells it (Linux).
func memory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return ""
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	var kilobytes int
	if _, err := fmt.Sscan(after, &kilobytes); err != nil {
		return ""
	}
	return fmt.Sprintf("; memory %d MB", kilobytes/1024)
}

func span(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func readInstance(ctx context.Context, path string) (assign.File, assign.Problem, error) {
	in, err := os.Open(path)
	if err != nil {
		return assign.File{}, assign.Problem{}, err
	}
	defer in.Close()
	return assign.Read(bufio.NewReaderSize(until{ctx, in}, 1<<20))
}

// until reads as long as nobody says stop.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u until) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}

func writeLP(path string, p assign.Problem) error {
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(assign.WriteLP(to, p), to.Close())
}

// progress tells a person at a terminal how far it is, on one line; a file or a pipe hears nothing.
func progress(told io.Writer) func(done, of int) {
	f, ok := told.(*os.File)
	if !ok {
		return nil
	}
	if at, err := f.Stat(); err != nil || at.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	last := time.Now()
	return func(done, of int) {
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond {
			last = now
			fmt.Fprintf(f, "\r%d of %d places decided \r", done, of)
		}
	}
}
