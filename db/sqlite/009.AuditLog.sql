-- Who did what: sequences without gaps, each row sealed together with the hash of the row before it; never edited.
CREATE TABLE audit_log (
  sequence      INTEGER NOT NULL PRIMARY KEY,
  at            TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  action        TEXT    NOT NULL,
  object        TEXT    NOT NULL,
  result        INTEGER NOT NULL,
  address       TEXT,
  detail        TEXT,
  times         INTEGER NOT NULL,
  key_id        TEXT    NOT NULL,
  previous_hash TEXT    NOT NULL,
  hash          TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX audit_log_action ON audit_log (action, sequence);

-- The last row, sealed: without it nobody could tell that the end was cut off.
CREATE TABLE audit_head (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash     TEXT    NOT NULL,
  key_id   TEXT    NOT NULL,
  seal     TEXT    NOT NULL
) STRICT;

-- What was taken out when its time was over, so that the rest still hangs together: the hash of the last row taken out.
CREATE TABLE audit_checkpoint (
  through_sequence INTEGER NOT NULL PRIMARY KEY,
  from_sequence    INTEGER NOT NULL,
  hash             TEXT    NOT NULL,
  removed_at       TEXT    NOT NULL,
  key_id           TEXT    NOT NULL,
  seal             TEXT    NOT NULL
) STRICT;

CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN
  SELECT RAISE(ABORT, 'The audit log is never edited.');
END;

-- Whatever the settings say, half a year (183 days) is kept.
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
WHEN OLD.sequence > COALESCE((SELECT MAX(through_sequence) FROM audit_checkpoint), 0)
  OR OLD.at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-183 days')
BEGIN
  SELECT RAISE(ABORT, 'The audit log is never edited; only what is over its time is taken out.');
END;

CREATE TRIGGER audit_head_no_return BEFORE UPDATE ON audit_head
WHEN NEW.id <> OLD.id OR NEW.sequence < OLD.sequence
BEGIN
  SELECT RAISE(ABORT, 'The head of the audit log only goes on.');
END;

CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'The record of what was taken out is never edited.');
END;

CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'The record of what was taken out is never edited.');
END;
