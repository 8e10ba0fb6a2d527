-- Which users of which accounts are being made or taken back, and what was noted there before an
-- access key was to be made. The twin for PostgreSQL differs as in 0001.
CREATE TABLE user_holds (
    account_id TEXT NOT NULL,
    -- The name in lower case: to IAM, names that differ in case only are the same.
    user_key   TEXT NOT NULL,
    -- The run that holds the user, and when its hold ends by itself: both or none.
    run_id     TEXT,
    held_until TEXT,
    -- The keys that there were before, as JSON; never a secret.
    note       TEXT,
    PRIMARY KEY (account_id, user_key)
);
