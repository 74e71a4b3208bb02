-- Who did what: sequences without gaps, each row sealed together with the hash of the row before it; never edited.
CREATE TABLE audit_log (
  sequence      bigint         NOT NULL CONSTRAINT audit_log_pk PRIMARY KEY,
  at            datetime2(3)   NOT NULL,
  subject       nvarchar(200)  NOT NULL,
  action        nvarchar(64)   COLLATE Latin1_General_BIN2 NOT NULL,
  object        nvarchar(300)  NOT NULL,
  result        int            NOT NULL,
  address       nvarchar(64)   COLLATE Latin1_General_BIN2 NULL,
  detail        nvarchar(2000) NULL,
  times         int            NOT NULL,
  key_id        nvarchar(64)   COLLATE Latin1_General_BIN2 NOT NULL,
  previous_hash nvarchar(64)   COLLATE Latin1_General_BIN2 NOT NULL,
  hash          nvarchar(64)   COLLATE Latin1_General_BIN2 NOT NULL
);
GO
CREATE INDEX audit_log_at ON audit_log (at);
GO
CREATE INDEX audit_log_action ON audit_log (action, sequence);
GO
-- The last row, sealed: without it nobody could tell that the end was cut off.
CREATE TABLE audit_head (
  id       int           NOT NULL CONSTRAINT audit_head_pk PRIMARY KEY CONSTRAINT audit_head_one CHECK (id = 1),
  sequence bigint        NOT NULL,
  hash     nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
  key_id   nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL,
  seal     nvarchar(64)  COLLATE Latin1_General_BIN2 NOT NULL
);
GO
-- What was taken out when its time was over, so that the rest still hangs together: the hash of the last row taken out.
CREATE TABLE audit_checkpoint (
  through_sequence bigint       NOT NULL CONSTRAINT audit_checkpoint_pk PRIMARY KEY,
  from_sequence    bigint       NOT NULL,
  hash             nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
  removed_at       datetime2(3) NOT NULL,
  key_id           nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
  seal             nvarchar(64) COLLATE Latin1_General_BIN2 NOT NULL
);
GO
-- Whatever the settings say, half a year (183 days) is kept.
CREATE TRIGGER audit_log_no_edit ON audit_log AFTER UPDATE, DELETE
AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted)
    OR EXISTS (SELECT 1 FROM deleted d WHERE d.sequence > (SELECT COALESCE(MAX(c.through_sequence), 0) FROM audit_checkpoint c))
    OR EXISTS (SELECT 1 FROM deleted d WHERE d.at > DATEADD(DAY, -183, SYSUTCDATETIME()))
  BEGIN
    THROW 51000, N'The audit log is never edited; only what is over its time is taken out.', 1;
  END;
END;
GO
CREATE TRIGGER audit_head_no_return ON audit_head AFTER UPDATE
AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM deleted d WHERE NOT EXISTS (SELECT 1 FROM inserted i WHERE i.id = d.id AND i.sequence >= d.sequence))
  BEGIN
    THROW 51000, N'The head of the audit log only goes on.', 1;
  END;
END;
GO
CREATE TRIGGER audit_checkpoint_no_edit ON audit_checkpoint AFTER UPDATE, DELETE
AS
BEGIN
  SET NOCOUNT ON;
  THROW 51000, N'The record of what was taken out is never edited.', 1;
END;
