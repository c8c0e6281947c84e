package app

import (
	"crypto/rand"

	"maatje/internal/training"
	"maatje/internal/volunteer"
	"maatje/internal/volunteer/applicant"
	"maatje/internal/volunteer/confidentiality"
	"maatje/internal/volunteer/leaving"
	"maatje/internal/volunteer/pipeline"
	"maatje/internal/volunteer/screening"
)

// volunteers makes everything about volunteers, from the public form to the day they stop, and mounts its pages.
func (a *App) volunteers() {
	d := a.DB
	all := volunteer.NewService(d, settledTerms)
	all.Routes(a.Router)
	a.Jobs = append(a.Jobs, all.Jobs()...)
	a.Demo.Applicants = applicant.NewService(d, rand.Reader)
	a.Demo.Applicants.Routes(a.Router)
	pipeline.NewService(d, settledTerms).Routes(a.Router)
	screening.NewService(d, settledTerms).Routes(a.Router)
	confidentiality.NewService(d).Routes(a.Router)
	leaving.NewService(d, settledTerms, training.WithdrawAll).Routes(a.Router)
	a.learning()
}
