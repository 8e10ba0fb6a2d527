-- Whether a delivery failed because of what somebody else made in the cluster; the same for
-- PostgreSQL. It means nothing where there is no failure.
ALTER TABLE deliveries ADD COLUMN conflict BOOLEAN NOT NULL DEFAULT FALSE;
