-- Requests that may be sent again (`Idempotency-Key`), for a day. PostgreSQL's twin
-- has BYTEA for BLOB, and ids and moments as TEXT COLLATE "C".

CREATE TABLE repeatable_requests (
    -- What was sent is in `sealed_secrets` under this id: as a hash, sealed, since a
    -- hash of what can be guessed would tell it.
    id          TEXT NOT NULL PRIMARY KEY,
    -- Whose token or session it came with, and the key that it was sent with.
    caller      TEXT NOT NULL,
    request_key TEXT NOT NULL,
    -- Until when it is taken to be under way if nobody says otherwise.
    lease_until TEXT NOT NULL,
    expires_at  TEXT NOT NULL,
    -- The answer, once there is one: status, headers as JSON, body.
    status      BIGINT,
    headers     TEXT,
    body        BLOB,
    UNIQUE (caller, request_key)
);

CREATE INDEX repeatable_requests_by_age ON repeatable_requests (expires_at);
