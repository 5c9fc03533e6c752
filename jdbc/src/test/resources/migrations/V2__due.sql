SELECT crsql_begin_alter('todo');
ALTER TABLE todo ADD COLUMN due TEXT;
SELECT crsql_commit_alter('todo');
