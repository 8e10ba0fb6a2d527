-- Since when a provider has its present key; the same for PostgreSQL. Of keys that were replaced
-- before this was noted, the moment is not known: they count from when the provider was added.

ALTER TABLE providers ADD COLUMN key_since TEXT NOT NULL DEFAULT '';
UPDATE providers SET key_since = created_at;
