package genogram

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	isPerson = regexp.MustCompile(`data-kind="person"`)
	leftOut  = regexp.MustCompile(`>nog (\d+)<|data-loose="(\d+)"`)
)

// nearby is the picture that a phone shows: how many stand in it, and how many it says there are more.
func nearby(t *testing.T, body string) (shown int, more []int) {
	t.Helper()
	_, near, cut := strings.Cut(body, `<div class="genogram-near">`)
	near, _, whole := strings.Cut(near, `<div class="genogram-whole">`)
	if !cut || !whole {
		t.Fatal("a phone gets no picture of its own")
	}
	for _, m := range leftOut.FindAllStringSubmatch(near, -1) {
		n, err := strconv.Atoi(m[1] + m[2])
		if err != nil {
			t.Fatal(err)
		}
		more = append(more, n)
	}
	return len(isPerson.FindAllString(near, -1)), more
}

// A phone begins with one generation around whom it is about. Of the others it says how many there are around whom: nobody is lost
// and nobody is counted twice, wherever one stands.
func TestTOO2_APhoneBeginsNearbyAndSaysHowManyMoreThereAre(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		s.begin("Sara")
		s.Get(s.root).Is(200).Without("genogram-near") // nobody is left out of one
		s.adds("Sara", "parent", "name", "Kim").Is(303)
		s.adds("Sara", "sibling", "name", "Noor").Is(303)
		s.Get(s.root).Is(200).Without("genogram-near") // and of one generation
		s.adds("Kim", "parent", "name", "Oma").Is(303)
		for i := range 6 {
			s.adds("Kim", "sibling", "name", fmt.Sprintf("Tante %d", i)).Is(303)
		}
		page := s.Get(s.root).Is(200, "Toon iedereen (10)", "Laat nog 7 mensen rond Kim zien")
		if shown, more := nearby(t, page.Body); shown != 3 || len(more) != 1 || more[0] != 7 {
			t.Errorf("%d people and %v more", shown, more)
		}
		kim, oma := s.who("Kim").String(), s.who("Oma").String()
		if !strings.Contains(page.Body, s.root+"?near="+kim+"#near-"+kim) {
			t.Error("nothing leads to those around Kim")
		}
		for near, want := range map[string]int{kim: 10, oma: 8} {
			page := s.Get(s.root + "?near=" + near).Is(200).Body
			if want == 10 {
				if strings.Contains(page, "genogram-near") {
					t.Error("around Kim stands everybody")
				}
				continue
			}
			shown, more := nearby(t, page)
			if shown != want || total(more) != 10-want {
				t.Errorf("near %s: %d people and %v more", near, shown, more)
			}
		}
		s.Get(s.root+"?show=all").Is(200, "Tante 5").Without("genogram-near")
	})
}

// Nobody is lost in a family of any shape: who is shown and who is said to be more are everybody.
func TestTOO2_OnAPhoneEverybodyIsThereOrCounted(t *testing.T) {
	each(t, func(t *testing.T, s *table) {
		village(t, s, 60)
		s.As(s.f.Ria)
		for _, p := range s.book().Family.Persons[:20] {
			shown, more := nearby(t, s.Get(s.root+"?near="+p.ID.String()).Is(200).Body)
			if all := shown + total(more); all != 60 {
				t.Errorf("near %s: %d shown and %d more", p.Name, shown, all-shown)
			}
		}
	})
}

func total(all []int) (sum int) {
	for _, n := range all {
		sum += n
	}
	return sum
}
