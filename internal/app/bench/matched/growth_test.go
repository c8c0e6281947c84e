package matched

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// curve is how the time grows with the number of families, five volunteers for each.
type curve struct {
	name, colour, dash string
	points             []point
}

type point struct {
	families int
	took     time.Duration
}

// BenchmarkGrowth measures the processor's time, which other work on the machine stretches least, for 125 to 16,000 families, and writes the drawing that MATCH_PICTURE names.
func BenchmarkGrowth(b *testing.B) {
	all := []curve{
		{name: "ours, 40 pairs", colour: "#2b6349"}, {name: "ours, 400 pairs", colour: "#6a3a5e"}, {name: "CBC's search, 40 pairs", colour: "#a8201a", dash: "6 4"},
	}
	fmt.Println("\n| families | ours, 40 pairs | ours, 400 pairs | CBC's search, 40 pairs |")
	fmt.Println("|---:|---:|---:|---:|")
	for n := 125; n <= 16_000; n *= 2 {
		cells := []string{"", "-", "-", "-"}
		for i, each := range []int{40, 400} {
			if 5*n < each || n*each > 3_500_000 {
				continue
			}
			s := shape{volunteers: 5 * n, families: n, each: each, capacity: 3, need: 1}
			p := s.problem()
			var rounds []spent
			for range 7 {
				took, _ := solved(b, p)
				rounds = append(rounds, took)
			}
			m := median(rounds).cpu
			all[i].points = append(all[i].points, point{n, m})
			cells[i+1] = ms(m)
			if each == 40 && n <= 4000 {
				_, lp := files(b, p)
				_, said, _ := run(b, time.Minute, "cbc", lp, "solve", "solution", filepath.Join(b.TempDir(), "answer.txt"))
				if d, told := inside(said); told && d > 0 {
					all[2].points = append(all[2].points, point{n, d})
					cells[3] = ms(d)
				}
			}
		}
		fmt.Printf("| %d | %s | %s | %s |\n", n, cells[1], cells[2], cells[3])
	}
	if to := os.Getenv("MATCH_PICTURE"); to != "" {
		if err := os.WriteFile(to, []byte(picture(all)), 0o644); err != nil { //nolint:gosec // a picture in the documents
			b.Fatal(err)
		}
	}
}

const (
	wide, high            = 640.0, 380.0
	left, right, up, down = 64.0, 170.0, 20.0, 48.0
	first, last           = 125.0, 16_000.0
	quick, late           = 0.01, 10_000.0 // ms
)

func at(n int, d time.Duration) (x, y float64) {
	t := math.Log(max(quick, float64(d.Microseconds())/1000)/quick) / math.Log(late/quick)
	return left + (wide-left-right)*math.Log(float64(n)/first)/math.Log(last/first), high - down - (high-up-down)*t
}

// picture draws both axes by powers, so that twice as much is as far everywhere.
func picture(all []curve) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="sans-serif" font-size="12" fill="#25303b">`, wide, high)
	b.WriteString("\n<title>Time of the assignment by the number of families</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
	for v := quick; v <= late; v *= 10 {
		_, y := at(1, time.Duration(v*float64(time.Millisecond)))
		fmt.Fprintf(&b, "<path d=\"M%.0f %.1fH%.0f\" stroke=\"#ddd\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%g ms</text>\n", left, y, wide-right, left-6, y+4, v)
	}
	for n := 125; n <= 16_000; n *= 2 {
		x, _ := at(n, time.Second)
		fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%d</text>\n", x, high-down+18, n)
	}
	fmt.Fprintf(&b, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">families, five volunteers for each</text>\n", (left+wide-right)/2, high-8)
	for _, c := range all {
		var path []string
		var x, y float64
		for _, p := range c.points {
			x, y = at(p.families, p.took)
			path = append(path, fmt.Sprintf("%.1f %.1f", x, y))
			fmt.Fprintf(&b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x, y, c.colour)
		}
		if len(path) > 0 {
			fmt.Fprintf(&b, "<path d=\"M%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>\n", strings.Join(path, "L"), c.colour, c.dash)
			fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>\n", x+10, y+4, c.colour, c.name)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}
