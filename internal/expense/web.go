package expense

import (
	"io"
	"strconv"

	"github.com/a-h/templ"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/web"
	"maatje/internal/web/form"
	"maatje/internal/web/text"
)

// Routes mounts a volunteer's own months, what a coordinator checks, and what the project leader pays.
func (s *Service) Routes(m *web.Router) {
	own, check, pay := authz.RightTo("expense.own"), authz.RightTo("expense.check"), authz.RightTo("expense.pay")
	m.Handle("GET /my-expenses", own, s.showOwn)
	m.Handle("POST /my-expenses", own, s.postOwn)
	m.Handle("POST /my-expenses/{entry}/withdraw", own, s.postWithdraw)
	m.Handle("GET /expenses", check, s.showMonth)
	m.Handle("GET /volunteers/{id}/expenses", check, s.showFile)
	m.Handle("POST /volunteers/{id}/expenses", check, s.postFor)
	m.Handle("POST /volunteers/{id}/expenses/check", check, s.postCheck)
	m.Handle("POST /volunteers/{id}/expenses/{entry}/receipt", check, s.postReceipt)
	m.Handle("POST /volunteers/{id}/expenses/{entry}/decline", check, s.postDecline)
	m.Handle("POST /expenses/paid", pay, s.postPaid)
	m.Handle("GET /expenses/list.xlsx", pay.As(authz.Export), s.showXLSX)
	m.Handle("GET /expenses/list.csv", pay.As(authz.Export), s.showCSV)
}

var (
	noteFields    = form.Fields{Lines: []string{"held_on", "kind", "what", "minutes", "km", "amount"}}
	checkFields   = form.Fields{Part: "check", Lines: []string{"month", "seen"}}
	declineFields = form.Fields{Part: "decline", Lines: []string{"why"}}
)

// typed reads what somebody noted. An amount that is none is said at its field.
func typed(f *form.Form) Entry {
	cents, ok := ParseCents(f.Value("amount"))
	if !ok {
		f.Errors["amount"] = f.Lang.ExpenseNoAmount()
	}
	return Entry{On: f.Date("held_on"), Kind: f.Value("kind"), What: f.Value("what"), Minutes: f.Int("minutes"), Km: f.Int("km"), Cents: cents}
}

func (s *Service) fresh(q *web.Request) *form.Form {
	return q.Fresh(noteFields).Set("held_on", q.Today().String())
}

func (s *Service) showOwn(q *web.Request) error {
	v, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Show(ownPage(q.Frame(q.Lang.ExpenseOwnTitle()), v, s.fresh(q), q.Today()))
}

func (s *Service) postOwn(q *web.Request) error {
	f := q.Form(noteFields)
	e, err := typed(f), error(nil)
	if f.OK() {
		if err = s.Note(q.Context(), q.Actor, q.Actor.Volunteer(), e, f.Token); err == nil {
			return q.See("/my-expenses", q.Lang.ExpenseSaved())
		}
	}
	return s.ownAgain(q, f, err)
}

func (s *Service) ownAgain(q *web.Request, f *form.Form, refused error) error {
	v, err := s.Own(q.Context(), q.Actor)
	if err != nil {
		return err
	}
	return q.Again(refused, f, func() templ.Component { return ownPage(q.Frame(q.Lang.ExpenseOwnTitle()), v, f, q.Today()) })
}

func (s *Service) postWithdraw(q *web.Request) error {
	entry, err := web.PathID[core.ID](q, "entry")
	if err == nil {
		err = s.Withdraw(q.Context(), q.Actor, q.Actor.Volunteer(), entry)
	}
	if err != nil {
		return s.ownAgain(q, s.fresh(q), err)
	}
	return q.See("/my-expenses", q.Lang.ExpenseWithdrawn())
}

// month is the one that is asked for; none is the last that is over.
func month(q *web.Request) (Month, error) {
	if q.Query("month") == "" {
		return MonthOf(q.Today()).Before(), nil
	}
	return ParseMonth(q.Query("month"))
}

func (s *Service) showMonth(q *web.Request) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	return s.monthPage(q, m, form.New(q.Lang, checkFields), nil)
}

