-- What became of each page of a long task that is about several: read with the task, and forgotten with it.

CREATE TABLE long_task_page (
    task BIGINT NOT NULL,
    -- Its place among those that were named.
    place BIGINT NOT NULL,
    page BIGINT NOT NULL,
    -- Why it wasn't done; none where it was.
    failure TEXT,
    PRIMARY KEY (task, place)
);
