-- Drafts over published pages and blog posts: what an author keeps to publish later, while readers see the published text.
-- A draft of something that was never published is a row of `page`.

CREATE TABLE page_draft (
    id BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    page BIGINT NOT NULL,
    author BIGINT NOT NULL,
    -- The number of the published version that it was begun on.
    base BIGINT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    body BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

UPDATE site SET min_reader = 13;
