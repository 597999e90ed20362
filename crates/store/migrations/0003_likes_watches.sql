-- Likes, watches and content statuses.

CREATE TABLE like_of (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    -- What is liked: `page:4711`.
    liked TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE watch (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    account BIGINT NOT NULL,
    -- What is watched: `space:4711`.
    watched TEXT NOT NULL,
    since BIGINT NOT NULL
);

CREATE TABLE content_status (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    draft BIGINT NOT NULL,
    choice BIGINT NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE custom_status (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    account BIGINT NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    used_at BIGINT NOT NULL
);

UPDATE site SET min_reader = 3;
