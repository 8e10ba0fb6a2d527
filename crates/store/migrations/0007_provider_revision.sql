-- How often the settings and keys of a provider were changed; the same for PostgreSQL.

ALTER TABLE providers ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
