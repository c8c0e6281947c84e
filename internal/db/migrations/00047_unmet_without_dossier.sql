-- +goose Up

-- FIG-6. What nobody could give to a family that never got a dossier, per municipality: which kind and when, no words.
-- root: referral
CREATE TABLE referral_unmet_need (
	referral_id BIGINT NOT NULL REFERENCES referral (id),
	kind TEXT NOT NULL,
	municipality_id BIGINT REFERENCES municipality (id),
	noted_on TEXT NOT NULL,
	PRIMARY KEY (referral_id, kind)
);
CREATE INDEX referral_unmet_need_by_municipality ON referral_unmet_need (municipality_id, noted_on);
