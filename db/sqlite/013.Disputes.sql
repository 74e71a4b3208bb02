-- The register of disputes. An id is the position of the event that registered it, as with incidents, so that one log tells of both.
-- changed_at and changed_position are those of its last event: what is counted anew asks only for what changed since.
CREATE TABLE dispute (
  id               INTEGER NOT NULL PRIMARY KEY,
  number           TEXT    NOT NULL,
  source           TEXT    NOT NULL,
  external_id      TEXT,
  registered_at    TEXT    NOT NULL,
  occurred_on      TEXT,
  area_code        TEXT,
  lon              REAL,
  lat              REAL,
  source_crs       TEXT,
  place_sealed     BLOB,
  category         TEXT    NOT NULL,
  scale            INTEGER NOT NULL,
  origin           INTEGER NOT NULL,
  title            TEXT    NOT NULL,
  shown_title      TEXT,
  summary          TEXT,
  units            TEXT,
  people           INTEGER,
  risk             INTEGER NOT NULL,
  risk_reason      TEXT,
  stage            INTEGER NOT NULL,
  accepted_at      TEXT,
  due_on           TEXT,
  extended         INTEGER NOT NULL,
  extension_reason TEXT,
  body_code        TEXT,
  mediator_id      INTEGER,
  method           TEXT,
  outcome          INTEGER,
  outcome_at       TEXT,
  agreement        INTEGER,
  confirmation     INTEGER,
  confirmation_at  TEXT,
  referral         INTEGER,
  resolution       TEXT,
  closed_at        TEXT,
  reviewed_on      TEXT,
  review_opinion   TEXT,
  criminal_at      TEXT,
  criminal_reason  TEXT,
  incident_id      INTEGER,
  revision         INTEGER NOT NULL,
  changed_at       TEXT    NOT NULL,
  changed_position INTEGER NOT NULL,
  erased_at        TEXT
) STRICT;

CREATE UNIQUE INDEX dispute_number ON dispute (number);
CREATE UNIQUE INDEX dispute_external ON dispute (source, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX dispute_incident ON dispute (incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX dispute_stage ON dispute (stage, id);
CREATE INDEX dispute_area ON dispute (area_code, id);
CREATE INDEX dispute_body ON dispute (body_code, id);
CREATE INDEX dispute_changed_at ON dispute (changed_at);
-- Everything that is counted stands in the index.
CREATE INDEX dispute_counted ON dispute (changed_position, closed_at, stage, risk, area_code, body_code, category, source, registered_at, accepted_at, extended, outcome, outcome_at);

-- Who is in dispute, sealed as the reporters of incidents are. An id is that of the dispute × 64 + the place in its list.
CREATE TABLE dispute_party (
  id             INTEGER NOT NULL PRIMARY KEY,
  dispute_id     INTEGER NOT NULL,
  role           INTEGER NOT NULL,
  name_sealed    BLOB,
  phone_sealed   BLOB,
  id_sealed      BLOB,
  address_sealed BLOB,
  name_hash      BLOB,
  phone_hash     BLOB,
  id_hash        BLOB
) STRICT;

-- The departments that mediate together.
CREATE TABLE dispute_joint (
  dispute_id    INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  is_lead       INTEGER NOT NULL,
  PRIMARY KEY (dispute_id, department_id)
) STRICT, WITHOUT ROWID;

-- Two that are one (duplicates across sources), or have to do with each other; the smaller id first.
CREATE TABLE dispute_link (
  dispute_id INTEGER NOT NULL,
  other_id   INTEGER NOT NULL,
  kind       INTEGER NOT NULL,
  PRIMARY KEY (dispute_id, other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dispute_link_other ON dispute_link (other_id);

-- The last sequence given out in a county day (dispute.number).
CREATE TABLE dispute_day (
  day           TEXT    NOT NULL PRIMARY KEY,
  last_sequence INTEGER NOT NULL
) STRICT;

-- Kinds of mediation that an administrator adds to those that come with the program, or names anew.
CREATE TABLE mediation_kind (
  code       TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  name_en    TEXT NOT NULL,
  retired_at TEXT,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

CREATE TABLE mediation_body (
  code       TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  area_code  TEXT,
  retired_at TEXT,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

CREATE TABLE mediator (
  id         INTEGER NOT NULL PRIMARY KEY,
  body_code  TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  kind       TEXT,
  retired_at TEXT,
  changed_at TEXT    NOT NULL,
  changed_by TEXT    NOT NULL
) STRICT;

CREATE INDEX mediator_body ON mediator (body_code);

CREATE INDEX dispute_person_name ON dispute_party (name_hash) WHERE name_hash IS NOT NULL;
CREATE INDEX dispute_person_phone ON dispute_party (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE INDEX dispute_person_id ON dispute_party (id_hash) WHERE id_hash IS NOT NULL;
