-- Whether a page or space that is in the trash was archived before, and comes back as that. Of what is in the trash already that isn't
-- known: it comes back live, as it did.

ALTER TABLE page ADD COLUMN was_archived BIGINT NOT NULL DEFAULT 0;

ALTER TABLE space ADD COLUMN was_archived BIGINT NOT NULL DEFAULT 0;

UPDATE site SET min_reader = 15;
