package app

import (
	"maatje/internal/consent"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/intake"
	"maatje/internal/setting"
	"maatje/internal/volunteer"
)

// settledWorkdays is within how many working days a signal is answered (SIG-2).
func settledWorkdays(t *db.Tx) (int, error) {
	v, err := setting.Load(t)
	return v.SignalWorkdays, err
}

// helpAgreed says whether something about somebody of the family may go to a professional today, under a consent that
// stands (SIG-3, CON-1). Without one no help is called in.
func helpAgreed(t *db.Tx, d core.DossierID) (bool, error) {
	given, err := consent.OfDossier(t, d)
	if err != nil {
		return false, err
	}
	about, err := consent.Subjects(t, d, t.Today())
	if err != nil {
		return false, err
	}
	for _, c := range given {
		for _, s := range about {
			if _, refused := consent.Require(given, consent.ShareWith, s, c.To, t.Today()); c.Purpose == consent.ShareWith && refused == nil {
				return true, nil
			}
		}
	}
	return false, nil
}

// settledTerms are the organisation's terms for certificates (VOL-3).
func settledTerms(t *db.Tx) (volunteer.Terms, error) {
	v, err := setting.Load(t)
	return volunteer.Terms{ValidMonths: 12 * v.CertificateYears, FreshMonths: v.CertificateAgeMonths}, err
}

// startHolds says whether everything a family's start rests on still holds today (INT-4).
func startHolds(t *db.Tx, d core.DossierID) error {
	_, err := intake.StartedOf(t, d)
	return err
}
