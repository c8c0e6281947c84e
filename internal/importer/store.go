package importer

import (
	"maps"

	"maatje/internal/authz"
	"maatje/internal/db"
)

// why stands at every query here: they belong to the works of the product, which no person's relation opens for writing.
const why = "an import brings in families, volunteers and their history at once, as a job and never for a person's request"

func read(name, text string, p db.Probe) *db.Query {
	return db.CrossQ("importer."+name, authz.Works, why, text, p)
}

func write(name, text string, p db.Probe) *db.Query {
	return db.CrossX("importer."+name, authz.Works, why, text, p)
}

var (
	dossier    = db.Theirs("dossier")
	theirs     = db.Theirs("person")
	theKey     = db.Probe{"key": "probe"}
	ofDossier  = db.Probe{"dossier": dossier}
	day        = "2026-01-01"
	noInstants = "2026-01-01T00:00:00.000Z"
)

// What was brought in before.
var (
	qContent = read("content", `SELECT content_hash FROM import_record WHERE key_hash = :hash`, db.Probe{"hash": "probe"})
	xContent = write("keep_content", `INSERT INTO import_record (key_hash, content_hash, at) VALUES (:hash, :content, :now)
		ON CONFLICT (key_hash) DO UPDATE SET content_hash = excluded.content_hash, at = excluded.at`, db.Probe{"hash": "probe", "content": ""})

	qVolunteer  = read("volunteer", `SELECT id, 0 FROM volunteer WHERE import_key = :key`, theKey)
	qFamily     = read("family", `SELECT id, id FROM dossier WHERE import_key = :key`, theKey)
	qReferral   = read("referral", `SELECT id, COALESCE(dossier_id, 0) FROM referral WHERE import_key = :key`, theKey)
	qIntake     = read("intake", `SELECT id, dossier_id FROM intake WHERE import_key = :key`, theKey)
	qTrajectory = read("trajectory", `SELECT id, dossier_id FROM trajectory WHERE import_key = :key`, theKey)
	qVisit      = read("visit", `SELECT id, dossier_id FROM visit WHERE import_key = :key`, theKey)
	qSignal     = read("signal", `SELECT id, dossier_id FROM signal WHERE import_key = :key`, theKey)
)

// Names.
var (
	qMunicipalities = read("municipalities", `SELECT id, name FROM municipality`, db.Probe{})
	qFacilities     = read("facilities", `SELECT id, name FROM facility`, db.Probe{})
	qCoordinators   = read("coordinators", `SELECT DISTINCT a.id, a.name FROM account a JOIN account_role r ON r.account_id = a.id
		WHERE r.role IN ('inside_coordinator', 'outside_coordinator') AND a.ended_at IS NULL`, db.Probe{})

	xAddMunicipality = write("add_municipality", `INSERT INTO municipality (id, name, name_fold) VALUES (:id, :name, :fold)`,
		db.Probe{"id": db.Ours("municipality"), "name": "", "fold": "probe"})
	xAddFacility = write("add_facility", `INSERT INTO facility (id, name, name_fold, kind, imported) VALUES (:id, :name, :fold, 'prison', TRUE)`,
		db.Probe{"id": db.Ours("facility"), "name": "", "fold": "probe"})
	xAddAccount = write("add_coordinator", `INSERT INTO account (id, email, email_fold, name, created_at, imported) VALUES (:id, :email, :email, :name, :now, TRUE)`,
		db.Probe{"id": db.Ours("account"), "email": "probe", "name": ""})
	xAddRole = write("add_coordinator_role", `INSERT INTO account_role (account_id, role) VALUES (:account, 'outside_coordinator')`,
		db.Probe{"account": db.Ours("account")})
)

