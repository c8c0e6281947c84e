package authz

// Root is what rows belong to. Whoever does not see the root does not find its rows.
type Root uint8

const (
	NoRoot        Root = iota // settings, accounts, facilities: no family, no volunteer
	DossierRoot               // one family's file
	ReferralRoot              // a request before there is a dossier
	VolunteerRoot             // a volunteer's own data
	TaskRoot                  // what waits for somebody
)

// Name is the word in `visible_NAME` and in the migrations' `-- root: NAME`.
func (r Root) Name() string {
	return [...]string{"none", "dossier", "referral", "volunteer", "task"}[r]
}

// Roots lists the roots that have rows of somebody.
func Roots() []Root { return []Root{DossierRoot, ReferralRoot, VolunteerRoot, TaskRoot} }

// Section is a part of what a root holds. Every query names the one it touches.
type Section uint8

const (
	Identity     Section = iota + 1 // people, households, who decides about whom, addresses
	Knowledge                       // what each child knows (INT-8)
	Detention                       // detentions, placements, restrictions, leave, release
	Contacts                        // professionals involved and notes about contacts with them
	Plan                            // trajectories, for whom, until when; step plan; farewell
	OwnMatch                        // the proposal made to this volunteer
	Matching                        // who was proposed, who declined and why
	OwnVisits                       // the actor's own visits and reports
	OpenedVisits                    // reports that the coordinator opened to the other volunteers of the family
	Visits                          // visits and reports of everybody in the dossier
	Intake                          // talks, needs, contraindications, conditions, decision
	OwnSignals                      // worries this volunteer passed on, and their answers
	Signals                         // worries of every volunteer in the dossier
	Consents                        // who agreed to what
	Notes                           // a coordinator's own notes
	Log                             // who looked at this dossier, when
	Referrals                       // requests for support
	Profile                         // a volunteer's name, kinds, days, capacity
	Care                            // a volunteer's pipeline, certificate, courses
	Screening                       // what coordinators wrote about a volunteer and what others said of them in confidence
	Tasks                           // what waits for whom
	Escalations                     // that a signal waits too long: when, how urgent, whose; nothing of the family
	Figures                         // counts without persons
	Directory                       // municipalities and facilities
	Settings                        // what the organisation chose
	Accounts                        // who may sign in, as what, where
	OwnAccount                      // the actor's own sign-in
	Door                            // what anybody may do: refer, sign in
	OwnSteps                        // the step plan of the trajectory whose volunteer the actor is
	Steps                           // step plans of the dossier
	Requests                        // what somebody of the family asked about their own data (PRV-4)
	Breaches                        // what went wrong with data, of no family (PRV-6)
	Keeping                         // until when a family's data are kept, what holds that up, who asked to erase them
	EarlyErasing                    // that somebody asked to erase data before their time: who asked and when, not whose
	Erasing                         // erasing itself, and the counts that stay: the program's own work alone
	Entries                         // what a volunteer writes down or asks for herself: hours, kilometres, expenses, something to borrow
	Practice                        // how each coordinator works, in counts without families (FIG-4)
	Training                        // courses, sessions, modules, dilemmas, peer days: what there is to learn, of nobody
	Learning                        // who comes to which session, how far a volunteer is in a module, who came to a peer day
	OwnAnswers                      // what a volunteer chose and wrote in a module: hers alone
	Tools                           // the family's own tools: who is who, what ties them, goals
	Works                           // the product's own machinery: jobs, outbox, log writing
)

type sectionFact struct {
	name string
	root Root
	own  bool // rows of the actor only: the probe also tries a second volunteer of the same family
}

var sections = map[Section]sectionFact{
	Identity:     {"identity", DossierRoot, false},
	Knowledge:    {"knowledge", DossierRoot, false},
	Detention:    {"detention", DossierRoot, false},
	Contacts:     {"contacts", DossierRoot, false},
	Plan:         {"plan", DossierRoot, false},
	OwnMatch:     {"own match", DossierRoot, true},
	Matching:     {"matching", DossierRoot, false},
	OwnVisits:    {"own visits", DossierRoot, true},
	OpenedVisits: {"opened visits", DossierRoot, false},
	Visits:       {"visits", DossierRoot, false},
	Intake:       {"intake", DossierRoot, false},
	OwnSignals:   {"own signals", DossierRoot, true},
	Signals:      {"signals", DossierRoot, false},
	Consents:     {"consents", DossierRoot, false},
	Notes:        {"notes", DossierRoot, false},
	Log:          {"log", DossierRoot, false},
	Referrals:    {"referrals", ReferralRoot, false},
	Profile:      {"volunteer profile", VolunteerRoot, false},
	Care:         {"volunteer care", VolunteerRoot, false},
	Screening:    {"volunteer screening", VolunteerRoot, false},
	Tasks:        {"tasks", TaskRoot, false},
	Escalations:  {"escalations", NoRoot, false},
	Figures:      {"figures", NoRoot, false},
	Directory:    {"directory", NoRoot, false},
	Settings:     {"settings", NoRoot, false},
	Accounts:     {"accounts", NoRoot, false},
	OwnAccount:   {"own account", NoRoot, false},
	Door:         {"door", NoRoot, false},
	OwnSteps:     {"own steps", DossierRoot, true},
	Steps:        {"steps", DossierRoot, false},
	Requests:     {"requests", DossierRoot, false},
	Breaches:     {"breaches", NoRoot, false},
	Keeping:      {"keeping", DossierRoot, false},
	EarlyErasing: {"early erasing", NoRoot, false},
	Erasing:      {"erasing", NoRoot, false},
	Entries:      {"volunteer entries", VolunteerRoot, false},
	Practice:     {"practice", NoRoot, false},
	Training:     {"training", NoRoot, false},
	Learning:     {"learning", VolunteerRoot, false},
	OwnAnswers:   {"own answers", VolunteerRoot, true},
	Tools:        {"tools", DossierRoot, false},
	Works:        {"works", NoRoot, false},
}

