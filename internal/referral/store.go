package referral

import (
	"strings"

	"maatje/internal/authz"
	"maatje/internal/core"
	"maatje/internal/db"
	"maatje/internal/vault"
)

const (
	newcomer = "nobody has a relation to a referral before it is there; whoever sends it in reads nothing back but its code"
	workload = "whose turn it is counts how many referrals wait for each, and tells nothing about them"
)

var insertProbe = db.Probe{"id": core.ID(7), "code": "x", "channel": "other", "referrer": "", "organisation": "", "phone": "", "email": "",
	"municipality": nil, "facility": nil, "municipality_name": "", "facility_name": "", "parent": "", "parent_fold": "", "parent_birth": nil, "parent_sex": "",
	"caregiver": "", "caregiver_fold": "", "relation": "", "caregiver_phone": "", "words": nil, "coordinator": nil, "before": nil, "token": "x"}

// Coming in. These stand on the door: a visitor has no more than that.
var (
	qByToken = db.CrossQ("referral.by_token", authz.Door, newcomer, `SELECT r.id, r.code FROM referral r WHERE r.form_token = :token`, db.Probe{"token": "x"})

	qInsert = db.CrossX("referral.insert", authz.Door, newcomer, `INSERT INTO referral (id, code, received_at, channel, referrer, referrer_organisation,
		referrer_phone, referrer_email, municipality_id, facility_id, municipality_name, facility_name, parent_name, parent_fold, parent_birth, parent_sex,
		caregiver_name, caregiver_fold, caregiver_relation, caregiver_phone, words, state, coordinator_id, answer_before, form_token)
		VALUES (:id, :code, :now, :channel, :referrer, :organisation, :phone, :email, :municipality, :facility, :municipality_name, :facility_name,
		:parent, :parent_fold, :parent_birth, :parent_sex, :caregiver, :caregiver_fold, :relation, :caregiver_phone, :words, 'open', :coordinator, :before, :token)`,
		insertProbe)

	qInsertChild = db.CrossX("referral.insert_child", authz.Door, newcomer, `INSERT INTO referral_child (id, referral_id, name, name_fold, birth, sex)
		SELECT :id, r.id, :name, :fold, :birth, :sex FROM referral r WHERE r.id = :referral AND r.received_at = :now`,
		db.Probe{"id": core.ID(7), "referral": db.Theirs("referral"), "name": "x", "fold": "x", "birth": nil, "sex": ""})

	qOfMunicipality = db.CrossQ("referral.of_municipality", authz.Door, workload, `SELECT a.id FROM account_municipality am
		JOIN account a ON a.id = am.account_id AND a.ended_at IS NULL
		JOIN account_role ro ON ro.account_id = a.id AND ro.role = 'outside_coordinator' WHERE am.municipality_id = :municipality
		ORDER BY (SELECT COUNT(*) FROM referral r WHERE r.coordinator_id = a.id AND r.state = 'open'), a.id LIMIT 1`, db.Probe{"municipality": core.ID(7)})
	qOfFacility = db.CrossQ("referral.of_facility", authz.Door, workload, `SELECT a.id FROM account_facility af
		JOIN account a ON a.id = af.account_id AND a.ended_at IS NULL
		JOIN account_role ro ON ro.account_id = a.id AND ro.role = 'inside_coordinator' WHERE af.facility_id = :facility
		ORDER BY (SELECT COUNT(*) FROM referral r WHERE r.coordinator_id = a.id AND r.state = 'open'), a.id LIMIT 1`, db.Probe{"facility": core.ID(7)})
	qLeader = db.Q("referral.leader", authz.Door, `SELECT a.id FROM account a JOIN account_role ro ON ro.account_id = a.id AND ro.role = 'project_leader'
		WHERE a.ended_at IS NULL ORDER BY a.id LIMIT 1`, db.Probe{})

	qBucket = db.Q("referral.bucket", authz.Door, `SELECT b.tokens, b.at FROM attempt b WHERE b.key = :key`, db.Probe{"key": "x"})
	qSpend  = db.X("referral.spend", authz.Door, `INSERT INTO attempt (key, tokens, at) VALUES (:key, :tokens, :now)
		ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens, at = excluded.at`, db.Probe{"key": "x", "tokens": 1.0}).
		Quiet("how often an address asks is nobody's file")
)

