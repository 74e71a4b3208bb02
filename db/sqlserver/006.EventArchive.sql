-- What has been moved out of the event log into files: each an unbroken run of positions, together everything up to the highest
-- to_position. Above that the log has no gaps; below it, it keeps what is not closed.
CREATE TABLE event_archive (
  to_position   bigint        NOT NULL CONSTRAINT event_archive_pk PRIMARY KEY,
  from_position bigint        NOT NULL,
  events        int           NOT NULL,
  file_name     nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL,
  sha256        nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
  archived_at   datetime2(3)  NOT NULL,
  CONSTRAINT event_archive_whole CHECK (events = to_position - from_position + 1)
);
GO
CREATE TRIGGER event_archive_no_edit ON event_archive AFTER UPDATE, DELETE
AS
BEGIN
  SET NOCOUNT ON;
  THROW 51000, N'The record of archives is never edited.', 1;
END;
GO
-- Only what stands in an archive may be taken out of the log, and nothing of an incident that is not closed (80).
DROP TRIGGER IF EXISTS event_log_no_edit;
GO
CREATE TRIGGER event_log_no_edit ON event_log AFTER UPDATE, DELETE
AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted)
    OR EXISTS (SELECT 1 FROM deleted d WHERE d.position > (SELECT COALESCE(MAX(a.to_position), 0) FROM event_archive a))
    OR EXISTS (SELECT 1 FROM deleted d INNER JOIN incident i ON i.id = d.subject_id WHERE i.status <> 80)
  BEGIN
    THROW 51000, N'The event log is never edited; only archived events of closed incidents are taken out.', 1;
  END;
END;
