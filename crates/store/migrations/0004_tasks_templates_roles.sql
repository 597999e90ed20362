-- Tasks in pages, templates, and the roles that a site makes for itself.

CREATE TABLE task (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    -- Its id within the page.
    local_id TEXT NOT NULL,
    status TEXT NOT NULL,
    assignee BIGINT,
    due_at BIGINT,
    blank BIGINT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    completed_by BIGINT,
    completed_at BIGINT
);

CREATE TABLE template (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    -- None for a template of the site.
    space BIGINT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    body BIGINT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE space_role (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    -- Operations, one a line.
    rights TEXT NOT NULL
);

UPDATE site SET min_reader = 4;
