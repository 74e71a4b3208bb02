-- The register of disputes. An id is the position of the event that registered it, as with incidents, so that one log tells of both.
-- changed_at and changed_position are those of its last event: what is counted anew asks only for what changed since.
CREATE TABLE dispute (
  id               bigint NOT NULL CONSTRAINT dispute_pk PRIMARY KEY,
  number           nvarchar(24) COLLATE Latin1_General_BIN2 NOT NULL,
  source           nvarchar(32) COLLATE Latin1_General_BIN2 NOT NULL,
  external_id      nvarchar(128) COLLATE Latin1_General_BIN2 NULL,
  registered_at    datetime2(3) NOT NULL,
  occurred_on      date NULL,
  area_code        nvarchar(15) COLLATE Latin1_General_BIN2 NULL,
  lon              float NULL,
  lat              float NULL,
  source_crs       nvarchar(16) COLLATE Latin1_General_BIN2 NULL,
  place_sealed     varbinary(1240) NULL,
  category         nvarchar(2) COLLATE Latin1_General_BIN2 NOT NULL,
  scale            int NOT NULL,
  origin           int NOT NULL,
  title            nvarchar(200) NOT NULL,
  shown_title      nvarchar(400) NULL,
  summary          nvarchar(4000) NULL,
  units            nvarchar(500) NULL,
  people           int NULL,
  risk             int NOT NULL,
  risk_reason      nvarchar(400) NULL,
  stage            int NOT NULL,
  accepted_at      datetime2(3) NULL,
  due_on           date NULL,
  extended         bit NOT NULL,
  extension_reason nvarchar(400) NULL,
  body_code        nvarchar(32) COLLATE Latin1_General_BIN2 NULL,
  mediator_id      bigint NULL,
  method           nvarchar(24) COLLATE Latin1_General_BIN2 NULL,
  outcome          int NULL,
  outcome_at       datetime2(3) NULL,
  agreement        int NULL,
  confirmation     int NULL,
  confirmation_at  datetime2(3) NULL,
  referral         int NULL,
  resolution       nvarchar(2000) NULL,
  closed_at        datetime2(3) NULL,
  reviewed_on      date NULL,
  review_opinion   nvarchar(1000) NULL,
  criminal_at      datetime2(3) NULL,
  criminal_reason  nvarchar(400) NULL,
  incident_id      bigint NULL,
  revision         int NOT NULL,
  changed_at       datetime2(3) NOT NULL,
  changed_position bigint NOT NULL,
  erased_at        datetime2(3) NULL
);
GO
CREATE UNIQUE INDEX dispute_number ON dispute (number);
GO
CREATE UNIQUE INDEX dispute_external ON dispute (source, external_id) WHERE external_id IS NOT NULL;
GO
CREATE UNIQUE INDEX dispute_incident ON dispute (incident_id) WHERE incident_id IS NOT NULL;
GO
CREATE INDEX dispute_stage ON dispute (stage, id);
GO
CREATE INDEX dispute_area ON dispute (area_code, id);
GO
CREATE INDEX dispute_body ON dispute (body_code, id);
GO
CREATE INDEX dispute_changed_at ON dispute (changed_at);
GO
-- Everything that is counted stands in the index.
CREATE INDEX dispute_counted ON dispute (changed_position, closed_at, stage, risk, area_code, body_code, category, source, registered_at, accepted_at, extended, outcome, outcome_at);
GO
-- Who is in dispute, sealed as the reporters of incidents are. An id is that of the dispute × 64 + the place in its list.
CREATE TABLE dispute_party (
  id               bigint NOT NULL CONSTRAINT dispute_party_pk PRIMARY KEY,
  dispute_id       bigint NOT NULL,
  role             int NOT NULL,
  name_sealed      varbinary(300) NULL,
  phone_sealed     varbinary(70) NULL,
  id_sealed        varbinary(60) NULL,
  address_sealed   varbinary(1240) NULL,
  name_hash        varbinary(16) NULL,
  phone_hash       varbinary(16) NULL,
  id_hash          varbinary(16) NULL
);
GO
-- The departments that mediate together.
CREATE TABLE dispute_joint (
  dispute_id       bigint NOT NULL,
  department_id    bigint NOT NULL,
  is_lead          bit NOT NULL,
  CONSTRAINT dispute_joint_pk PRIMARY KEY (dispute_id, department_id)
);
GO
-- Two that are one (duplicates across sources), or have to do with each other; the smaller id first.
CREATE TABLE dispute_link (
  dispute_id       bigint NOT NULL,
  other_id         bigint NOT NULL,
  kind             int NOT NULL,
  CONSTRAINT dispute_link_pk PRIMARY KEY (dispute_id, other_id)
);
GO
CREATE INDEX dispute_link_other ON dispute_link (other_id);
GO
-- The last sequence given out in a county day (dispute.number).
CREATE TABLE dispute_day (
  day              date NOT NULL CONSTRAINT dispute_day_pk PRIMARY KEY,
  last_sequence    int NOT NULL
);
GO
-- Kinds of mediation that an administrator adds to those that come with the program, or names anew.
CREATE TABLE mediation_kind (
  code             nvarchar(24) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT mediation_kind_pk PRIMARY KEY,
  name             nvarchar(100) NOT NULL,
  name_en          nvarchar(100) NOT NULL,
  retired_at       datetime2(3) NULL,
  changed_at       datetime2(3) NOT NULL,
  changed_by       nvarchar(100) NOT NULL
);
GO
CREATE TABLE mediation_body (
  code             nvarchar(32) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT mediation_body_pk PRIMARY KEY,
  name             nvarchar(100) NOT NULL,
  kind             nvarchar(24) COLLATE Latin1_General_BIN2 NOT NULL,
  area_code        nvarchar(15) COLLATE Latin1_General_BIN2 NULL,
  retired_at       datetime2(3) NULL,
  changed_at       datetime2(3) NOT NULL,
  changed_by       nvarchar(100) NOT NULL
);
GO
CREATE TABLE mediator (
  id               bigint NOT NULL CONSTRAINT mediator_pk PRIMARY KEY,
  body_code        nvarchar(32) COLLATE Latin1_General_BIN2 NOT NULL,
  name             nvarchar(100) NOT NULL,
  kind             nvarchar(24) COLLATE Latin1_General_BIN2 NULL,
  retired_at       datetime2(3) NULL,
  changed_at       datetime2(3) NOT NULL,
  changed_by       nvarchar(100) NOT NULL
);
GO
CREATE INDEX mediator_body ON mediator (body_code);
GO
CREATE INDEX dispute_person_name ON dispute_party (name_hash) WHERE name_hash IS NOT NULL;
GO
CREATE INDEX dispute_person_phone ON dispute_party (phone_hash) WHERE phone_hash IS NOT NULL;
GO
CREATE INDEX dispute_person_id ON dispute_party (id_hash) WHERE id_hash IS NOT NULL;
