-- Optional, by hand or as a monthly job of SQL Server Agent: partitions event_log by ranges of positions, one range a month.
-- Run it in the program's database, at the first of the month; each run is safe to repeat. Every edition since 2016 SP1 can do
-- this; Babelfish can not and does without. Nothing in the program depends on it.
--
-- By position, not by recorded_at: a unique index must hold the column that it is partitioned by, so partitions by time would
-- make the key (position, recorded_at), and positions would no longer be unique by themselves. Positions only grow, so that the
-- range which a month begins with is known when the month begins: the next million above the last position. What is given out
-- until that million is reached still goes into the month before.
--
-- The first run rebuilds both indexes of event_log and holds the table meanwhile: stop the program for it (about a minute for
-- ten million events). Later runs only change metadata, because the range that they split is empty.
SET XACT_ABORT ON;
DECLARE @boundary bigint = (SELECT (COALESCE(MAX(position), 0) / 1000000 + 1) * 1000000 FROM event_log);

IF NOT EXISTS (SELECT 1 FROM sys.partition_functions WHERE name = N'event_log_months')
BEGIN
  CREATE PARTITION FUNCTION event_log_months (bigint) AS RANGE RIGHT FOR VALUES (@boundary);
  CREATE PARTITION SCHEME event_log_months AS PARTITION event_log_months ALL TO ([PRIMARY]);
END
ELSE IF NOT EXISTS (
  SELECT 1
  FROM sys.partition_range_values v INNER JOIN sys.partition_functions f ON f.function_id = v.function_id
  WHERE f.name = N'event_log_months' AND CAST(v.value AS bigint) >= @boundary)
BEGIN
  ALTER PARTITION SCHEME event_log_months NEXT USED [PRIMARY];
  ALTER PARTITION FUNCTION event_log_months() SPLIT RANGE (@boundary);
END;
GO
IF NOT EXISTS (
  SELECT 1
  FROM sys.indexes i INNER JOIN sys.partition_schemes s ON s.data_space_id = i.data_space_id
  WHERE i.object_id = OBJECT_ID(N'event_log') AND i.name = N'event_log_pk')
BEGIN
  CREATE UNIQUE CLUSTERED INDEX event_log_pk ON event_log (position) WITH (DROP_EXISTING = ON) ON event_log_months (position);
  CREATE INDEX event_log_subject ON event_log (subject_id, position) WITH (DROP_EXISTING = ON) ON event_log_months (position);
END;
GO
-- Months that are over are only read: compressed they take a third to a half. Partition 1 is the oldest.
DECLARE @statements nvarchar(max) = N'';
SELECT @statements = @statements + N'ALTER INDEX event_log_pk ON event_log REBUILD PARTITION = ' + CAST(p.partition_number AS nvarchar(10)) + N' WITH (DATA_COMPRESSION = PAGE);'
FROM sys.partitions p
WHERE p.object_id = OBJECT_ID(N'event_log') AND p.index_id = 1 AND p.data_compression = 0 AND p.rows > 0
  AND p.partition_number <= (SELECT MAX(q.partition_number) - 2 FROM sys.partitions q WHERE q.object_id = OBJECT_ID(N'event_log') AND q.index_id = 1);
EXEC sp_executesql @statements;
