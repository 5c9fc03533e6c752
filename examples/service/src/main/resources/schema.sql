CREATE TABLE IF NOT EXISTS ticket(id TEXT PRIMARY KEY NOT NULL, title TEXT, status TEXT DEFAULT 'open', note TEXT);
SELECT crsql_as_crr('ticket');
