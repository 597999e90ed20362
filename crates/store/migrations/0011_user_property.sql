-- What programs keep about people, under keys. Read by account and key, by who may.

CREATE TABLE user_property (
    account BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- A JSON text, as it was sent.
    value TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account, name)
);
