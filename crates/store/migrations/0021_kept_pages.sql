-- Pages that forms were answered with, for an hour. PostgreSQL's twin has ids and moments as
-- TEXT COLLATE "C".

CREATE TABLE kept_pages (
    -- The page is in `sealed_secrets` under this id: what is made once may be shown on it.
    id         TEXT NOT NULL PRIMARY KEY,
    -- For whom it was made.
    caller     TEXT NOT NULL,
    status     BIGINT NOT NULL,
    -- What is told once it was shown, of a page that is shown once; then the page is gone.
    afterwards TEXT,
    expires_at TEXT NOT NULL
);

CREATE INDEX kept_pages_by_age ON kept_pages (caller, expires_at);
