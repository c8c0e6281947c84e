package goal

import (
	"strconv"
	"strings"
)

// The quiet line of a goal: days from left to right, the five sentences from below to above.
const (
	lineWidth, lineHeight = 280, 72
	lineEdge              = 8
)

type point struct{ x, y float64 }

func (p point) xs() string { return strconv.FormatFloat(p.x, 'f', 1, 64) }
func (p point) ys() string { return strconv.FormatFloat(p.y, 'f', 1, 64) }

// points are where the ratings stand, by their days; those of one day stand on one place.
func points(ratings []Rating) []point {
	if len(ratings) == 0 {
		return nil
	}
	first, last := ratings[0].On, ratings[len(ratings)-1].On
	days := max(first.DaysUntil(last), 1)
	out := make([]point, len(ratings))
	for i, r := range ratings {
		share := float64(first.DaysUntil(r.On)) / float64(days)
		out[i] = point{lineEdge + share*(lineWidth-2*lineEdge), height(r.Score)}
	}
	return out
}

// height of a score in the picture.
func height(score int) float64 {
	return lineHeight - lineEdge - float64(score-Least)/(levels-1)*(lineHeight-2*lineEdge)
}

func polyline(ps []point) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = p.xs() + "," + p.ys()
	}
	return strings.Join(out, " ")
}
