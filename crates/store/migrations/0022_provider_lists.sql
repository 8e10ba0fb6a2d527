-- The lists of providers in every order, without a look at each provider. The same for PostgreSQL.
-- The expressions are those of `provider_lists.rs`, word for word.

CREATE INDEX providers_by_status ON providers (workspace_id, (CASE
    WHEN refusal IS NOT NULL THEN 'invalid'
    WHEN check_at IS NULL THEN 'notVerified'
    WHEN check_denied > 0 THEN 'missing'
    WHEN check_allowed = 0 THEN 'notVerified'
    WHEN check_conditional + check_unverifiable > 0 THEN 'partlyVerified'
    ELSE 'ready' END), name_key);
CREATE INDEX providers_by_account ON providers (workspace_id, COALESCE(account_id, ''), name_key);
CREATE INDEX providers_by_key ON providers (workspace_id, key_since, name_key);
CREATE INDEX providers_by_check ON providers (workspace_id, COALESCE(check_at, ''), name_key);
CREATE INDEX providers_by_creation ON providers (workspace_id, created_at, name_key);
