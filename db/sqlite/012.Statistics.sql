-- Police statistics: counts a day or month, never of persons. An import is a version: its rows are never changed, and it is undone
-- by being marked. position is that of its event.
CREATE TABLE statistic_import (
  position        INTEGER NOT NULL PRIMARY KEY,
  recorded_at     TEXT    NOT NULL,
  actor           TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  file_name       TEXT,
  sha256          TEXT    NOT NULL,
  as_of           TEXT    NOT NULL,
  note            TEXT,
  cells           INTEGER NOT NULL,
  first_day       TEXT    NOT NULL,
  last_day        TEXT    NOT NULL,
  undone_position INTEGER,
  undone_at       TEXT,
  undone_by       TEXT,
  undone_reason   TEXT
) STRICT;

CREATE INDEX statistic_import_hash ON statistic_import (sha256);

-- What an import brought of one series in one area and month: the month's figure, or its days packed, or both; in units of
-- 1 / 10^decimals. month counts from year 0: year × 12 + month − 1.
CREATE TABLE statistic_part (
  series          TEXT    NOT NULL,
  area_code       TEXT    NOT NULL,
  month           INTEGER NOT NULL,
  import_position INTEGER NOT NULL,
  decimals        INTEGER NOT NULL,
  whole           INTEGER,
  days            BLOB,
  PRIMARY KEY (series, area_code, month, import_position)
) STRICT, WITHOUT ROWID;

CREATE INDEX statistic_part_import ON statistic_part (import_position);

-- What stands now: the imports that are not undone, one over the other. total, given_days and last_day save the unpacking.
CREATE TABLE statistic_month (
  month           INTEGER NOT NULL,
  series          TEXT    NOT NULL,
  area_code       TEXT    NOT NULL,
  decimals        INTEGER NOT NULL,
  whole           INTEGER,
  days            BLOB,
  total           INTEGER NOT NULL,
  given_days      INTEGER NOT NULL,
  last_day        INTEGER NOT NULL,
  as_of           TEXT    NOT NULL,
  import_position INTEGER NOT NULL,
  PRIMARY KEY (month, series, area_code)
) STRICT, WITHOUT ROWID;

-- What an administrator made of the measures, categories and tags that come with the program.
CREATE TABLE statistic_term (
  kind       INTEGER NOT NULL,
  code       TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  name_en    TEXT    NOT NULL,
  adverse    INTEGER NOT NULL,
  is_stock   INTEGER NOT NULL,
  aliases    TEXT    NOT NULL,
  changed_at TEXT    NOT NULL,
  changed_by TEXT    NOT NULL,
  PRIMARY KEY (kind, code)
) STRICT;

-- How the columns of a file were mapped, remembered by the hash of its headings.
CREATE TABLE statistic_layout (
  heading_hash TEXT NOT NULL PRIMARY KEY,
  layout       TEXT NOT NULL,
  changed_at   TEXT NOT NULL,
  changed_by   TEXT NOT NULL
) STRICT;

-- Figures that were published, as they were then. version is the position of the log at which they were taken.
CREATE TABLE statistic_publication (
  id            INTEGER NOT NULL PRIMARY KEY,
  published_at  TEXT    NOT NULL,
  actor         TEXT    NOT NULL,
  title         TEXT    NOT NULL,
  version       INTEGER NOT NULL,
  figures       TEXT    NOT NULL,
  withdrawn_at  TEXT,
  withdrawn_by  TEXT
) STRICT;

-- The weights of the safety index; the last version counts.
CREATE TABLE safety_weights (
  version     INTEGER NOT NULL PRIMARY KEY,
  weights     TEXT    NOT NULL,
  reason      TEXT    NOT NULL,
  recorded_at TEXT    NOT NULL,
  actor       TEXT    NOT NULL
) STRICT;

-- The safety index of a town on a day with its parts. Computed anew it gets another row; the last one counts, the others stay.
CREATE TABLE safety_index (
  area_code       TEXT    NOT NULL,
  day             TEXT    NOT NULL,
  position        INTEGER NOT NULL,
  weights_version INTEGER NOT NULL,
  score           INTEGER,
  provisional     INTEGER NOT NULL,
  parts           TEXT    NOT NULL,
  PRIMARY KEY (area_code, day, position)
) STRICT;

CREATE INDEX safety_index_day ON safety_index (day);
