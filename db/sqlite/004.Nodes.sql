-- Work that one node at a time does. The fence grows with each taking, so that a holder that was overtaken can be told.
CREATE TABLE lease (
  name       TEXT    NOT NULL PRIMARY KEY,
  holder     TEXT,
  fence      INTEGER NOT NULL,
  taken_at   TEXT    NOT NULL,
  expires_at TEXT    NOT NULL
) STRICT;

-- The programs that share this database, each as it was last heard of.
CREATE TABLE node (
  id         TEXT    NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  address    TEXT    NOT NULL,
  version    TEXT    NOT NULL,
  started_at TEXT    NOT NULL,
  last_seen  TEXT    NOT NULL,
  position   INTEGER NOT NULL
) STRICT;

-- What cookies and forms are protected with; every node reads what another protected.
CREATE TABLE data_protection_key (
  name       TEXT NOT NULL PRIMARY KEY,
  element    TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
