-- What the author of a version of a comment says of it.

ALTER TABLE comment_version ADD COLUMN message TEXT NOT NULL DEFAULT '';
