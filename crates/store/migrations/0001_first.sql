-- The first schema. Types and their translation: see migrate.rs. Times are milliseconds since 1970, yes and no are 1 and 0.
--
-- Tables of the catalogue have no foreign keys and no unique names: every write is decided on the catalogue, under the lock of
-- the site's one row, where names are compared as people compare them; every look-up but that by id is the catalogue's.

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
    floor BIGINT NOT NULL,
    -- The oldest program that may read this database.
    min_reader BIGINT NOT NULL
);

-- The journal: what happened, to people; what was touched, to machines.
CREATE TABLE event (
    revision BIGINT NOT NULL,
    n BIGINT NOT NULL,
    mark BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor BIGINT,
    kind TEXT NOT NULL,
    space BIGINT,
    page BIGINT,
    object TEXT NOT NULL,
    before TEXT,
    after TEXT,
    -- On the first event of a revision: the catalogue's rows that changed, as `table id id`.
    touched TEXT NOT NULL,
    PRIMARY KEY (revision, n)
);

CREATE INDEX event_space ON event (space, revision, n);
CREATE INDEX event_at ON event (at);

-- The catalogue: schema.rs maps each table to its row in narthex-access.
-- `revision` is the one that wrote the row last: it leads to the event that explains the row.

CREATE TABLE switches (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL,
    jsm_access BIGINT NOT NULL,
    anonymous_access BIGINT NOT NULL,
    enforce_anonymous BIGINT NOT NULL,
    view_user_profiles BIGINT NOT NULL,
    author_names BIGINT NOT NULL,
    indexing BIGINT NOT NULL,
    set_up BIGINT NOT NULL
);

CREATE TABLE account_group (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL,
    confluence TEXT NOT NULL,
    service_desk BIGINT NOT NULL
);

CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    active BIGINT NOT NULL,
    site_admin BIGINT NOT NULL,
    guest_space BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE membership (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    account BIGINT NOT NULL
);

CREATE TABLE global_grant (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    principal TEXT NOT NULL,
    permission TEXT NOT NULL
);

CREATE TABLE space (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    homepage BIGINT,
    creator BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE space_grant (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    space BIGINT NOT NULL,
    principal TEXT NOT NULL,
    operation TEXT NOT NULL
);

CREATE TABLE page (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    space BIGINT NOT NULL,
    parent BIGINT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    position BIGINT NOT NULL,
    author BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    body BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL
);

CREATE TABLE restriction (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    kind TEXT NOT NULL,
    left_by BIGINT,
    since BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    -- Principals, one a line; empty when the page is restricted to nobody.
    listed TEXT NOT NULL
);

CREATE TABLE attachment (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    remark TEXT NOT NULL,
    state TEXT NOT NULL,
    author BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    blob BIGINT NOT NULL,
    size BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL
);

CREATE TABLE comment (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    parent BIGINT,
    place TEXT NOT NULL,
    state TEXT NOT NULL,
    resolved BIGINT NOT NULL,
    author BIGINT,
    created_at BIGINT NOT NULL,
    body BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by BIGINT
);

CREATE TABLE service_project (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    portal TEXT NOT NULL
);

CREATE TABLE project_role (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    project BIGINT NOT NULL,
    account BIGINT NOT NULL,
    role TEXT NOT NULL
);

CREATE TABLE organization (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    name TEXT NOT NULL
);

CREATE TABLE organization_member (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    organization BIGINT NOT NULL,
    account BIGINT NOT NULL
);

CREATE TABLE project_organization (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    project BIGINT NOT NULL,
    organization BIGINT NOT NULL
);

CREATE TABLE space_link (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    project BIGINT NOT NULL,
    space BIGINT NOT NULL
);

CREATE TABLE api_token (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    account BIGINT NOT NULL,
    label TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE TABLE session (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    account BIGINT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE TABLE one_time_link (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    account BIGINT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);

-- Content beside the catalogue: read by id against a witness, written in the transaction of a revision, never changed.

CREATE TABLE body (
    id BIGINT PRIMARY KEY,
    representation TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE page_version (
    page BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    body BIGINT NOT NULL,
    made_by BIGINT,
    made_at BIGINT NOT NULL,
    message TEXT NOT NULL,
    minor BIGINT NOT NULL,
    PRIMARY KEY (page, number)
);

CREATE TABLE comment_version (
    comment BIGINT NOT NULL,
    number BIGINT NOT NULL,
    body BIGINT NOT NULL,
    made_by BIGINT,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (comment, number)
);

CREATE TABLE attachment_version (
    attachment BIGINT NOT NULL,
    number BIGINT NOT NULL,
    blob BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (attachment, number)
);

CREATE INDEX attachment_version_blob ON attachment_version (blob);

-- A secret of the account, never in the catalogue.
CREATE TABLE password (
    account BIGINT PRIMARY KEY,
    hash TEXT NOT NULL
);

-- Blobs whose last attachment was purged: their bytes are still to be removed.
CREATE TABLE blob_removal (
    blob BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Side state: unjournalled, never an input of a decision, named in side.rs.

CREATE TABLE token_use (
    token BIGINT PRIMARY KEY,
    used_at BIGINT NOT NULL
);

CREATE TABLE failed_log_in (
    -- A digest of who tried from where, see side.rs.
    source TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
