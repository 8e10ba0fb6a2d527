-- Conventions: ids are lower-case UUIDs; moments are RFC 3339 in UTC with nine
-- digits of a second, so that they sort as text; `name_key` is the name in lower
-- case, by which names are unique and lists are ordered.
--
-- The twin for PostgreSQL differs in types only: BLOB is BYTEA, and `name_key`,
-- ids and moments are TEXT COLLATE "C", so that they sort by bytes there too.

CREATE TABLE root_keys (
    id          TEXT NOT NULL PRIMARY KEY,
    -- Sealed under the key itself: opens if, and only if, the key is the same.
    check_value BLOB NOT NULL,
    -- When the key's file was written.
    created_at  TEXT NOT NULL
);

CREATE TABLE workspaces (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
);

CREATE TABLE providers (
    id                 TEXT NOT NULL PRIMARY KEY,
    -- No action on delete: a workspace with providers stays.
    workspace_id       TEXT NOT NULL REFERENCES workspaces (id),
    name               TEXT NOT NULL,
    name_key           TEXT NOT NULL,
    authentication     TEXT NOT NULL,
    access_key_id      TEXT NOT NULL,
    temporary          BOOLEAN NOT NULL,
    region             TEXT NOT NULL,
    release            TEXT NOT NULL,
    -- A JSON array of strings.
    features           TEXT NOT NULL,
    -- Who the credential is: all four or none.
    account_id         TEXT,
    principal_arn      TEXT,
    principal_id       TEXT,
    aws_partition      TEXT,
    refusal            TEXT,
    -- The counts of the newest report: all five or none.
    check_at           TEXT,
    check_allowed      BIGINT,
    check_denied       BIGINT,
    check_conditional  BIGINT,
    check_unverifiable BIGINT,
    created_at         TEXT NOT NULL,
    updated_at         TEXT NOT NULL,
    UNIQUE (workspace_id, name_key)
);

-- The record is named by its id alone, whatever table it is in; who deletes a
-- record deletes its secrets.
CREATE TABLE sealed_secrets (
    record_id TEXT NOT NULL,
    field     TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    PRIMARY KEY (record_id, field)
);

CREATE TABLE reports (
    -- The id of the audit event of the check.
    id          TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    at          TEXT NOT NULL,
    -- The report as JSON.
    report      TEXT NOT NULL
);

CREATE INDEX reports_by_provider ON reports (provider_id, at, id);

CREATE TABLE users (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    created_at    TEXT NOT NULL
);

-- One row at most.
CREATE TABLE setup_link (
    slot       INTEGER NOT NULL PRIMARY KEY CHECK (slot = 1),
    hash       BLOB NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE TABLE sessions (
    hash       BLOB NOT NULL PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE TABLE api_tokens (
    name       TEXT NOT NULL PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    created_at TEXT NOT NULL
);

CREATE TABLE audit_events (
    id           TEXT NOT NULL PRIMARY KEY,
    at           TEXT NOT NULL,
    actor        TEXT NOT NULL,
    origin       TEXT NOT NULL,
    action       TEXT NOT NULL,
    target       TEXT NOT NULL,
    -- No foreign key: the event outlives the workspace.
    workspace_id TEXT,
    outcome      TEXT NOT NULL
);
