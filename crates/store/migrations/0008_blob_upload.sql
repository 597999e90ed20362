-- Blobs that are being written, or whose change is not yet committed: each is named here before its first byte is, and taken off by
-- the change that names it. What stays here was left by a crash, or by a write that was refused. Side state, see side.rs.

CREATE TABLE blob_upload (
    blob BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);

CREATE INDEX blob_upload_since ON blob_upload (since);