func (s Section) String() string { return sections[s].name }

// Root is what the section's rows belong to.
func (s Section) Root() Root { return sections[s].root }

// IsOwn says that the section holds rows of the actor alone.
func (s Section) IsOwn() bool { return sections[s].own }

// Sections lists every section in order.
func Sections() []Section {
	out := make([]Section, 0, len(sections))
	for s := Identity; s <= Works; s++ {
		out = append(out, s)
	}
	return out
}

// Relation is the bond through which somebody reaches rows. An actor's set says which bonds are possible; whether one
// exists is asked of the database, at every query, so that an ended match is an ended right.
type Relation uint32

const (
	RunningMatch   Relation = 1 << iota // volunteer with an introduced or accepted match whose trajectory runs
	ProposedMatch                       // volunteer to whom this family was proposed
	EndedMatch                          // volunteer whose match ended at most 30 days ago
	JustEnded                           // volunteer whose match ended at most 14 days ago: time for a last report
	InFacility                          // inside coordinator of a facility where the parent stays (or last stayed)
	InMunicipality                      // outside coordinator of the family's municipality
	StandingIn                          // outside coordinator who stands in for an absent one today
	StandingInside                      // inside coordinator who stands in for an absent one today
	BrokenGlass                         // project leader who broke the glass of one dossier, with a reason, for four hours
	AskedSignal                         // inside coordinator to whom a volunteer's worry about this family was put (or whom they stand in for)
	OwnFile                             // a volunteer with the own volunteer file
	Addressee                           // to whom a task is addressed (or whom somebody stands in for)
	Office                              // project leader: volunteers, referrals nobody covers, settings, figures
	Administration                      // administrator: accounts and settings, never a dossier
	Member                              // everybody who is signed in
	Anyone                              // a visitor without a session
	SystemRelation                      // a job
)

// Relations lists every relation in order.
func Relations() []Relation {
	var out []Relation
	for r := RunningMatch; r <= SystemRelation; r <<= 1 {
		out = append(out, r)
	}
	return out
}

var relationNames = map[Relation]string{
	RunningMatch: "running match", ProposedMatch: "proposed match", EndedMatch: "ended match, 30 days", JustEnded: "ended match, 14 days", InFacility: "facility",
	InMunicipality: "municipality", StandingIn: "standing in", StandingInside: "standing in (inside)", BrokenGlass: "broken glass",
	AskedSignal: "asked about a signal", OwnFile: "own file", Addressee: "addressee", Office: "office", Administration: "administration", Member: "member",
	Anyone: "anyone", SystemRelation: "system",
}

func (r Relation) String() string {
	if n, ok := relationNames[r]; ok {
		return n
	}
	out := ""
	for _, one := range Relations() {
		if r&one != 0 {
			if out != "" {
				out += ", "
			}
			out += relationNames[one]
		}
	}
	return out
}

// rolesRelations says which relations a role can have.
var rolesRelations = map[Role]Relation{
	Volunteer:          RunningMatch | ProposedMatch | EndedMatch | JustEnded | OwnFile | Addressee,
	InsideCoordinator:  InFacility | StandingInside | AskedSignal | Addressee,
	OutsideCoordinator: InMunicipality | StandingIn | Addressee,
	ProjectLeader:      BrokenGlass | Office | Addressee,
	Administrator:      Administration | Addressee,
}

// Access is what a cell of the matrix allows.
type Access uint8

const (
	None Access = iota
	Read
	Write // and read
)

func (a Access) String() string { return [...]string{"", "read", "write"}[a] }

