package app

import (
	"maatje/internal/demo"
	"maatje/internal/training"
	"maatje/internal/training/dilemma"
	"maatje/internal/training/module"
	"maatje/internal/training/peer"
)

// learning makes what volunteers learn by: courses and evenings, modules, dilemmas and peer days.
func (a *App) learning() {
	l := demo.Learning{
		Trainings: training.NewService(a.DB), Modules: module.NewService(a.DB), Dilemmas: dilemma.NewService(a.DB), Peers: peer.NewService(a.DB),
	}
	l.Trainings.Routes(a.Router)
	l.Modules.Routes(a.Router)
	l.Dilemmas.Routes(a.Router)
	l.Peers.Routes(a.Router, l.Trainings)
	a.Jobs = append(a.Jobs, l.Trainings.Jobs()...)
	a.Demo.Learning = l
}
