-- Who may do what: global administrators, and roles in single workspaces.

ALTER TABLE users ADD COLUMN administrator BOOLEAN NOT NULL DEFAULT FALSE;

-- Before there were roles, everybody was the administrator.
UPDATE users SET administrator = TRUE;

CREATE TABLE workspace_members (
    workspace_id TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- `viewer`, `operator` or `admin`.
    role         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);

CREATE INDEX workspace_members_by_user ON workspace_members (user_id);
