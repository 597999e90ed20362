-- Folders: rows of `page` whose kind is `folder`. The tables stay as they are; a program that doesn't know the word can't read them.

UPDATE site SET min_reader = 9;
