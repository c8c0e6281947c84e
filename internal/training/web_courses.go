package training

import (
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
)

var (
	courseFields = form.Fields{Lines: []string{"name", "months"}, Texts: []string{"purpose"}, Max: map[string]int{"purpose": 2000}}
	partFields   = form.Fields{Part: "part", Lines: []string{"part_name", "module"}}
	whichFields  = form.Fields{Part: "which", Lines: []string{"part"}}
	needFields   = form.Fields{Lines: []string{"kind", "was", "courses"}}
)

func (s *Service) showCourses(q *web.Request) error {
	o, err := s.Outline(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(coursesPage(q.Frame(q.Lang.TrainingCoursesTitle()), o, form.New(q.Lang, needFields), s.mayShape(q)))
}

func (s *Service) mayShape(q *web.Request) bool {
	return authz.RightTo("training.courses").Allows(q.Actor)
}

func (s *Service) postNeeds(q *web.Request) error {
	f := q.Form(needFields)
	err := s.Need(q.Context(), q.Actor, f.Value("kind"), f.Value("was"), f.List("courses"))
	if err == nil {
		return q.See("/courses#needs", q.Lang.TrainingSaved())
	}
	o, e := s.Outline(q.Context(), q.Actor)
	if e != nil {
		return e
	}
	return q.Again(err, f, func() templ.Component { return coursesPage(q.Frame(q.Lang.TrainingCoursesTitle()), o, f, true) })
}

func (s *Service) showNewCourse(q *web.Request) error {
	return q.Show(newCoursePage(q.Frame(q.Lang.TrainingCourseNew()), q.Fresh(courseFields)))
}

func courseOf(f *form.Form) Course {
	return Course{Name: f.Value("name"), Purpose: f.Value("purpose"), Months: f.Int("months"), Version: f.Version}
}

func (s *Service) postNewCourse(q *web.Request) error {
	f := q.Form(courseFields)
	c := courseOf(f)
	var err error
	if f.OK() {
		var id core.ID
		if id, err = s.AddCourse(q.Context(), q.Actor, c); err == nil {
			return q.See("/courses/"+id.String(), q.Lang.TrainingCourseMade())
		}
	}
	return q.Again(err, f, func() templ.Component { return newCoursePage(q.Frame(q.Lang.TrainingCourseNew()), f) })
}

// courseForms are the forms on a course's page; the one that was refused keeps what was typed.
type courseForms struct{ change, part *form.Form }

func (s *Service) oneCourse(q *web.Request) (o Outline, c Course, fs courseForms, err error) {
	id, err := web.PathID[core.ID](q, "course")
	if err != nil {
		return o, c, fs, err
	}
	if o, err = s.Outline(q.Context(), q.Actor); err != nil {
		return o, c, fs, err
	}
	c, found := o.Course(id)
	if !found {
		return o, c, fs, core.NotFound()
	}
	fs.change = form.New(q.Lang, courseFields).Set("name", c.Name).Set("purpose", c.Purpose).Set("months", strconv.Itoa(c.Months))
	fs.part = form.New(q.Lang, partFields)
	fs.change.Version, fs.part.Version = c.Version, c.Version
	return o, c, fs, nil
}

func (s *Service) showCourse(q *web.Request) error {
	o, c, fs, err := s.oneCourse(q)
	if err != nil {
		return err
	}
	return q.Show(coursePage(q.Frame(q.Lang.TrainingCourseTitle()), o, c, fs))
}

// courseDeed does something with a course; refused, its page comes back with the form as it was typed.
func (s *Service) courseDeed(q *web.Request, f *form.Form, put func(*courseForms), do func(core.ID) error) error {
	o, c, fs, err := s.oneCourse(q)
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(c.ID); err == nil {
			return q.See("/courses/"+c.ID.String(), q.Lang.TrainingSaved())
		}
	}
	return q.Again(err, f, func() templ.Component {
		put(&fs) // with what is wrong on it
		return coursePage(q.Frame(q.Lang.TrainingCourseTitle()), o, c, fs)
	})
}

func (s *Service) postCourse(q *web.Request) error {
	f := q.Form(courseFields)
	c := courseOf(f)
	return s.courseDeed(q, f, func(fs *courseForms) { fs.change = f }, func(id core.ID) error {
		c.ID = id
		return s.ChangeCourse(q.Context(), q.Actor, c)
	})
}

func (s *Service) postOpen(q *web.Request) error { return s.publish(q, true) }
func (s *Service) postHide(q *web.Request) error { return s.publish(q, false) }

func (s *Service) publish(q *web.Request, open bool) error {
	f := q.Form(whichFields)
	return s.courseDeed(q, f, func(fs *courseForms) { fs.part.General = f.General }, func(id core.ID) error {
		return s.Publish(q.Context(), q.Actor, id, f.Version, open)
	})
}

func (s *Service) postPart(q *web.Request) error {
	f := q.Form(partFields)
	return s.courseDeed(q, f, func(fs *courseForms) { fs.part = f }, func(id core.ID) error {
		return s.AddPart(q.Context(), q.Actor, id, f.Version, Part{Name: f.Value("part_name"), Module: idOf(f, "module")})
	})
}

func (s *Service) postUp(q *web.Request) error {
	f := q.Form(whichFields)
	return s.courseDeed(q, f, func(fs *courseForms) { fs.part.General = f.General }, func(id core.ID) error {
		return s.MovePart(q.Context(), q.Actor, id, f.Version, idOf(f, "part"))
	})
}

func (s *Service) postRemove(q *web.Request) error {
	f := q.Form(whichFields)
	return s.courseDeed(q, f, func(fs *courseForms) { fs.part.General = f.General }, func(id core.ID) error {
		return s.EndPart(q.Context(), q.Actor, id, f.Version, idOf(f, "part"))
	})
}
