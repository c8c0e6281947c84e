package seek

import (
	"maatje/internal/db"
	"maatje/internal/matching/weigh"
	"maatje/internal/setting"
)

// Scale reads by what the organisation weighs matches (VOL-7).
func Scale(t *db.Tx) (weigh.Scale, error) {
	v, err := setting.Load(t)
	return weigh.Scale{
		Weights: weigh.Weights{
			Of: map[weigh.Condition]int{
				weigh.Travel: v.WeightTravel, weigh.Language: v.WeightLanguage, weigh.Days: v.WeightDays, weigh.Complex: v.WeightComplex,
				weigh.Ages: v.WeightAges, weigh.Continuity: v.WeightContinuity, weigh.Spread: v.WeightSpread,
			},
			Waiting: v.WeightWaiting,
		},
		Today: t.Today(),
	}, err
}
