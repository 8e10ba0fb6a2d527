-- Each entry is chained to the one before by hash (`crates/store/src/audit/chain.rs`).
-- Entries from before this step have no place in the chain yet: they get theirs, in
-- the order of their ids, when the store is opened; the row below says since when
-- there is a chain, and how many entries are older than it.
--
-- The twin for PostgreSQL: BLOB is BYTEA, the moment is
--   to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"000Z"')
-- and the trigger of step 2 is replaced by one for each row that compares with
-- IS DISTINCT FROM where this one says IS NOT. Appending locks the row of
-- `audit_chain` there (UPDATE … RETURNING); here the whole database is locked.

ALTER TABLE audit_events ADD COLUMN request_id TEXT;
-- 1, 2, 3, … without a gap.
ALTER TABLE audit_events ADD COLUMN sequence BIGINT;
ALTER TABLE audit_events ADD COLUMN hash BLOB;

CREATE UNIQUE INDEX audit_events_by_sequence ON audit_events (sequence);
CREATE INDEX audit_events_by_workspace ON audit_events (workspace_id, sequence);

-- One row.
CREATE TABLE audit_chain (
    slot     INTEGER NOT NULL PRIMARY KEY CHECK (slot = 1),
    begun_at TEXT NOT NULL,
    -- Entries that are older than the chain.
    earlier  BIGINT NOT NULL,
    -- The newest entry: its number and its hash; an empty one until the chain is begun.
    sequence BIGINT NOT NULL,
    hash     BLOB NOT NULL
);

INSERT INTO audit_chain (slot, begun_at, earlier, sequence, hash)
SELECT 1, strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'), COUNT(*), 0, X'' FROM audit_events;

-- An entry may be given its place once; nothing else ever changes.
DROP TRIGGER audit_events_are_not_updated;
CREATE TRIGGER audit_events_are_not_updated BEFORE UPDATE ON audit_events
WHEN OLD.sequence IS NOT NULL OR NEW.sequence IS NULL OR NEW.hash IS NULL
    OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
    OR NEW.origin IS NOT OLD.origin OR NEW.request_id IS NOT OLD.request_id
    OR NEW.action IS NOT OLD.action OR NEW.target IS NOT OLD.target
    OR NEW.workspace_id IS NOT OLD.workspace_id OR NEW.outcome IS NOT OLD.outcome
BEGIN
    SELECT RAISE(ABORT, 'audit events are never changed');
END;

-- REPLACE would delete the old row without asking the trigger for deletes.
DROP TRIGGER audit_events_are_not_replaced;
CREATE TRIGGER audit_events_are_not_replaced BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_events WHERE id = NEW.id OR sequence = NEW.sequence)
BEGIN
    SELECT RAISE(ABORT, 'audit events are never replaced');
END;
