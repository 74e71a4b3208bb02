-- One upload of boundaries that was taken. Its position is that of its AreasReplaced event.
CREATE TABLE area_import (
  position    bigint        NOT NULL CONSTRAINT area_import_pk PRIMARY KEY,
  recorded_at datetime2(3)  NOT NULL,
  valid_from  date          NOT NULL,
  source_crs  nvarchar(16)  COLLATE Latin1_General_BIN2 NOT NULL,
  actor       nvarchar(100) NOT NULL,
  taken       int           NOT NULL,
  repaired    int           NOT NULL,
  retired     int           NOT NULL
);
GO
CREATE INDEX area_import_valid_from ON area_import (valid_from);
GO
-- Counties, towns, villages and grids, each for some days: from valid_from until before valid_to (9999-12-31: until further
-- notice). Rows are never deleted; one that was superseded before its first day ended is empty (valid_to = valid_from).
-- Shapes have SRID 4326 and counter-clockwise exteriors: a clockwise one would mean the rest of the earth.
CREATE TABLE area (
  id              bigint        NOT NULL CONSTRAINT area_pk PRIMARY KEY,
  code            nvarchar(15)  COLLATE Latin1_General_BIN2 NOT NULL,
  name            nvarchar(100) NOT NULL,
  level           int           NOT NULL CONSTRAINT area_level CHECK (level BETWEEN 1 AND 4),
  parent_code     nvarchar(15)  COLLATE Latin1_General_BIN2 NULL,
  valid_from      date          NOT NULL,
  valid_to        date          NOT NULL,
  import_position bigint        NOT NULL CONSTRAINT area_import_fk REFERENCES area_import (position),
  population      int           NULL,
  households      int           NULL,
  type            nvarchar(50)  NULL,
  min_lon         float         NOT NULL,
  min_lat         float         NOT NULL,
  max_lon         float         NOT NULL,
  max_lat         float         NOT NULL,
  shape           geography     NOT NULL,
  CONSTRAINT area_valid CHECK (valid_to >= valid_from)
);
GO
CREATE INDEX area_code ON area (code, valid_from);
GO
CREATE INDEX area_days ON area (valid_to, valid_from);
GO
-- Of which parents an upload gave the children, and from which day. The key is the parent's code; of a county itself, "=" and its code.
CREATE TABLE area_set (
  family          nvarchar(15) COLLATE Latin1_General_BIN2 NOT NULL,
  valid_from      date         NOT NULL,
  import_position bigint       NOT NULL CONSTRAINT area_set_import_fk REFERENCES area_import (position),
  CONSTRAINT area_set_pk PRIMARY KEY (family, valid_from)
);
