-- How long the audit log is kept: so many of these units; without a number for ever.

ALTER TABLE site ADD COLUMN kept_number BIGINT;
ALTER TABLE site ADD COLUMN kept_units TEXT;
