package assign

// push and nearest keep the volunteers that were reached and not yet looked at, the nearest first. container/heap does the
// same through an interface, at three times the cost.
func (s *search) push(w waiting) {
	s.heap = append(s.heap, w)
	h, i := s.heap, len(s.heap)-1
	for i > 0 {
		up := (i - 1) / 2
		if h[up].distance <= h[i].distance {
			return
		}
		h[up], h[i] = h[i], h[up]
		i = up
	}
}

// nearest takes the next volunteer. Who was reached more cheaply later stands in the heap twice; the dearer one is passed over.
func (s *search) nearest() (volunteer int32, distance int64, ok bool) {
	for len(s.heap) > 0 {
		w := s.pop()
		if w.distance == s.toVolunteer[w.node] {
			return w.node, w.distance, true
		}
	}
	return 0, 0, false
}

func (s *search) pop() waiting {
	h := s.heap
	first, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	s.heap = h
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			return first
		}
		if down+1 < last && h[down+1].distance < h[down].distance {
			down++
		}
		if h[i].distance <= h[down].distance {
			return first
		}
		h[i], h[down] = h[down], h[i]
		i = down
	}
}
