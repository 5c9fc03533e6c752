CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, what TEXT);
SELECT crsql_as_crr('todo');
