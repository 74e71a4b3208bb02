-- Who can be sent: stations, patrols, emergency units. Rows are never deleted; one that the county's list left out is retired.
CREATE TABLE unit (
  code             TEXT    NOT NULL PRIMARY KEY,
  name             TEXT    NOT NULL,
  kind             INTEGER NOT NULL,
  area_code        TEXT    NOT NULL,
  lon              REAL    NOT NULL,
  lat              REAL    NOT NULL,
  source_crs       TEXT    NOT NULL,
  changed_position INTEGER NOT NULL,
  retired_at       TEXT
) STRICT;

CREATE INDEX unit_area ON unit (area_code);
