-- The site's one row: which revision is the newest, and what every node must know before it reads further.
-- A change of the site takes its revision here first, so writers are serial and revisions have no holes.
CREATE TABLE site (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    -- Tells this site from every other one, whatever its address.
    identity TEXT NOT NULL,
    -- The newest revision, its random mark and the time of its events.
    revision BIGINT NOT NULL,
    mark BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Events below this revision were removed: a node that is older loads anew.
    floor BIGINT NOT NULL DEFAULT 0,
    -- The oldest program that may read this database.
    min_reader BIGINT NOT NULL DEFAULT 1
);

-- The journal: what happened, to people; what was touched, to machines.
CREATE TABLE event (
    revision BIGINT NOT NULL,
    n BIGINT NOT NULL,
    mark BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- Who did it: an account, or nobody; the credential's kind and the door.
    actor BIGINT,
    door TEXT NOT NULL,
    -- What was done, and to what: before and after as JSON.
    kind TEXT NOT NULL,
    space BIGINT,
    object BIGINT,
    detail TEXT NOT NULL,
    -- The rows that changed, as `table id` lines; on the first event of a revision.
    touched TEXT NOT NULL,
    PRIMARY KEY (revision, n)
);
