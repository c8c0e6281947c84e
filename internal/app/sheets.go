package app

import (
	"bufio"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"maatje/internal/vault/shares"
)

// askSheets has somebody type two of the three sheets. A line may hold any number of words.
func askSheets(in io.Reader, out io.Writer) ([]byte, error) {
	lines := bufio.NewScanner(in)
	var two [2]shares.Share
	for i, which := range []string{"first", "second"} {
		fmt.Fprintf(out, "Type the %d words of the %s sheet:\n", shares.WordCount, which)
		text := ""
		for len(shares.Typed(text)) < shares.WordCount && lines.Scan() {
			text += lines.Text() + "\n"
		}
		s, err := shares.Parse(text)
		if err := errors.Join(err, lines.Err()); err != nil {
			return nil, fmt.Errorf("the %s sheet: %w", which, err)
		}
		two[i] = s
	}
	return shares.Join(two[0], two[1])
}

// printSheets prints the three sheets, each on a page of its own.
func printSheets(secret []byte, out io.Writer) error {
	all, err := shares.Split(secret, rand.Reader)
	if err != nil {
		return err
	}
	for _, s := range all {
		fmt.Fprintf(out, "Maatje: recovery sheet %d of 3, printed %s\n\n", s.Number(), Clock().Date())
		fmt.Fprint(out, "Any two of the three sheets open the backups; one alone opens nothing. Keep each in another place,\n"+
			"with another person. To use them: maatje help restore, maatje help keys recover.\n\n")
		for i, w := range s.Words() {
			fmt.Fprintf(out, "  %2d %s", i+1, w)
			if i%5 == 4 {
				fmt.Fprintln(out)
			}
		}
		fmt.Fprint(out, "\n\f")
	}
	return nil
}

// A recovery key in a file is one line: this word and 32 bytes in base64.
const recoveryMark = "maatje-recovery "

func writeRecovery(path string, secret []byte) error {
	return writeSecret(path, recoveryMark+base64.StdEncoding.EncodeToString(secret)+"\n")
}

func readRecovery(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(string(b)), recoveryMark)
	secret, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(secret) != 32 {
		return nil, fmt.Errorf("%s is no recovery key: it is made by `maatje keys recover`", path)
	}
	return secret, nil
}

// writeSecret makes a new file that its owner alone reads.
func writeSecret(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}
