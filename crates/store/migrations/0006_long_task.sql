-- Long tasks: what became of something that a caller was answered a pointer to. Written with the change that a task is about,
-- read by who started it and by site administration; forgotten after a while.

CREATE TABLE long_task (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    -- Who started it; none for the command line.
    account BIGINT,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    -- How many pages it changed or made, and the one that it made for its caller.
    pages BIGINT NOT NULL,
    made BIGINT,
    -- Why it ended before all was done.
    failure TEXT
);

CREATE INDEX long_task_account ON long_task (account, finished_at);
CREATE INDEX long_task_finished ON long_task (finished_at);