const columns = `SELECT r.id, r.code, r.received_at, r.channel, r.referrer, r.referrer_organisation, r.referrer_phone, r.referrer_email,
	r.municipality_id, COALESCE(m.name, r.municipality_name), r.facility_id, COALESCE(f.name, r.facility_name), r.parent_name, r.parent_birth, r.parent_sex,
	r.caregiver_name, r.caregiver_relation, r.caregiver_phone, r.words, r.state, r.coordinator_id, COALESCE(a.name, ''), r.dossier_id, r.answer_before,
	r.answered_at, COALESCE(b.name, ''), r.reasons, r.answer, r.version
	FROM visible_referral r LEFT JOIN municipality m ON m.id = r.municipality_id LEFT JOIN facility f ON f.id = r.facility_id
	LEFT JOIN account a ON a.id = r.coordinator_id LEFT JOIN account b ON b.id = r.answered_by `

// which narrows the list: open, mine, late, answered, or everything.
const which = `WHERE (CAST(:which AS TEXT) = 'all' OR (:which = 'open' AND r.state = 'open') OR (:which = 'mine' AND r.state = 'open' AND r.coordinator_id = :actor)
	OR (:which = 'late' AND r.state = 'open' AND r.answer_before < :now) OR (:which = 'answered' AND r.state <> 'open'))
	AND (CAST(:channel AS TEXT) = '' OR r.channel = :channel)
	AND (CAST(:code AS TEXT) = '' OR r.code = :code)`

// Answering.
var (
	qOne = db.Q("referral.one", authz.Referrals, columns+`WHERE r.id = :id`, db.Probe{"id": db.Theirs("referral")})

	qList = db.Q("referral.list", authz.Referrals, columns+which+` ORDER BY CASE WHEN r.state = 'open' THEN 0 ELSE 1 END, r.received_at DESC, r.id LIMIT :limit OFFSET :offset`,
		db.Probe{"which": "all", "channel": "", "code": "", "limit": 50, "offset": 0})

	qCounts = db.Q("referral.counts", authz.Referrals, `SELECT COALESCE(SUM(CASE WHEN r.state = 'open' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN r.state = 'open' AND r.coordinator_id = :actor THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN r.state = 'open' AND r.answer_before < :now THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN r.state <> 'open' THEN 1 ELSE 0 END), 0) FROM visible_referral r`, db.Probe{})

	qChildren = db.Q("referral.children", authz.Referrals, `SELECT c.name, c.birth, c.sex FROM visible_referral r
		JOIN referral_child c ON c.referral_id = r.id WHERE r.id = :referral ORDER BY c.id`, db.Probe{"referral": db.Theirs("referral")})

	qAnswer = db.X("referral.answer", authz.Referrals, `UPDATE referral SET state = :state, dossier_id = :dossier, reasons = :reasons, answer = :answer,
		answered_at = :now, answered_by = :actor, version = version + 1
		WHERE id = :id AND state = 'open' AND version = :version AND id IN (SELECT v.id FROM visible_referral v)`,
		db.Probe{"id": db.Theirs("referral"), "state": "declined", "dossier": nil, "reasons": "", "answer": nil, "version": 1})

	qUnmet = db.X("referral.note_unmet_need", authz.Referrals, `INSERT INTO referral_unmet_need (referral_id, kind, municipality_id, noted_on)
		SELECT r.id, CAST(:kind AS TEXT), r.municipality_id, CAST(:today AS TEXT) FROM visible_referral r WHERE r.id = :id`,
		db.Probe{"id": db.Theirs("referral"), "kind": "no_funding"})

	qPass = db.X("referral.pass", authz.Referrals, `UPDATE referral SET coordinator_id = :coordinator, version = version + 1
		WHERE id = :id AND state = 'open' AND version = :version AND id IN (SELECT v.id FROM visible_referral v)`,
		db.Probe{"id": db.Theirs("referral"), "coordinator": db.Theirs("account"), "version": 1})

	qColleagues = db.Q("referral.colleagues", authz.Directory, `SELECT a.id, a.name FROM account a WHERE a.ended_at IS NULL AND a.id IN
		(SELECT ro.account_id FROM account_role ro WHERE ro.role IN ('outside_coordinator', 'inside_coordinator', 'project_leader')) ORDER BY a.name, a.id`, db.Probe{})

	qByWord = db.Q("referral.likely_by_word", authz.Identity, `SELECT d.id, d.name, p.name, p.birth, p.is_child FROM visible_dossier d
		JOIN person p ON p.dossier_id = d.id WHERE d.id IN (SELECT n.dossier_id FROM name_word n WHERE n.word = :word) ORDER BY d.id DESC, p.id LIMIT :limit`,
		db.Probe{"word": "zqtheirs name_word word", "limit": 100})
	qByBirth = db.Q("referral.likely_by_birth", authz.Identity, `SELECT d.id, d.name, p.name, p.birth, p.is_child FROM visible_dossier d
		JOIN person p ON p.dossier_id = d.id WHERE d.id IN (SELECT q.dossier_id FROM person q WHERE q.birth = :birth) ORDER BY d.id DESC, p.id LIMIT :limit`,
		db.Probe{"birth": "2014-03-01", "limit": 100})
)

