-- The event log: positions without gaps, in the order of commit; never edited.
CREATE TABLE event_log (
  position    INTEGER NOT NULL PRIMARY KEY,
  recorded_at TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  subject_id  INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  payload     TEXT    NOT NULL CHECK (json_valid(payload))
) STRICT;

CREATE INDEX event_log_subject ON event_log (subject_id, position);

CREATE TRIGGER event_log_no_update BEFORE UPDATE ON event_log
BEGIN
  SELECT RAISE(ABORT, 'The event log is never edited.');
END;

CREATE TRIGGER event_log_no_delete BEFORE DELETE ON event_log
BEGIN
  SELECT RAISE(ABORT, 'The event log is never edited.');
END;

-- The state of each reported matter. Its id is the position of the event that reported it.
CREATE TABLE incident (
  id             INTEGER NOT NULL PRIMARY KEY,
  number         TEXT    NOT NULL,
  source         TEXT    NOT NULL,
  external_id    TEXT,
  category       TEXT    NOT NULL,
  urgency        INTEGER NOT NULL,
  title          TEXT    NOT NULL,
  description    TEXT,
  lon            REAL,
  lat            REAL,
  source_crs     TEXT,
  grid_code      TEXT,
  outside_grids  INTEGER NOT NULL,
  address        TEXT,
  occurred_at    TEXT,
  received_at    TEXT    NOT NULL,
  status         INTEGER NOT NULL,
  accepted_at    TEXT,
  started_at     TEXT,
  closed_at      TEXT,
  accept_by      TEXT    NOT NULL,
  finish_by      TEXT    NOT NULL,
  reporter_name  TEXT,
  reporter_phone TEXT
) STRICT;

CREATE UNIQUE INDEX incident_number ON incident (number);
CREATE UNIQUE INDEX incident_external ON incident (source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX incident_status ON incident (status, id);
CREATE INDEX incident_grid ON incident (grid_code, id);
CREATE INDEX incident_received ON incident (received_at);
-- The live board counts what was closed in the last 30 days; everything it needs for that stands in the index.
CREATE INDEX incident_closed ON incident (closed_at, finish_by, grid_code, outside_grids) WHERE closed_at IS NOT NULL;

-- The last sequence given out in a county day (incident.number).
CREATE TABLE incident_day (
  day           TEXT    NOT NULL PRIMARY KEY,
  last_sequence INTEGER NOT NULL
) STRICT;
