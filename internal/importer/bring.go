package importer

import (
	"cmp"
	"encoding/hex"
	"time"

	"maatje/internal/core"
	"maatje/internal/db"
)

// row is where a record lies in the database.
type row struct {
	id      int64
	dossier core.DossierID
}

func (r *row) columns() []any { return []any{&r.id, &r.dossier} }

// finders say where the record with a key lies, by kind.
var finders = map[string]*db.Query{
	volunteerKind: qVolunteer, familyKind: qFamily, referralKind: qReferral, intakeKind: qIntake, trajectoryKind: qTrajectory,
	visitKind: qVisit, signalKind: qSignal,
}

func find(t *db.Tx, kind, key string) (row, bool, error) {
	return db.Maybe(t, finders[kind], db.Args{"key": key}, (*row).columns)
}

// must finds what a record refers to.
func must(t *db.Tx, field, kind, key string) (row, error) {
	at, ok, err := find(t, kind, key)
	if err == nil && !ok {
		err = refuse("%s: there is no %s %.40q, or its own line did not come in", field, kind, key)
	}
	return at, err
}

// one brings in one record: nothing when it says what it said before, a new row or a changed one otherwise.
func (r *run) one(t *db.Tx, rec record) (result, error) {
	sum := keyHash(rec.kind, rec.key)
	hash := hex.EncodeToString(sum[:])
	said, known, err := db.Maybe(t, qContent, db.Args{"hash": hash}, func(s *string) []any { return []any{s} })
	if err != nil || known && said == rec.hash {
		return result{what: "same"}, err
	}
	at, exists, err := find(t, rec.kind, rec.key)
	if err != nil {
		return result{}, err
	}
	if !exists {
		at.id = db.NewID[core.ID](t).Int64()
	}
	res := result{what: "changed"}
	if !exists {
		res.what = "added"
	}
	if res.dossier, err = r.keep(t, rec, at, exists); err != nil {
		return result{}, err
	}
	return res, db.Do(t, xContent, db.Args{"hash": hash, "content": rec.hash})
}

// keep writes the record and says to which family it belongs.
func (r *run) keep(t *db.Tx, rec record, at row, exists bool) (core.DossierID, error) {
	switch d := rec.data.(type) {
	case *volunteer:
		return 0, keepVolunteer(t, rec.key, d, at.id, exists)
	case *family:
		return core.DossierID(at.id), r.keepFamily(t, rec.key, d, core.DossierID(at.id), exists)
	case *referral:
		return r.keepReferral(t, rec.key, d, at.id, exists)
	case *intake:
		return r.keepIntake(t, rec.key, d, at.id, exists)
	case *trajectory:
		return r.keepTrajectory(t, rec.key, d, at.id, exists)
	case *visit:
		return 0, keepVisit(t, rec.key, d, at.id, exists)
	case *signal:
		return 0, keepSignal(t, rec.key, d, at.id, exists)
	}
	return 0, refuse("type: nothing keeps a %s", rec.kind)
}

// either runs the one that fits.
func either(t *db.Tx, exists bool, change, add *db.Query, args db.Args, more db.Args) error {
	if exists {
		return db.Do(t, change, args)
	}
	return db.Do(t, add, with(args, more))
}

func keepVolunteer(t *db.Tx, key string, v *volunteer, id int64, exists bool) error {
	status := cmp.Or(v.Status, "active")
	args := db.Args{"row": id, "name": v.Name, "fold": db.Fold(v.Name), "status": status, "key": key}
	if err := either(t, exists, xVolunteer, xAddVolunteer, args, nil); err != nil {
		return err
	}
	if _, err := db.Exec(t, xVolunteerStatus, db.Args{"id": db.NewID[core.ID](t), "row": id, "status": status}); err != nil {
		return err
	}
	if _, err := db.Exec(t, xForgetKinds, db.Args{"row": id}); err != nil {
		return err
	}
	for _, k := range v.Kinds {
		if err := db.Do(t, xKind, db.Args{"row": id, "kind": k}); err != nil {
			return err
		}
	}
	if v.until.IsZero() {
		return nil
	}
	n, err := db.Exec(t, xCertificate, db.Args{"row": id, "until": v.until})
	if err != nil || n > 0 {
		return err
	}
	return db.Do(t, xAddCertificate, db.Args{"id": db.NewID[core.ID](t), "row": id, "until": v.until})
}

func (r *run) keepReferral(t *db.Tx, key string, d *referral, id int64, exists bool) (core.DossierID, error) {
	var fam row
	state := "declined"
	if d.Family != "" {
		var err error
		if fam, err = must(t, "family", familyKind, d.Family); err != nil {
			return 0, err
		}
		state = "made"
	}
	if !exists {
		if err := t.NewOwner(id); err != nil {
			return 0, err
		}
	}
	args := db.Args{"row": id, "received": noon(d.date), "channel": d.Channel, "municipality": r.places.municipality(d.Municipality),
		"facility": r.places.facility(d.Facility), "state": state, "dossier": fam.dossier, "key": key}
	return fam.dossier, either(t, exists, xReferral, xAddReferral, args, db.Args{"code": core.ID(id).String()})
}

func (r *run) keepIntake(t *db.Tx, key string, d *intake, id int64, exists bool) (core.DossierID, error) {
	fam, err := must(t, "family", familyKind, d.Family)
	if err != nil {
		return 0, err
	}
	var from row
	if d.Referral != "" {
		if from, err = must(t, "referral", referralKind, d.Referral); err != nil {
			return 0, err
		}
	}
	args := db.Args{"row": id, "dossier": fam.dossier, "referral": core.ID(from.id), "coordinator": r.places.coordinator(d.Coordinator),
		"opened": d.openedOn(t.Today()), "decided": core.Date{}, "outcome": "", "key": key}
	if d.Decision != nil {
		args["decided"], args["outcome"] = d.Decision.date, d.Decision.Outcome
	}
	if err := either(t, exists, xIntake, xAddIntake, args, nil); err != nil {
		return 0, err
	}
	return fam.dossier, keepTalks(t, d, id, fam.dossier)
}

// openedOn is the first day of an intake that is known.
func (k *intake) openedOn(today core.Date) core.Date {
	first := today
	if k.Decision != nil {
		first = k.Decision.date
	}
	for _, t := range k.Talks {
		if t.date.Before(first) {
			first = t.date
		}
	}
	return first
}

func keepTalks(t *db.Tx, d *intake, id int64, of core.DossierID) error {
	for _, x := range []*db.Query{xForgetReasons, xForgetTalks} {
		if _, err := db.Exec(t, x, db.Args{"row": id}); err != nil {
			return err
		}
	}
	if d.Decision != nil {
		for i, reason := range d.Decision.Reasons {
			if err := db.Do(t, xReason, db.Args{"row": id, "dossier": of, "reason": reason, "position": i + 1}); err != nil {
				return err
			}
		}
	}
	for _, k := range d.Talks {
		if err := db.Do(t, xTalk, db.Args{"id": db.NewID[core.ID](t), "dossier": of, "row": id, "held": k.date, "with": cmp.Or(k.With, "other"),
			"minutes": int(k.Minutes)}); err != nil {
			return err
		}
	}
	return nil
}

// noon is the moment at which something of a day is kept.
func noon(d core.Date) core.Instant {
	if d.IsZero() {
		return core.Instant{}
	}
	return core.At(time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, core.Amsterdam))
}
