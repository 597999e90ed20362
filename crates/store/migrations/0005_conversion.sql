-- Bodies that were sent to be converted and are asked for later. Side state: no revision, kept for minutes. What is kept is
-- the question and not its answer, which is made for whoever reads it, when it is read.
CREATE TABLE conversion (
    id TEXT PRIMARY KEY,
    -- Whose question it is: nobody else's.
    account BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- The form it was sent in and the form that is wanted, by the API's words.
    written TEXT NOT NULL,
    wanted TEXT NOT NULL,
    -- What names in the text are relative to, as it was sent.
    content TEXT,
    space TEXT,
    body TEXT NOT NULL
);
CREATE INDEX conversion_by_age ON conversion (asked_at);
