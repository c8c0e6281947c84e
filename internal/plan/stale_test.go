package plan

import "testing"

// A step that somebody else changed meanwhile: the words that were typed stand there, and sending them again is a choice.
func TestTOO5_AStaleStepIsSentAgainByChoice(t *testing.T) {
	w, f := site(t)
	office := "/trajectories/" + f.Trajectory.String()
	values := with(w.As(f.Petra).Get(office+"/plan").Form(office+"/plan"), "month", "1", "who", "family", "what", "Samen koken")
	w.Post(office+"/plan", values).Is(303)
	step := office + "/steps/" + values.Get("step")
	stale := with(w.Get(step).Form(step), "month", "1", "who", "family", "what", "Samen eten")
	w.Post(step, with(w.As(f.Backup).Get(step).Form(step), "month", "1", "who", "family", "what", "Samen bakken")).Is(303)
	again := w.As(f.Petra).Post(step, stale).Is(409, "intussen veranderd", "Samen bakken", "Samen eten").Form(step)
	again = with(again, "month", "1", "who", "family")
	w.Get(office+"/plan").Is(200, "Samen bakken").Without("Samen eten")
	w.Post(step, again).Is(303)
	w.Get(step).Is(200, "Samen eten", "Samen bakken", "Samen koken") // and nothing of it is lost
}
