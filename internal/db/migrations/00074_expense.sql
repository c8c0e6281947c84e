-- +goose Up

-- VOL-8. What a volunteer did and paid beside visits; visits bring their own minutes and kilometres. Month is the one in which it
-- counts: that of the day, or a later one when that was checked already.
-- root: volunteer
CREATE TABLE expense_entry (
	id BIGINT PRIMARY KEY,
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	month TEXT NOT NULL,
	held_on TEXT NOT NULL,
	kind TEXT NOT NULL,
	what TEXT NOT NULL DEFAULT '',
	minutes BIGINT NOT NULL DEFAULT 0,
	km BIGINT NOT NULL DEFAULT 0,
	cents BIGINT NOT NULL DEFAULT 0,
	noted_at TEXT NOT NULL,
	noted_by BIGINT NOT NULL,
	receipt_by BIGINT REFERENCES account (id),
	declined_by BIGINT REFERENCES account (id),
	declined_why TEXT NOT NULL DEFAULT '',
	form_token TEXT UNIQUE
);
CREATE INDEX expense_entry_by_volunteer ON expense_entry (volunteer_id, month);
CREATE INDEX expense_entry_by_month ON expense_entry (month);

-- A month of a volunteer that was checked, and then paid. It is written once; only that it was paid comes after.
-- root: volunteer
CREATE TABLE expense_month (
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	month TEXT NOT NULL,
	state TEXT NOT NULL,
	minutes BIGINT NOT NULL,
	km BIGINT NOT NULL,
	km_tenths BIGINT NOT NULL,
	km_cents BIGINT NOT NULL,
	own_cents BIGINT NOT NULL,
	checked_at TEXT NOT NULL,
	checked_by BIGINT NOT NULL,
	paid_on TEXT,
	paid_by BIGINT,
	PRIMARY KEY (volunteer_id, month)
);
CREATE INDEX expense_month_by_month ON expense_month (month, state);

-- Of which months the kilometres of visits were settled in a month: a report that came late is settled in the next.
-- root: volunteer
CREATE TABLE expense_ride (
	volunteer_id BIGINT NOT NULL REFERENCES volunteer (id),
	month TEXT NOT NULL,
	of_month TEXT NOT NULL,
	minutes BIGINT NOT NULL,
	km BIGINT NOT NULL,
	PRIMARY KEY (volunteer_id, month, of_month)
);
