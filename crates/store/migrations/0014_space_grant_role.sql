-- The role that a grant was given as a part of. Until now everybody who had exactly the grants of a role was in it. Those who have
-- exactly the grants of one of the four roles that every site has are in it from now on; nobody is in a role that the site made.

ALTER TABLE space_grant ADD COLUMN role BIGINT;

UPDATE space_grant SET role = 1
WHERE principal NOT IN ('class:authenticated-users', 'class:anonymous-users')
    AND (space, principal) IN (
        SELECT space, principal FROM space_grant GROUP BY space, principal
        HAVING COUNT(*) = 2 AND SUM(CASE WHEN operation IN (
            'read/space', 'create/comment'
        ) THEN 1 ELSE 0 END) = 2
    );

UPDATE space_grant SET role = 2
WHERE principal NOT IN ('class:authenticated-users', 'class:anonymous-users')
    AND (space, principal) IN (
        SELECT space, principal FROM space_grant GROUP BY space, principal
        HAVING COUNT(*) = 5 AND SUM(CASE WHEN operation IN (
            'read/space', 'create/page', 'create/blogpost', 'create/attachment', 'create/comment'
        ) THEN 1 ELSE 0 END) = 5
    );

UPDATE space_grant SET role = 3
WHERE principal NOT IN ('class:authenticated-users', 'class:anonymous-users')
    AND (space, principal) IN (
        SELECT space, principal FROM space_grant GROUP BY space, principal
        HAVING COUNT(*) = 12 AND SUM(CASE WHEN operation IN (
            'read/space', 'create/page', 'create/blogpost', 'create/attachment', 'create/comment',
            'delete/space', 'delete/page', 'delete/blogpost', 'delete/attachment', 'delete/comment',
            'archive/page', 'restrict_content/space'
        ) THEN 1 ELSE 0 END) = 12
    );

UPDATE space_grant SET role = 4
WHERE principal NOT IN ('class:authenticated-users', 'class:anonymous-users')
    AND (space, principal) IN (
        SELECT space, principal FROM space_grant GROUP BY space, principal
        HAVING COUNT(*) = 14 AND SUM(CASE WHEN operation IN (
            'read/space', 'create/page', 'create/blogpost', 'create/attachment', 'create/comment',
            'delete/space', 'delete/page', 'delete/blogpost', 'delete/attachment', 'delete/comment',
            'archive/page', 'restrict_content/space', 'export/space', 'administer/space'
        ) THEN 1 ELSE 0 END) = 14
    );

UPDATE site SET min_reader = 14;
