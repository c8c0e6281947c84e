package triptych

import "testing"

// A goal that somebody else changed meanwhile: the words that were typed stand there, and sending them again is a choice.
func TestTOO5_AStaleGoalIsSentAgainByChoice(t *testing.T) {
	w, f := site(t)
	own, office := "/my-families/"+f.Trajectory.String(), "/dossiers/"+f.Dossier.String()
	first := w.As(f.Ria).Get(own + "/goals").Form(own + "/goals")
	first.Set("text", "Samen eten")
	made := w.Post(own+"/goals", first).Is(303).Location
	theirs := office + made[len(own):]
	stale := w.Get(made + "/change").Form(made + "/change")
	stale.Set("text", "Elke dag samen eten")
	stale.Set("why", "zegt Noor")
	other := w.As(f.Petra).Get(theirs + "/change").Form(theirs + "/change")
	other.Set("text", "Op zondag samen eten")
	other.Set("why", "meer gaat niet")
	w.Post(theirs+"/change", other).Is(303)
	again := w.As(f.Ria).Post(made+"/change", stale).Is(409, "Dit doel is intussen veranderd.", "Op zondag samen eten", "Elke dag samen eten", "zegt Noor").Form(made + "/change")
	w.Post(made+"/change", again).Is(303)
	w.Get(made).Is(200, "Elke dag samen eten", "Op zondag samen eten", "meer gaat niet")
}
