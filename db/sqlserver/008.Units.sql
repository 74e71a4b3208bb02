-- Who can be sent: stations, patrols, emergency units. Rows are never deleted; one that the county's list left out is retired.
-- No spatial index: a province has some ten thousand units, which are ordered by distance sooner than an index is searched.
CREATE TABLE unit (
  code             nvarchar(32)  COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT unit_pk PRIMARY KEY,
  name             nvarchar(100) NOT NULL,
  kind             int           NOT NULL,
  area_code        nvarchar(15)  COLLATE Latin1_General_BIN2 NOT NULL,
  lon              float         NOT NULL,
  lat              float         NOT NULL,
  place            geography     NOT NULL,
  source_crs       nvarchar(16)  COLLATE Latin1_General_BIN2 NOT NULL,
  changed_position bigint        NOT NULL,
  retired_at       datetime2(3)  NULL
);
GO
CREATE INDEX unit_area ON unit (area_code);
