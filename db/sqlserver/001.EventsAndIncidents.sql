-- The event log: positions without gaps, in the order of commit; never edited.
-- Codes compare by code point (BIN2), as they do in the embedded store; text that people wrote keeps the database's collation.
CREATE TABLE event_log (
  position    bigint        NOT NULL CONSTRAINT event_log_pk PRIMARY KEY,
  recorded_at datetime2(3)  NOT NULL,
  kind        nvarchar(40)  COLLATE Latin1_General_BIN2 NOT NULL,
  subject_id  bigint        NOT NULL,
  actor       nvarchar(100) NOT NULL,
  payload     nvarchar(max) NOT NULL CONSTRAINT event_log_payload_json CHECK (ISJSON(payload) = 1)
);
GO
CREATE INDEX event_log_subject ON event_log (subject_id, position);
GO
CREATE TRIGGER event_log_no_edit ON event_log AFTER UPDATE, DELETE
AS
BEGIN
  SET NOCOUNT ON;
  THROW 51000, N'The event log is never edited.', 1;
END;
GO
-- The state of each reported matter. Its id is the position of the event that reported it.
CREATE TABLE incident (
  id             bigint         NOT NULL CONSTRAINT incident_pk PRIMARY KEY,
  number         nvarchar(20)   COLLATE Latin1_General_BIN2 NOT NULL,
  source         nvarchar(32)   COLLATE Latin1_General_BIN2 NOT NULL,
  external_id    nvarchar(128)  COLLATE Latin1_General_BIN2 NULL,
  category       nvarchar(4)    COLLATE Latin1_General_BIN2 NOT NULL,
  urgency        int            NOT NULL,
  title          nvarchar(200)  NOT NULL,
  description    nvarchar(4000) NULL,
  lon            float          NULL,
  lat            float          NULL,
  place          geography      NULL,
  source_crs     nvarchar(16)   COLLATE Latin1_General_BIN2 NULL,
  grid_code      nvarchar(15)   COLLATE Latin1_General_BIN2 NULL,
  outside_grids  bit            NOT NULL,
  address        nvarchar(300)  NULL,
  occurred_at    datetime2(3)   NULL,
  received_at    datetime2(3)   NOT NULL,
  status         int            NOT NULL,
  accepted_at    datetime2(3)   NULL,
  started_at     datetime2(3)   NULL,
  closed_at      datetime2(3)   NULL,
  accept_by      datetime2(3)   NOT NULL,
  finish_by      datetime2(3)   NOT NULL,
  reporter_name  nvarchar(64)   NULL,
  reporter_phone nvarchar(32)   NULL
);
GO
CREATE UNIQUE INDEX incident_number ON incident (number);
GO
CREATE UNIQUE INDEX incident_external ON incident (source, external_id) WHERE external_id IS NOT NULL;
GO
CREATE INDEX incident_status ON incident (status, id);
GO
CREATE INDEX incident_grid ON incident (grid_code, id);
GO
CREATE INDEX incident_received ON incident (received_at);
GO
-- The live board counts what was closed in the last 30 days; everything it needs for that stands in the index.
CREATE INDEX incident_closed ON incident (closed_at, finish_by, grid_code, outside_grids) WHERE closed_at IS NOT NULL;
GO
-- The last sequence given out in a county day (incident.number).
CREATE TABLE incident_day (
  day           date NOT NULL CONSTRAINT incident_day_pk PRIMARY KEY,
  last_sequence int  NOT NULL
);
