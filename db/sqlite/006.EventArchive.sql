-- What has been moved out of the event log into files: each an unbroken run of positions, together everything up to the highest
-- to_position. Above that the log has no gaps; below it, it keeps what is not closed.
CREATE TABLE event_archive (
  to_position   INTEGER NOT NULL PRIMARY KEY,
  from_position INTEGER NOT NULL,
  events        INTEGER NOT NULL,
  file_name     TEXT    NOT NULL,
  sha256        TEXT    NOT NULL,
  archived_at   TEXT    NOT NULL,
  CHECK (events = to_position - from_position + 1)
) STRICT;

CREATE TRIGGER event_archive_no_update BEFORE UPDATE ON event_archive
BEGIN
  SELECT RAISE(ABORT, 'The record of archives is never edited.');
END;

CREATE TRIGGER event_archive_no_delete BEFORE DELETE ON event_archive
BEGIN
  SELECT RAISE(ABORT, 'The record of archives is never edited.');
END;

-- Only what stands in an archive may be taken out of the log, and nothing of an incident that is not closed (80).
DROP TRIGGER event_log_no_delete;

CREATE TRIGGER event_log_no_delete BEFORE DELETE ON event_log
WHEN OLD.position > COALESCE((SELECT MAX(to_position) FROM event_archive), 0)
  OR EXISTS (SELECT 1 FROM incident WHERE id = OLD.subject_id AND status <> 80)
BEGIN
  SELECT RAISE(ABORT, 'The event log is never edited; only archived events of closed incidents are taken out.');
END;
