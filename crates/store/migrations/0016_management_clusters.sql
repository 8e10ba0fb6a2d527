-- Management clusters, and the namespaces of workspaces in them; the same for PostgreSQL, but
-- that types differ as in 0001.

CREATE TABLE management_clusters (
    id             TEXT NOT NULL PRIMARY KEY,
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL UNIQUE,
    -- `kubeconfig`, or `inCluster` for the service account that the server runs as.
    connection     TEXT NOT NULL,
    -- What people see of a kubeconfig; the whole of it is sealed. Both or none.
    server         TEXT,
    context        TEXT,
    capa_namespace TEXT NOT NULL,
    -- What the last look found, as JSON.
    look           TEXT,
    created_at     TEXT NOT NULL,
    updated_at     TEXT NOT NULL,
    revision       BIGINT NOT NULL
);

-- A namespace belongs to one workspace at most, else a tenant would reach another's.
CREATE TABLE workspace_namespaces (
    cluster_id   TEXT NOT NULL REFERENCES management_clusters (id) ON DELETE CASCADE,
    namespace    TEXT NOT NULL,
    -- No action on delete: a workspace with namespaces stays.
    workspace_id TEXT NOT NULL REFERENCES workspaces (id),
    PRIMARY KEY (cluster_id, namespace)
);

CREATE INDEX workspace_namespaces_by_workspace ON workspace_namespaces (workspace_id);