// matrix is the table of relations x sections; METHOD chapter 9 is its content. What does not stand here is denied.
var matrix = map[Relation]map[Section]Access{
	RunningMatch: {
		Identity: Read, Knowledge: Read, Detention: Read, Plan: Read,
		OwnMatch: Write, OwnVisits: Write, OpenedVisits: Read, OwnSignals: Write, OwnSteps: Write, Tools: Write,
	},
	ProposedMatch: {OwnMatch: Write},
	EndedMatch:    {OwnVisits: Read, OwnSignals: Read},
	JustEnded:     {OwnVisits: Write},
	InFacility: {
		Identity: Write, Knowledge: Write, Detention: Write, Contacts: Write, Plan: Write, Matching: Write,
		Intake: Write, Consents: Write, Notes: Write, Log: Read,
		Referrals: Write, Profile: Write, Care: Write, Screening: Write, Steps: Write, Requests: Write, Keeping: Write,
		Entries: Write, Practice: Read,
		Training: Write, Learning: Write, Tools: Write,
	},
	InMunicipality: {
		Identity: Write, Knowledge: Write, Detention: Write, Contacts: Write, Plan: Write, Matching: Write,
		Visits: Write, Intake: Write, Signals: Write, Consents: Write, Notes: Write, Log: Read,
		Referrals: Write, Profile: Write, Care: Write, Screening: Write, Steps: Write, Requests: Write, Keeping: Write,
		Entries: Write, Practice: Read,
		Training: Write, Learning: Write, Tools: Write,
	},
	StandingIn: {
		Identity: Write, Knowledge: Write, Detention: Write, Contacts: Write, Plan: Write, Matching: Write,
		Visits: Write, Intake: Write, Signals: Write, Consents: Write, Notes: Write, Log: Read,
		Referrals: Write, Profile: Write, Care: Write, Screening: Write, Steps: Write, Requests: Write, Keeping: Write,
		Entries: Write, Practice: Read,
		Training: Write, Learning: Write, Tools: Write,
	},
	StandingInside: {
		Identity: Write, Knowledge: Write, Detention: Write, Contacts: Write, Plan: Write, Matching: Write,
		Intake: Write, Consents: Write, Notes: Write, Log: Read,
		Referrals: Write, Profile: Write, Care: Write, Screening: Write, Steps: Write, Requests: Write, Keeping: Write,
		Entries: Write, Practice: Read,
		Training: Write, Learning: Write, Tools: Write,
	},
	AskedSignal: {Signals: Write},
	BrokenGlass: {
		Identity: Read, Knowledge: Read, Detention: Read, Contacts: Read, Plan: Read, Matching: Read,
		Visits: Read, Intake: Write, Signals: Write, Consents: Read, Notes: Read, Log: Read,
		Steps: Read, Requests: Read, Keeping: Read, Tools: Read,
	},
	OwnFile:   {Profile: Write, Care: Read, Entries: Write, Learning: Write, OwnAnswers: Write},
	Addressee: {Tasks: Write},
	Office: {Referrals: Write, Profile: Write, Care: Write, Screening: Write, Escalations: Read, Figures: Read, Settings: Write, Accounts: Write, Breaches: Write, EarlyErasing: Write,
		Entries: Write, Practice: Read, Training: Write, Learning: Write},
	Administration: {Settings: Write, Accounts: Write, Works: Read, Breaches: Write},
	Member:         {Directory: Write, Settings: Read, OwnAccount: Write, Door: Write, Training: Read},
	Anyone:         {Door: Write, Directory: Read, Settings: Read},
	SystemRelation: {
		Identity: Write, Knowledge: Write, Detention: Write, Contacts: Write, Plan: Write, OwnMatch: Write, Matching: Write,
		OwnVisits: Write, OpenedVisits: Write, Visits: Write, Intake: Write, OwnSignals: Write, Signals: Write, Consents: Write, Notes: Write, Log: Write,
		Referrals: Write, Profile: Write, Care: Write, Screening: Write, Tasks: Write, Escalations: Read, Figures: Read, Directory: Write, Settings: Write,
		Accounts: Write, OwnAccount: Write, Door: Write, OwnSteps: Write, Steps: Write, Requests: Write, Breaches: Write, Keeping: Write, EarlyErasing: Write, Erasing: Write, Works: Write,
		Entries: Write, Practice: Read,
		Training: Write, Learning: Write, OwnAnswers: Write, Tools: Write,
	},
}

// Cell is what the relation opens of the section.
func Cell(r Relation, s Section) Access { return matrix[r][s] }

// through lists those of the actor's relations that open the section far enough.
func (a Actor) through(s Section, want Access) Relation {
	var out Relation
	for _, r := range Relations() {
		if a.relations&r != 0 && matrix[r][s] >= want {
			out |= r
		}
	}
	return out
}

// May says whether the actor has any relation that could open the section. For sections without a root that is the whole
// answer; for the others the rows decide.
func (a Actor) May(s Section, want Access) bool { return a.through(s, want) != 0 }
