-- People: who may still sign in, invitations, sessions that can be listed and
-- ended, API tokens with an owner and a scope, and how often sign-in went wrong.

-- Since when the user may not sign in any more; none for who may.
ALTER TABLE users ADD COLUMN disabled_at TEXT;

CREATE TABLE invitations (
    id            TEXT NOT NULL PRIMARY KEY,
    hash          BLOB NOT NULL UNIQUE,
    -- The name that the user will have.
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL UNIQUE,
    administrator BOOLEAN NOT NULL,
    -- Who invited: the name for people, and the user if it was one.
    invited_by    TEXT NOT NULL,
    inviter_id    TEXT REFERENCES users (id) ON DELETE CASCADE,
    created_at    TEXT NOT NULL,
    expires_at    TEXT NOT NULL
);

-- The roles that the user will have.
CREATE TABLE invitation_roles (
    invitation_id TEXT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
    workspace_id  TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    role          TEXT NOT NULL,
    PRIMARY KEY (invitation_id, workspace_id)
);

-- Sessions last for hours: nobody loses more than having to sign in again.
DROP TABLE sessions;

CREATE TABLE sessions (
    id         TEXT NOT NULL PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address    TEXT NOT NULL,
    -- What the browser calls itself.
    browser    TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- When it was last used, to the minute.
    seen_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_id, id);

-- Until now there were only tokens that every start of the server makes anew.
DROP TABLE api_tokens;

CREATE TABLE api_tokens (
    id         TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    hash       BLOB NOT NULL UNIQUE,
    -- Whose it is; none for a token of the installation itself.
    user_id    TEXT REFERENCES users (id) ON DELETE CASCADE,
    read_only  BOOLEAN NOT NULL,
    -- The highest role, if it is limited to one.
    most_role  TEXT,
    -- Whether it sees only the workspaces of api_token_workspaces.
    in_some    BOOLEAN NOT NULL,
    created_at TEXT NOT NULL,
    -- None for a token that does not expire.
    expires_at TEXT,
    -- When and from where it was last used, to the minute.
    used_at    TEXT,
    used_from  TEXT
);

CREATE UNIQUE INDEX api_tokens_by_owner ON api_tokens (COALESCE(user_id, ''), name);

CREATE TABLE api_token_workspaces (
    token_id     TEXT NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    PRIMARY KEY (token_id, workspace_id)
);

-- How often sign-in went wrong: by account, by address, or by both.
CREATE TABLE sign_in_gates (
    gate     TEXT NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    -- Of the last failure.
    last_at  TEXT NOT NULL,
    -- No attempt is let through before.
    opens_at TEXT NOT NULL
);

CREATE INDEX sign_in_gates_by_age ON sign_in_gates (last_at);

-- The addresses and browsers that somebody signed in from with success.
CREATE TABLE known_places (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    place   TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (user_id, place)
);
