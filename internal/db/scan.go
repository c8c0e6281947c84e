package db

import (
	"fmt"
	"regexp"
	"strings"
)

// token is one word, :parameter, text, number or sign of a query, in lower case. Depth counts the parentheses that stand
// open around it; a parenthesis itself stands at the depth outside.
type token struct {
	text  string
	depth int
}

func (t token) isWord() bool { return t.text[0] >= 'a' && t.text[0] <= 'z' || t.text[0] == '_' }

func (t token) isParameter() bool { return t.text[0] == ':' }

var sqlPart = regexp.MustCompile(`^(?:\s+|'(?:[^']|'')*'|:[a-z][a-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\.[0-9]+)?|\|\||<>|<=|>=|[-+*/%<>=(),.])`)

// scan takes a query apart. What could hide a table from the check is not in the language: comments, quoted names,
// several statements, positional parameters.
func scan(text string) ([]token, error) {
	var out []token
	depth := 0
	for rest := text; rest != ""; {
		part := sqlPart.FindString(rest)
		if part == "" || strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*") {
			return nil, fmt.Errorf("it holds what the check cannot read, at %.20q", rest)
		}
		rest = rest[len(part):]
		if strings.TrimSpace(part) == "" {
			continue
		}
		if part[0] == '\'' && parameter.MatchString(part) {
			return nil, fmt.Errorf("the text %s reads like a parameter", part)
		}
		if part == ")" {
			depth--
		}
		if depth < 0 {
			return nil, fmt.Errorf("it closes a parenthesis that it did not open")
		}
		out = append(out, token{strings.ToLower(part), depth})
		if part == "(" {
			depth++
		}
	}
	if depth != 0 || len(out) == 0 {
		return nil, fmt.Errorf("a parenthesis stays open, or it is empty")
	}
	return out, nil
}
