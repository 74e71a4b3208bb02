-- Grows with every change of an account, session, key or wall, so that each node knows when to read anew whom it lets in.
CREATE TABLE access_version (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL
) STRICT;

INSERT INTO access_version (id, version) VALUES (1, 1);

-- Who answers for what (权责清单): category codes of level 1 or 2, separated by commas.
CREATE TABLE department (
  id         INTEGER NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  categories TEXT    NOT NULL,
  retired_at TEXT
) STRICT;

-- People. Rows are never deleted; who leaves is disabled. name_key is the name as it is compared.
CREATE TABLE account (
  id                  INTEGER NOT NULL PRIMARY KEY,
  name_key            TEXT    NOT NULL,
  name                TEXT    NOT NULL,
  display_name        TEXT    NOT NULL,
  role                INTEGER NOT NULL,
  area                TEXT,
  department_id       INTEGER,
  password_hash       TEXT    NOT NULL,
  password_changed_at TEXT    NOT NULL,
  must_change         INTEGER NOT NULL,
  second_factor       TEXT,
  second_factor_step  INTEGER,
  failures            INTEGER NOT NULL,
  locked_until        TEXT,
  disabled_at         TEXT,
  created_at          TEXT    NOT NULL,
  created_by          TEXT    NOT NULL,
  last_sign_in_at     TEXT
) STRICT;

CREATE UNIQUE INDEX account_name ON account (name_key);

-- Passwords that were used before, so that none comes back.
CREATE TABLE account_password (
  account_id INTEGER NOT NULL,
  set_at     TEXT    NOT NULL,
  hash       TEXT    NOT NULL,
  PRIMARY KEY (account_id, set_at)
) STRICT;

-- Codes for the day that the second factor is lost; each serves once.
CREATE TABLE account_recovery (
  account_id INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  used_at    TEXT,
  PRIMARY KEY (account_id, hash)
) STRICT;

CREATE TABLE account_session (
  id             TEXT    NOT NULL PRIMARY KEY,
  account_id     INTEGER NOT NULL,
  begun_at       TEXT    NOT NULL,
  last_active_at TEXT    NOT NULL,
  address        TEXT,
  agent          TEXT,
  second_factor  INTEGER NOT NULL,
  ended_at       TEXT
) STRICT;

CREATE INDEX account_session_account ON account_session (account_id, begun_at);

-- Programs. The secret itself is not kept.
CREATE TABLE api_key (
  id           INTEGER NOT NULL PRIMARY KEY,
  name         TEXT    NOT NULL,
  hash         TEXT    NOT NULL,
  scopes       INTEGER NOT NULL,
  area         TEXT,
  source       TEXT,
  rate         INTEGER,
  created_at   TEXT    NOT NULL,
  created_by   TEXT    NOT NULL,
  expires_at   TEXT,
  last_used_at TEXT,
  revoked_at   TEXT
) STRICT;

CREATE UNIQUE INDEX api_key_hash ON api_key (hash);

-- Screens. hash is of the token that the screen holds; pairing_hash of a one-time address, pairing_code of what it shows.
CREATE TABLE wall (
  id             INTEGER NOT NULL PRIMARY KEY,
  name           TEXT    NOT NULL,
  area           TEXT,
  profile        TEXT    NOT NULL,
  scenes         TEXT    NOT NULL,
  hash           TEXT,
  pairing_hash   TEXT,
  pairing_until  TEXT,
  created_at     TEXT    NOT NULL,
  created_by     TEXT    NOT NULL,
  expires_at     TEXT,
  last_seen_at   TEXT,
  revoked_at     TEXT
) STRICT;

CREATE UNIQUE INDEX wall_hash ON wall (hash) WHERE hash IS NOT NULL;
CREATE UNIQUE INDEX wall_pairing ON wall (pairing_hash) WHERE pairing_hash IS NOT NULL;

-- Screens that ask to be let in and show a code.
CREATE TABLE wall_request (
  id         TEXT    NOT NULL PRIMARY KEY,
  code       TEXT    NOT NULL,
  asked_at   TEXT    NOT NULL,
  expires_at TEXT    NOT NULL,
  address    TEXT,
  agent      TEXT,
  wall_id    INTEGER
) STRICT;

CREATE UNIQUE INDEX wall_request_code ON wall_request (code);
