-- Police statistics: counts a day or month, never of persons. An import is a version: its rows are never changed, and it is undone
-- by being marked. position is that of its event.
CREATE TABLE statistic_import (
  position        bigint        NOT NULL CONSTRAINT statistic_import_pk PRIMARY KEY,
  recorded_at     datetime2(3)  NOT NULL,
  actor           nvarchar(100) NOT NULL,
  source          nvarchar(100) NOT NULL,
  file_name       nvarchar(200) NULL,
  sha256          nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
  as_of           date          NOT NULL,
  note            nvarchar(400) NULL,
  cells           int           NOT NULL,
  first_day       date          NOT NULL,
  last_day        date          NOT NULL,
  undone_position bigint        NULL,
  undone_at       datetime2(3)  NULL,
  undone_by       nvarchar(100) NULL,
  undone_reason   nvarchar(400) NULL
);
GO
CREATE INDEX statistic_import_hash ON statistic_import (sha256);
GO
-- What an import brought of one series in one area and month: the month's figure, or its days packed, or both; in units of
-- 1 / 10^decimals. month counts from year 0: year × 12 + month − 1.
CREATE TABLE statistic_part (
  series          nvarchar(80)   COLLATE Latin1_General_BIN2 NOT NULL,
  area_code       nvarchar(15)   COLLATE Latin1_General_BIN2 NOT NULL,
  month           int            NOT NULL,
  import_position bigint         NOT NULL,
  decimals        int            NOT NULL,
  whole           bigint         NULL,
  days            varbinary(400) NULL,
  CONSTRAINT statistic_part_pk PRIMARY KEY (series, area_code, month, import_position)
);
GO
CREATE INDEX statistic_part_import ON statistic_part (import_position);
GO
-- What stands now: the imports that are not undone, one over the other. total, given_days and last_day save the unpacking.
CREATE TABLE statistic_month (
  month           int            NOT NULL,
  series          nvarchar(80)   COLLATE Latin1_General_BIN2 NOT NULL,
  area_code       nvarchar(15)   COLLATE Latin1_General_BIN2 NOT NULL,
  decimals        int            NOT NULL,
  whole           bigint         NULL,
  days            varbinary(400) NULL,
  total           bigint         NOT NULL,
  given_days      int            NOT NULL,
  last_day        int            NOT NULL,
  as_of           date           NOT NULL,
  import_position bigint         NOT NULL,
  CONSTRAINT statistic_month_pk PRIMARY KEY (month, series, area_code)
);
GO
-- What an administrator made of the measures, categories and tags that come with the program.
CREATE TABLE statistic_term (
  kind       int           NOT NULL,
  code       nvarchar(24)  COLLATE Latin1_General_BIN2 NOT NULL,
  name       nvarchar(60)  NOT NULL,
  name_en    nvarchar(60)  NOT NULL,
  adverse    int           NOT NULL,
  is_stock   bit           NOT NULL,
  aliases    nvarchar(400) NOT NULL,
  changed_at datetime2(3)  NOT NULL,
  changed_by nvarchar(100) NOT NULL,
  CONSTRAINT statistic_term_pk PRIMARY KEY (kind, code)
);
GO
-- How the columns of a file were mapped, remembered by the hash of its headings.
CREATE TABLE statistic_layout (
  heading_hash nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT statistic_layout_pk PRIMARY KEY,
  layout       nvarchar(max) NOT NULL,
  changed_at   datetime2(3)  NOT NULL,
  changed_by   nvarchar(100) NOT NULL
);
GO
-- Figures that were published, as they were then. version is the position of the log at which they were taken.
CREATE TABLE statistic_publication (
  id            bigint        NOT NULL CONSTRAINT statistic_publication_pk PRIMARY KEY,
  published_at  datetime2(3)  NOT NULL,
  actor         nvarchar(100) NOT NULL,
  title         nvarchar(200) NOT NULL,
  version       bigint        NOT NULL,
  figures       nvarchar(max) NOT NULL,
  withdrawn_at  datetime2(3)  NULL,
  withdrawn_by  nvarchar(100) NULL
);
GO
-- The weights of the safety index; the last version counts.
CREATE TABLE safety_weights (
  version     int           NOT NULL CONSTRAINT safety_weights_pk PRIMARY KEY,
  weights     nvarchar(400) NOT NULL,
  reason      nvarchar(400) NOT NULL,
  recorded_at datetime2(3)  NOT NULL,
  actor       nvarchar(100) NOT NULL
);
GO
-- The safety index of a town on a day with its parts. Computed anew it gets another row; the last one counts, the others stay.
CREATE TABLE safety_index (
  area_code       nvarchar(15)  COLLATE Latin1_General_BIN2 NOT NULL,
  day             date          NOT NULL,
  position        bigint        NOT NULL,
  weights_version int           NOT NULL,
  score           int           NULL,
  provisional     bit           NOT NULL,
  parts           nvarchar(max) NOT NULL,
  CONSTRAINT safety_index_pk PRIMARY KEY (area_code, day, position)
);
GO
CREATE INDEX safety_index_day ON safety_index (day);
