-- Sign-in with an identity provider. The twin for PostgreSQL differs as in 0001.

-- How the provider knows a user, and what its groups gave at the last sign-in. What was
-- given by hand stands in users and workspace_members, and neither touches the other.
CREATE TABLE user_identities (
    user_id             TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    issuer              TEXT NOT NULL,
    subject             TEXT NOT NULL,
    group_administrator BOOLEAN NOT NULL,
    -- What groups gave counts until then.
    groups_until        TEXT NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE TABLE group_roles (
    user_id      TEXT NOT NULL REFERENCES user_identities (user_id) ON DELETE CASCADE,
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    role         TEXT NOT NULL,
    PRIMARY KEY (user_id, workspace_id)
);

-- Sign-ins that go on at the provider: hashes only, what ends them lies in the browser.
CREATE TABLE sign_ins_under_way (
    state      BLOB NOT NULL PRIMARY KEY,
    browser    BLOB NOT NULL,
    -- Where the person wanted to go.
    next       TEXT NOT NULL,
    -- The session that the browser had.
    replaces   BLOB,
    expires_at TEXT NOT NULL
);

CREATE INDEX sign_ins_under_way_by_age ON sign_ins_under_way (expires_at);
