package owndata

import (
	"maatje/internal/authz"
	"maatje/internal/db"
)

const ownWork = "a volunteer's own work: days, minutes and kilometres; nothing of the family is in it"

// What is read of somebody with an account: their own rows, by the account that asks.
var (
	qAccount = db.Q("owndata.account", authz.OwnAccount, `SELECT a.name, a.email, a.language, a.created_at, a.signed_in_at, a.totp_confirmed_at
		FROM account a WHERE a.id = :actor`, db.Probe{})
	qRoles = db.Q("owndata.roles", authz.OwnAccount, `SELECT r.role FROM account_role r WHERE r.account_id = :actor ORDER BY r.role`, db.Probe{})
	qTowns = db.Q("owndata.towns", authz.OwnAccount, `SELECT m.name FROM account_municipality am JOIN municipality m ON m.id = am.municipality_id
		WHERE am.account_id = :actor ORDER BY m.name`, db.Probe{})
	qPrisons = db.Q("owndata.facilities", authz.OwnAccount, `SELECT f.name FROM account_facility af JOIN facility f ON f.id = af.facility_id
		WHERE af.account_id = :actor ORDER BY f.name`, db.Probe{})
	qStandIns = db.Q("owndata.standing_in", authz.OwnAccount, `SELECT COALESCE(a.name, ''), s.from_date, s.until_date FROM standing_in s
		LEFT JOIN account a ON a.id = s.backup_id WHERE s.absent_id = :actor ORDER BY s.from_date, s.id`, db.Probe{})
	qBackups = db.Q("owndata.standing_in_for", authz.OwnAccount, `SELECT COALESCE(a.name, ''), s.from_date, s.until_date FROM standing_in s
		LEFT JOIN account a ON a.id = s.absent_id WHERE s.backup_id = :actor ORDER BY s.from_date, s.id`, db.Probe{})
	qCandidate = db.Q("owndata.candidate", authz.OwnAccount, `SELECT c.asked_at FROM leader_candidate c WHERE c.account_id = :actor`, db.Probe{})
	qSessions  = db.Q("owndata.sessions", authz.OwnAccount, `SELECT s.created_at, s.seen_at, s.address, s.device, s.how FROM session s
		WHERE s.account_id = :actor AND s.second_factor = TRUE ORDER BY s.seen_at DESC, s.created_at`, db.Probe{})
	qInvited   = db.Q("owndata.invitations", authz.OwnAccount, `SELECT i.made_at, i.used_at FROM invitation i WHERE i.account_id = :actor ORDER BY i.made_at`, db.Probe{})
	qKeys      = db.Q("owndata.passkeys", authz.OwnAccount, `SELECT p.name, p.made_at, p.used_at FROM passkey p WHERE p.account_id = :actor ORDER BY p.made_at, p.id`, db.Probe{})
	qProviders = db.Q("owndata.providers", authz.OwnAccount, `SELECT p.issuer, p.linked_at, p.used_at FROM provider_identity p WHERE p.account_id = :actor ORDER BY p.linked_at, p.id`, db.Probe{})
	qCodes     = db.Q("owndata.recovery_codes", authz.OwnAccount, `SELECT c.made_at, c.used_at FROM recovery_code c WHERE c.account_id = :actor ORDER BY c.made_at, c.used_at`, db.Probe{})
	qMails     = db.Q("owndata.mails", authz.OwnAccount, `SELECT o.created_at, o.template FROM outbox o WHERE o.account_id = :actor ORDER BY o.created_at, o.id`, db.Probe{})
	qTold      = db.Q("owndata.breaches", authz.OwnAccount, `SELECT b.reported_at, b.kind, b.closed_at FROM breach b WHERE b.reported_by = :actor ORDER BY b.reported_at, b.id`, db.Probe{})
	qTasks     = db.Q("owndata.tasks", authz.Tasks, `SELECT t.kind, t.created_at FROM visible_task t WHERE t.account_id = :actor AND t.done_at IS NULL ORDER BY t.created_at, t.id`, db.Probe{})

	qDid = db.CrossQ("owndata.did", authz.OwnAccount, "how often the asker did what, and when; not of whom", `SELECT g.action, COUNT(*), MIN(g.at), MAX(g.at)
		FROM log_entry g WHERE g.account_id = :actor GROUP BY g.action ORDER BY g.action`, db.Probe{})

	qVolunteer = db.Q("owndata.volunteer", authz.Profile, `SELECT v.name, v.email, v.phone, COALESCE(m.name, ''), COALESCE(f.name, ''), v.status, v.status_since, v.capacity,
		v.complex_wanted, v.complex_confirmed, v.languages, v.days, v.car, v.wishes, v.speaks, v.youngest, v.oldest, v.postcode, v.travel_minutes
		FROM visible_volunteer v LEFT JOIN municipality m ON m.id = v.municipality_id LEFT JOIN facility f ON f.id = v.facility_id WHERE v.account_id = :actor`, db.Probe{})
	qStatuses = db.Q("owndata.volunteer_statuses", authz.Care, `SELECT s.status, s.at, s.why, s.until_on, s.without_talk
		FROM visible_volunteer v JOIN volunteer_status s ON s.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY s.at, s.id`, db.Probe{})
	qVolunteerKinds = db.Q("owndata.volunteer_kinds", authz.Care, `SELECT k.kind
		FROM visible_volunteer v JOIN volunteer_kind k ON k.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY k.kind`, db.Probe{})
	qCourses = db.Q("owndata.volunteer_courses", authz.Care, `SELECT c.course, c.completed_on
		FROM visible_volunteer v JOIN volunteer_course c ON c.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY c.completed_on, c.course`, db.Probe{})
	qCertificates = db.Q("owndata.certificates", authz.Care, `SELECT c.profile, c.number, c.issued_on, c.renew_before, c.seen_on, COALESCE(a.name, '')
		FROM visible_volunteer v JOIN certificate c ON c.volunteer_id = v.id LEFT JOIN account a ON a.id = c.seen_by
		WHERE v.account_id = :actor ORDER BY c.renew_before, c.id`, db.Probe{})
	qKept = db.Q("owndata.volunteer_erasing", authz.Care, `SELECT e.announced_on, e.due_on
		FROM visible_volunteer v JOIN volunteer_erasure e ON e.volunteer_id = v.id WHERE v.account_id = :actor`, db.Probe{})
	qHeld = db.Q("owndata.volunteer_holds", authz.Care, `SELECT h.why, h.placed_on, h.until_on, h.lifted_on
		FROM visible_volunteer v JOIN volunteer_hold h ON h.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY h.placed_on, h.id`, db.Probe{})
	qWished = db.Q("owndata.volunteer_wishes", authz.Care, `SELECT w.why, w.asked_on, w.confirmed_on
		FROM visible_volunteer v JOIN volunteer_wish w ON w.volunteer_id = v.id WHERE v.account_id = :actor`, db.Probe{})
	qHelped = db.Q("owndata.volunteer_helped", authz.Care, `SELECT h.from_on, h.until_on
		FROM visible_volunteer v JOIN helped h ON h.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY h.from_on, h.id`, db.Probe{})
	qTalkedWith = db.Q("owndata.contacts", authz.Care, `SELECT c.held_on, c.how, c.words, COALESCE(a.name, '')
		FROM visible_volunteer v JOIN volunteer_contact c ON c.volunteer_id = v.id LEFT JOIN account a ON a.id = c.account_id
		WHERE v.account_id = :actor ORDER BY c.held_on, c.id`, db.Probe{})
	qSpokenEvery = db.Q("owndata.rhythm", authz.Care, `SELECT r.every FROM visible_volunteer v JOIN volunteer_rhythm r ON r.volunteer_id = v.id
		WHERE v.account_id = :actor AND r.every <> ''`, db.Probe{})
	qThanked = db.Q("owndata.thanked", authz.Care, `SELECT h.years, h.thanked_on FROM visible_volunteer v JOIN volunteer_thanks h ON h.volunteer_id = v.id
		WHERE v.account_id = :actor ORDER BY h.years`, db.Probe{})
	qSpent = db.Q("owndata.expenses", authz.Entries, `SELECT e.held_on, e.kind, e.what, e.minutes, e.km, e.cents, e.declined_why
		FROM visible_volunteer v JOIN expense_entry e ON e.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY e.held_on, e.id`, db.Probe{})
	qPaid = db.Q("owndata.paid", authz.Entries, `SELECT x.month, x.minutes, x.km, x.km_cents + x.own_cents, x.checked_at, x.paid_on
		FROM visible_volunteer v JOIN expense_month x ON x.volunteer_id = v.id WHERE v.account_id = :actor ORDER BY x.month`, db.Probe{})
	qRode = db.Q("owndata.rides", authz.Entries, `SELECT r.of_month, r.minutes, r.km FROM visible_volunteer v JOIN expense_ride r ON r.volunteer_id = v.id
		WHERE v.account_id = :actor ORDER BY r.of_month, r.month`, db.Probe{})
	qBorrowed = db.Q("owndata.borrowed", authz.Entries, `SELECT m.name, l.state, l.asked_on, l.lent_on, l.due_on, l.ended_on, l.why
		FROM visible_volunteer v JOIN material_loan l ON l.volunteer_id = v.id JOIN material m ON m.id = l.material_id
		WHERE v.account_id = :actor ORDER BY l.asked_on, l.id`, db.Probe{})
	qSeen = db.Q("owndata.looked_at_volunteer", authz.Care, `SELECT g.at, COALESCE(a.name, ''), g.actor
		FROM visible_volunteer v JOIN log_entry g ON g.row_id = v.id AND g.dossier_id = 0 LEFT JOIN account a ON a.id = g.account_id
		WHERE v.account_id = :actor AND g.account_id <> :actor ORDER BY g.seq DESC LIMIT :limit`, db.Probe{"limit": 10})

	qMatches = db.CrossQ("owndata.matches", authz.OwnAccount, ownWork, `SELECT m.state, m.proposed_at, m.introduced_on, m.accepted_on, m.ended_on
		FROM volunteer_match m WHERE m.volunteer_id = :volunteer ORDER BY m.proposed_at, m.id`, db.Probe{})
	qOwnVisits = db.CrossQ("owndata.own_visits", authz.OwnAccount, ownWork, `SELECT COALESCE(v.held_at, v.planned_at), v.minutes, v.km
		FROM visit v WHERE v.volunteer_id = :volunteer AND v.state IN ('held', 'planned') ORDER BY COALESCE(v.held_at, v.planned_at), v.id`, db.Probe{})
	qWorries = db.CrossQ("owndata.worries", authz.OwnAccount, ownWork, `SELECT s.raised_at, s.urgency, s.answered_at
		FROM signal s WHERE s.volunteer_id = :volunteer ORDER BY s.raised_at, s.id`, db.Probe{})
)

const seenLines = 5000 // the latest; nobody is looked at more often in the years that a volunteer stays