// Volunteers.
var (
	volunteerArgs = db.Probe{"row": db.Theirs("volunteer"), "name": "", "fold": "", "status": "active", "key": "probe"}

	xAddVolunteer = write("add_volunteer", `INSERT INTO volunteer (id, name, name_fold, status, status_since, imported, import_key)
		VALUES (:row, :name, :fold, :status, :today, TRUE, :key)`, volunteerArgs)
	xVolunteerStatus = write("volunteer_status", `INSERT INTO volunteer_status (id, volunteer_id, status, at, account_id, why)
		SELECT CAST(:id AS BIGINT), v.id, CAST(:status AS TEXT), CAST(:now AS TEXT), 0, 'import' FROM volunteer v
		WHERE v.id = :row AND NOT EXISTS (SELECT 1 FROM volunteer_status s WHERE s.volunteer_id = v.id AND s.status = :status AND v.status = :status)`,
		db.Probe{"id": db.Ours("volunteer_status"), "row": db.Theirs("volunteer"), "status": "active"})
	xVolunteer = write("change_volunteer", `UPDATE volunteer SET name = :name, name_fold = :fold, status = :status,
		status_since = CASE WHEN status = :status THEN status_since ELSE CAST(:today AS TEXT) END, version = version + 1 WHERE id = :row AND import_key = :key`, volunteerArgs)
	xForgetKinds = write("forget_kinds", `DELETE FROM volunteer_kind WHERE volunteer_id = :row`, db.Probe{"row": db.Theirs("volunteer")})
	xKind        = write("add_kind", `INSERT INTO volunteer_kind (volunteer_id, kind) VALUES (:row, :kind)`,
		db.Probe{"row": db.Theirs("volunteer"), "kind": "family_buddy"})
	xCertificate = write("change_certificate", `UPDATE certificate SET renew_before = :until WHERE volunteer_id = :row AND seen_by IS NULL`,
		db.Probe{"row": db.Theirs("volunteer"), "until": day})
	xAddCertificate = write("add_certificate", `INSERT INTO certificate (id, volunteer_id, renew_before) VALUES (:id, :row, :until)`,
		db.Probe{"id": db.Ours("certificate"), "row": db.Theirs("volunteer"), "until": day})
	// A volunteer belongs to the municipality of the first family that shows where she works.
	xVolunteerHome = write("volunteer_home", `UPDATE volunteer SET municipality_id = (SELECT d.municipality_id FROM dossier d WHERE d.id = :dossier)
		WHERE id = :row AND municipality_id IS NULL AND imported`, db.Probe{"row": db.Theirs("volunteer"), "dossier": dossier})
)

// Referrals and intakes.
var (
	referralArgs = db.Probe{"row": db.Theirs("referral"), "received": noInstants, "channel": "school", "municipality": nil, "facility": nil,
		"state": "", "dossier": nil, "key": "probe"}

	xAddReferral = write("add_referral", `INSERT INTO referral (id, code, received_at, channel, municipality_id, facility_id, state, dossier_id, answered_at, imported, import_key)
		VALUES (:row, :code, :received, :channel, :municipality, :facility, :state, :dossier, :received, TRUE, :key)`,
		with(referralArgs, db.Probe{"code": "probe"}))
	xReferral = write("change_referral", `UPDATE referral SET received_at = :received, channel = :channel, municipality_id = :municipality,
		facility_id = :facility, state = :state, dossier_id = :dossier, answered_at = :received, version = version + 1 WHERE id = :row AND import_key = :key`, referralArgs)

	intakeArgs = db.Probe{"row": db.Theirs("intake"), "dossier": dossier, "referral": nil, "coordinator": nil, "opened": day, "decided": nil, "outcome": "", "key": "probe"}

	xAddIntake = write("add_intake", `INSERT INTO intake (id, dossier_id, referral_id, coordinator_id, opened_on, decided_on, decided_by, outcome, imported, import_key)
		VALUES (:row, :dossier, :referral, :coordinator, :opened, :decided, CASE WHEN CAST(:decided AS TEXT) IS NULL THEN NULL ELSE CAST(:coordinator AS BIGINT) END,
			:outcome, TRUE, :key)`, intakeArgs)
	xIntake = write("change_intake", `UPDATE intake SET dossier_id = :dossier, referral_id = :referral, coordinator_id = :coordinator, opened_on = :opened, decided_on = :decided,
		decided_by = CASE WHEN CAST(:decided AS TEXT) IS NULL THEN NULL ELSE CAST(:coordinator AS BIGINT) END,
		outcome = :outcome, version = version + 1 WHERE id = :row AND import_key = :key`, intakeArgs)
	xForgetReasons = write("forget_reasons", `DELETE FROM intake_reason WHERE intake_id = :row`, db.Probe{"row": db.Theirs("intake")})
	xReason        = write("add_reason", `INSERT INTO intake_reason (intake_id, dossier_id, reason, position) VALUES (:row, :dossier, :reason, :position)`,
		db.Probe{"row": db.Theirs("intake"), "dossier": dossier, "reason": "other", "position": 1})
	// Talks that came in have nobody who wrote them down; those that a coordinator added stay.
	xForgetTalks = write("forget_talks", `DELETE FROM intake_talk WHERE intake_id = :row AND account_id IS NULL`, db.Probe{"row": db.Theirs("intake")})
	xTalk        = write("add_talk", `INSERT INTO intake_talk (id, dossier_id, intake_id, held_on, with_group, minutes) VALUES (:id, :dossier, :row, :held, :with, :minutes)`,
		db.Probe{"id": db.Ours("intake_talk"), "dossier": dossier, "row": db.Theirs("intake"), "held": day, "with": "parent", "minutes": 1})
)

// with adds arguments to a probe.
func with(p, more db.Probe) db.Probe {
	out := maps.Clone(p)
	maps.Copy(out, more)
	return out
}
