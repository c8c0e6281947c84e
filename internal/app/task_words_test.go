package app

import (
	"slices"
	"testing"

	"maatje/internal/task"
	"maatje/internal/web/text"
)

func TestEveryTaskSaysWhatItIsAndWhatToDo(t *testing.T) {
	for _, kind := range task.Kinds() {
		if !slices.Contains(text.TaskCodes(), kind) || !slices.Contains(text.TaskActionCodes(), kind) {
			t.Errorf("the task %q has no words in [codes task] or [codes task_action]", kind)
		}
	}
	for _, code := range text.TaskCodes() {
		if !slices.Contains(text.TaskActionCodes(), code) {
			t.Errorf("the task %q says what it is and not what to do", code)
		}
	}
}
