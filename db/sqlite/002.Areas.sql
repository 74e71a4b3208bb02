-- One upload of boundaries that was taken. Its position is that of its AreasReplaced event.
CREATE TABLE area_import (
  position    INTEGER NOT NULL PRIMARY KEY,
  recorded_at TEXT    NOT NULL,
  valid_from  TEXT    NOT NULL,
  source_crs  TEXT    NOT NULL,
  actor       TEXT    NOT NULL,
  taken       INTEGER NOT NULL,
  repaired    INTEGER NOT NULL,
  retired     INTEGER NOT NULL
) STRICT;

CREATE INDEX area_import_valid_from ON area_import (valid_from);

-- Counties, towns, villages and grids, each for some days: from valid_from until before valid_to (9999-12-31: until further
-- notice). Rows are never deleted; one that was superseded before its first day ended is empty (valid_to = valid_from).
CREATE TABLE area (
  id              INTEGER NOT NULL PRIMARY KEY,
  code            TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  level           INTEGER NOT NULL,
  parent_code     TEXT,
  valid_from      TEXT    NOT NULL,
  valid_to        TEXT    NOT NULL,
  import_position INTEGER NOT NULL REFERENCES area_import (position),
  population      INTEGER,
  households      INTEGER,
  type            TEXT,
  min_lon         REAL    NOT NULL,
  min_lat         REAL    NOT NULL,
  max_lon         REAL    NOT NULL,
  max_lat         REAL    NOT NULL,
  shape           BLOB    NOT NULL,
  CHECK (level BETWEEN 1 AND 4),
  CHECK (valid_to >= valid_from)
) STRICT;

CREATE INDEX area_code ON area (code, valid_from);
CREATE INDEX area_days ON area (valid_to, valid_from);

-- Of which parents an upload gave the children, and from which day. The key is the parent's code; of a county itself, "=" and its code.
CREATE TABLE area_set (
  family          TEXT    NOT NULL,
  valid_from      TEXT    NOT NULL,
  import_position INTEGER NOT NULL REFERENCES area_import (position),
  PRIMARY KEY (family, valid_from)
) STRICT;
