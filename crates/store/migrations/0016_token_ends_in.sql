-- The last four characters of an API token's secret, which its owner knows it by in a list. They are part of
-- its checksum; what is left can't be guessed. Tokens that were made before have none.

ALTER TABLE api_token ADD COLUMN ends_in TEXT NOT NULL DEFAULT '';