func (r Referral) args() db.Args {
	return db.Args{"id": r.ID, "code": r.Code, "channel": r.Channel, "referrer": r.Referrer, "organisation": r.Organisation, "phone": r.Phone, "email": r.Email,
		"municipality": r.Municipality, "facility": r.Facility, "municipality_name": r.MunicipalityName, "facility_name": r.FacilityName,
		"parent": r.Parent.Name, "parent_fold": db.Fold(r.Parent.Name), "parent_birth": r.Parent.Birth, "parent_sex": r.Parent.Sex,
		"caregiver": r.Caregiver, "caregiver_fold": db.Fold(r.Caregiver), "relation": r.CaregiverRelation, "caregiver_phone": r.CaregiverPhone,
		"coordinator": r.Coordinator, "before": r.AnswerBefore}
}

// row is a referral as it is kept.
type row struct {
	Referral
	words, answer []byte
	reasons       string
}

func (r *row) dest() []any {
	return []any{&r.ID, &r.Code, &r.ReceivedAt, &r.Channel, &r.Referrer, &r.Organisation, &r.Phone, &r.Email, &r.Municipality, &r.MunicipalityName,
		&r.Facility, &r.FacilityName, &r.Parent.Name, &r.Parent.Birth, &r.Parent.Sex, &r.Caregiver, &r.CaregiverRelation, &r.CaregiverPhone, &r.words,
		&r.State, &r.Coordinator, &r.For, &r.Dossier, &r.AnswerBefore, &r.AnsweredAt, &r.AnsweredBy, &r.reasons, &r.answer, &r.Version}
}

func placeOf(id core.ID, column string) vault.Place {
	return vault.Place{Table: "referral", Column: column, Row: id.Int64(), Owner: id.Int64()}
}

// load reads a referral with what was written in it.
func load(t *db.Tx, id core.ID) (Referral, error) {
	r, err := db.One(t, qOne, db.Args{"id": id}, (*row).dest)
	if err != nil {
		return Referral{}, err
	}
	if r.reasons != "" {
		r.Reasons = strings.Split(r.reasons, ",")
	}
	if r.Words, err = t.Open(placeOf(id, "words"), r.words); err != nil {
		return Referral{}, err
	}
	if r.Answer, err = t.Open(placeOf(id, "answer"), r.answer); err != nil {
		return Referral{}, err
	}
	r.Children, err = db.All(t, qChildren, db.Args{"referral": id}, func(p *Person) []any { return []any{&p.Name, &p.Birth, &p.Sex} })
	return r.Referral, err
}
