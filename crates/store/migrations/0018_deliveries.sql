-- Deliveries of providers to management clusters; the same for PostgreSQL, but that types differ
-- as in 0001.

-- A delivery outlives its provider until its objects are gone from the cluster: no foreign key to
-- providers or workspaces, and their names are kept here.
CREATE TABLE deliveries (
    -- A cluster that something was delivered to is not forgotten in passing.
    cluster_id       TEXT NOT NULL REFERENCES management_clusters (id),
    provider_id      TEXT NOT NULL,
    workspace_id     TEXT NOT NULL,
    workspace        TEXT NOT NULL,
    provider         TEXT NOT NULL,
    -- What its objects are called there. It stays when the provider is renamed.
    identity         TEXT NOT NULL,
    -- Where the Secret is, or may be.
    secret_namespace TEXT NOT NULL,
    -- Counts the changes that are to arrive there.
    wanted           BIGINT NOT NULL,
    removing         BOOLEAN NOT NULL,
    adopt            BOOLEAN NOT NULL,
    -- When something is to be done; none where all is as it should be.
    due_at           TEXT,
    -- What arrived: all four or none.
    delivered        BIGINT,
    delivered_at     TEXT,
    secret_version   TEXT,
    identity_version TEXT,
    -- What somebody else last changed, as JSON, and when it was seen and put back.
    drift            TEXT,
    drift_at         TEXT,
    put_back_at      TEXT,
    -- Why the last try failed, and how many did in a row: both or none.
    failure          TEXT,
    attempts         BIGINT,
    PRIMARY KEY (cluster_id, provider_id),
    UNIQUE (cluster_id, identity)
);

CREATE INDEX deliveries_by_provider ON deliveries (provider_id);
CREATE INDEX deliveries_due ON deliveries (cluster_id, due_at);

-- Which process delivers to a cluster, and what stands in its way.
CREATE TABLE cluster_leases (
    cluster_id  TEXT NOT NULL PRIMARY KEY REFERENCES management_clusters (id) ON DELETE CASCADE,
    holder      TEXT NOT NULL,
    lease_until TEXT NOT NULL,
    -- All three or none.
    failure     TEXT,
    attempts    BIGINT,
    next_try    TEXT
);

-- Which objects of Cluster API name an identity, as the watch last saw them.
CREATE TABLE identity_users (
    cluster_id TEXT NOT NULL REFERENCES management_clusters (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    namespace  TEXT NOT NULL,
    name       TEXT NOT NULL,
    identity   TEXT NOT NULL,
    -- JSON.
    seen       TEXT NOT NULL,
    PRIMARY KEY (cluster_id, kind, namespace, name)
);

CREATE INDEX identity_users_by_identity ON identity_users (cluster_id, identity);

