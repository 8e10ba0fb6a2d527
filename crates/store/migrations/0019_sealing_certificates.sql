-- What secrets are sealed with for a management cluster; the same for PostgreSQL.

-- The certificate and what is shown of it, as JSON; none where nothing can be sealed for it.
ALTER TABLE management_clusters ADD COLUMN sealing_certificate TEXT;