// monthPage is the page of a month, or the page again with what was refused on it.
func (s *Service) monthPage(q *web.Request, m Month, f *form.Form, refused error) error {
	list, err := s.OfMonth(q.Context(), q.Actor, m)
	if err != nil {
		return err
	}
	page := func() templ.Component {
		return allPage(q.Frame(q.Lang.ExpenseTitle()), m, list, authz.RightTo("expense.pay").Allows(q.Actor), f)
	}
	if refused != nil {
		return q.Again(refused, f, page)
	}
	return q.Show(page())
}

func (s *Service) postPaid(q *web.Request) error {
	f := q.Form(checkFields)
	m, err := ParseMonth(f.Value("month"))
	if err != nil {
		return err
	}
	if err := s.Pay(q.Context(), q.Actor, m, f.Int("seen")); err != nil {
		return s.monthPage(q, m, f, err)
	}
	return q.See("/expenses?month="+m.String(), q.Lang.ExpensePaid())
}

// forms are those on the page of one volunteer; the refused one comes back as it was typed.
type forms struct {
	note, refused *form.Form
	about         core.ID
}

func (s *Service) showFile(q *web.Request) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	v, err := s.Of(q.Context(), q.Actor, id)
	if err != nil {
		return err
	}
	return q.Show(filePage(q.Frame(q.Lang.ExpenseFileTitle()), v, forms{note: s.fresh(q)}, q.Today()))
}

// deed changes something of one volunteer.
func (s *Service) deed(q *web.Request, f *form.Form, put func(*forms), do func(core.VolunteerID) error) error {
	id, err := web.PathID[core.VolunteerID](q, "id")
	if err != nil {
		return err
	}
	if f.OK() {
		if err = do(id); err == nil {
			return q.See("/volunteers/"+id.String()+"/expenses", q.Lang.ExpenseSaved())
		}
	}
	v, e := s.Of(q.Context(), q.Actor, id)
	if e != nil {
		return e
	}
	all := forms{note: s.fresh(q)}
	put(&all)
	return q.Again(err, f, func() templ.Component { return filePage(q.Frame(q.Lang.ExpenseFileTitle()), v, all, q.Today()) })
}

func (s *Service) postFor(q *web.Request) error {
	f := q.Form(noteFields)
	e := typed(f)
	return s.deed(q, f, func(all *forms) { all.note = f }, func(id core.VolunteerID) error { return s.Note(q.Context(), q.Actor, id, e, f.Token) })
}

func (s *Service) postCheck(q *web.Request) error {
	f := q.Form(checkFields)
	m, err := ParseMonth(f.Value("month"))
	if err != nil {
		return err
	}
	seen := f.Int("seen")
	return s.deed(q, f, func(all *forms) { all.refused = f }, func(id core.VolunteerID) error { return s.Check(q.Context(), q.Actor, id, m, seen) })
}

func (s *Service) postReceipt(q *web.Request) error {
	entry, err := web.PathID[core.ID](q, "entry")
	if err != nil {
		return err
	}
	f := q.Form(form.Fields{})
	return s.deed(q, f, func(all *forms) { all.refused = f }, func(id core.VolunteerID) error { return s.SawReceipt(q.Context(), q.Actor, id, entry) })
}

func declineForm(entry core.ID) form.Fields {
	f := declineFields
	f.Part += "-" + entry.String()
	return f
}

func (s *Service) postDecline(q *web.Request) error {
	entry, err := web.PathID[core.ID](q, "entry")
	if err != nil {
		return err
	}
	f := q.Form(declineForm(entry))
	return s.deed(q, f, func(all *forms) { all.refused, all.about = f, entry }, func(id core.VolunteerID) error {
		return s.Decline(q.Context(), q.Actor, id, entry, f.Value("why"))
	})
}

func (s *Service) showXLSX(q *web.Request) error {
	return s.send(q, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", WriteXLSX)
}

func (s *Service) showCSV(q *web.Request) error {
	return s.send(q, "csv", "text/csv; charset=utf-8", WriteCSV)
}

func (s *Service) send(q *web.Request, ending, kind string, write func(io.Writer, text.Lang, []Sheet) error) error {
	m, err := month(q)
	if err != nil {
		return err
	}
	list, err := s.List(q.Context(), q.Actor, m)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", kind)
	q.W.Header().Set("Content-Disposition", `attachment; filename="vergoedingen-`+m.String()+`.`+ending+`"`)
	return write(q.W, q.Lang, list)
}

func number(n int) string { return strconv.Itoa(n) }
