-- Labels, properties, and the passages that inline comments are about.

CREATE TABLE label (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    -- What the label is on: `page:4711`.
    labelled TEXT NOT NULL,
    prefix TEXT NOT NULL,
    name TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE property (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    -- What it is a property of: `page:4711`.
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    body BIGINT NOT NULL,
    version BIGINT NOT NULL,
    message TEXT NOT NULL,
    minor BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL
);

-- Bodies that nothing names any more, kept a while for who is reading them.
CREATE TABLE body_removal (
    body BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Versions may share a body.
CREATE INDEX page_version_body ON page_version (body);

ALTER TABLE comment ADD COLUMN resolution TEXT NOT NULL DEFAULT 'open';
ALTER TABLE comment ADD COLUMN resolved_by BIGINT;
ALTER TABLE comment ADD COLUMN resolved_at BIGINT;
ALTER TABLE comment ADD COLUMN marker_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN selection TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN match_index BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN match_count BIGINT NOT NULL DEFAULT 0;
UPDATE comment SET resolution = 'resolved', resolved_by = updated_by, resolved_at = updated_at WHERE resolved = 1;
ALTER TABLE comment DROP COLUMN resolved;

-- A program that doesn't know these tables can't follow what happens to them.
UPDATE site SET min_reader = 2;
