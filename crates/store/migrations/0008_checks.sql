-- Checks as jobs. The same for PostgreSQL, with ids and moments as TEXT COLLATE "C".
-- Checks from before this step have reports and are not in the history.

CREATE TABLE checks (
    -- Ids of later checks sort later.
    id            TEXT NOT NULL PRIMARY KEY,
    provider_id   TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    -- No foreign key: it only goes into audit events.
    workspace_id  TEXT NOT NULL,
    target        TEXT NOT NULL,
    state         TEXT NOT NULL,
    -- JSON.
    options       TEXT NOT NULL,
    administrator BOOLEAN NOT NULL,
    cancellable   BOOLEAN NOT NULL,
    cancelling    BOOLEAN NOT NULL,
    started_by    TEXT NOT NULL,
    request_id    TEXT,
    started_at    TEXT NOT NULL,
    lease_until   TEXT NOT NULL,
    ended_at      TEXT,
    report_id     TEXT,
    -- JSON, each.
    summary       TEXT,
    changes       TEXT,
    failure       TEXT
);

CREATE INDEX checks_by_provider ON checks (provider_id, id);

-- One runs per provider, whichever process it was that began it.
CREATE UNIQUE INDEX checks_running ON checks (provider_id) WHERE state = 'running';

CREATE TABLE check_events (
    check_id TEXT NOT NULL REFERENCES checks (id) ON DELETE CASCADE,
    number   BIGINT NOT NULL,
    -- JSON.
    event    TEXT NOT NULL,
    PRIMARY KEY (check_id, number)
);
