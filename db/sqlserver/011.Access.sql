-- Grows with every change of an account, session, key or wall, so that each node knows when to read anew whom it lets in.
CREATE TABLE access_version (
  id      bigint NOT NULL CONSTRAINT access_version_pk PRIMARY KEY CONSTRAINT access_version_one CHECK (id = 1),
  version bigint NOT NULL
);
GO
INSERT INTO access_version (id, version) VALUES (1, 1);
GO
-- Who answers for what (权责清单): category codes of level 1 or 2, separated by commas.
CREATE TABLE department (
  id         bigint                                    NOT NULL CONSTRAINT department_pk PRIMARY KEY,
  name       nvarchar(100)                             NOT NULL,
  categories nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
  retired_at datetime2(3)                              NULL
);
GO
-- People. Rows are never deleted; who leaves is disabled. name_key is the name as it is compared.
CREATE TABLE account (
  id                  bigint                                    NOT NULL CONSTRAINT account_pk PRIMARY KEY,
  name_key            nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
  name                nvarchar(64)                              NOT NULL,
  display_name        nvarchar(64)                              NOT NULL,
  role                int                                       NOT NULL,
  area                nvarchar(15) COLLATE Latin1_General_BIN2  NULL,
  department_id       bigint                                    NULL,
  password_hash       nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
  password_changed_at datetime2(3)                              NOT NULL,
  must_change         bit                                       NOT NULL,
  second_factor       nvarchar(400) COLLATE Latin1_General_BIN2 NULL,
  second_factor_step  bigint                                    NULL,
  failures            int                                       NOT NULL,
  locked_until        datetime2(3)                              NULL,
  disabled_at         datetime2(3)                              NULL,
  created_at          datetime2(3)                              NOT NULL,
  created_by          nvarchar(100)                             NOT NULL,
  last_sign_in_at     datetime2(3)                              NULL
);
GO
CREATE UNIQUE INDEX account_name ON account (name_key);
GO
-- Passwords that were used before, so that none comes back.
CREATE TABLE account_password (
  account_id bigint                                    NOT NULL,
  set_at     datetime2(3)                              NOT NULL,
  hash       nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
  CONSTRAINT account_password_pk PRIMARY KEY (account_id, set_at)
);
GO
-- Codes for the day that the second factor is lost; each serves once.
CREATE TABLE account_recovery (
  account_id bigint                                   NOT NULL,
  hash       nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
  used_at    datetime2(3)                             NULL,
  CONSTRAINT account_recovery_pk PRIMARY KEY (account_id, hash)
);
GO
CREATE TABLE account_session (
  id             nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT account_session_pk PRIMARY KEY,
  account_id     bigint                                   NOT NULL,
  begun_at       datetime2(3)                             NOT NULL,
  last_active_at datetime2(3)                             NOT NULL,
  address        nvarchar(100)                            NULL,
  agent          nvarchar(300)                            NULL,
  second_factor  bit                                      NOT NULL,
  ended_at       datetime2(3)                             NULL
);
GO
CREATE INDEX account_session_account ON account_session (account_id, begun_at);
GO
-- Programs. The secret itself is not kept.
CREATE TABLE api_key (
  id           bigint                                   NOT NULL CONSTRAINT api_key_pk PRIMARY KEY,
  name         nvarchar(80)                             NOT NULL,
  hash         nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
  scopes       int                                      NOT NULL,
  area         nvarchar(15) COLLATE Latin1_General_BIN2 NULL,
  source       nvarchar(32) COLLATE Latin1_General_BIN2 NULL,
  rate         int                                      NULL,
  created_at   datetime2(3)                             NOT NULL,
  created_by   nvarchar(100)                            NOT NULL,
  expires_at   datetime2(3)                             NULL,
  last_used_at datetime2(3)                             NULL,
  revoked_at   datetime2(3)                             NULL
);
GO
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);
GO
-- Screens. hash is of the token that the screen holds; pairing_hash of a one-time address, pairing_code of what it shows.
CREATE TABLE wall (
  id            bigint                                    NOT NULL CONSTRAINT wall_pk PRIMARY KEY,
  name          nvarchar(80)                              NOT NULL,
  area          nvarchar(15) COLLATE Latin1_General_BIN2  NULL,
  profile       nvarchar(32) COLLATE Latin1_General_BIN2  NOT NULL,
  scenes        nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
  hash          nvarchar(64) COLLATE Latin1_General_BIN2  NULL,
  pairing_hash  nvarchar(64) COLLATE Latin1_General_BIN2  NULL,
  pairing_until datetime2(3)                              NULL,
  created_at    datetime2(3)                              NOT NULL,
  created_by    nvarchar(100)                             NOT NULL,
  expires_at    datetime2(3)                              NULL,
  last_seen_at  datetime2(3)                              NULL,
  revoked_at    datetime2(3)                              NULL
);
GO
CREATE UNIQUE INDEX wall_hash ON wall (hash) WHERE hash IS NOT NULL;
GO
CREATE UNIQUE INDEX wall_pairing ON wall (pairing_hash) WHERE pairing_hash IS NOT NULL;
GO
-- Screens that ask to be let in and show a code.
CREATE TABLE wall_request (
  id         nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT wall_request_pk PRIMARY KEY,
  code       nvarchar(16) COLLATE Latin1_General_BIN2 NOT NULL,
  asked_at   datetime2(3)                             NOT NULL,
  expires_at datetime2(3)                             NOT NULL,
  address    nvarchar(100)                            NULL,
  agent      nvarchar(300)                            NULL,
  wall_id    bigint                                   NULL
);
GO
CREATE UNIQUE INDEX wall_request_code ON wall_request (code);
