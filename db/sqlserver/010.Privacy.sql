-- Who reported it and where they live, sealed with a key that is not in the database; and keyed hashes of the reporter's name,
-- phone and identity number, to find a person by. What stood in address, reporter_name and reporter_phone is sealed and emptied
-- by the program at its next start.
ALTER TABLE incident ADD address_sealed varbinary(1240) NULL;
GO
ALTER TABLE incident ADD reporter_name_sealed varbinary(300) NULL;
GO
ALTER TABLE incident ADD reporter_phone_sealed varbinary(70) NULL;
GO
ALTER TABLE incident ADD reporter_id_sealed varbinary(60) NULL;
GO
ALTER TABLE incident ADD reporter_name_hash varbinary(16) NULL;
GO
ALTER TABLE incident ADD reporter_phone_hash varbinary(16) NULL;
GO
ALTER TABLE incident ADD reporter_id_hash varbinary(16) NULL;
GO

-- The title without phones, identity numbers and the reporter's name, where the title has any: what walls show.
ALTER TABLE incident ADD wall_title nvarchar(400) NULL;
GO

-- When people and free text were erased from it.
ALTER TABLE incident ADD erased_at datetime2(3) NULL;
GO

-- The keys that something in here is sealed or hashed with: never the key itself, only what proves that a key is the one.
CREATE TABLE privacy_key (
  id       bigint         NOT NULL CONSTRAINT privacy_key_pk PRIMARY KEY,
  kind     nvarchar(10)   COLLATE Latin1_General_BIN2 NOT NULL,
  probe    varbinary(32)  NOT NULL,
  added_at datetime2(3)   NOT NULL
);
GO
-- How far work in pieces is: plain, the highest id below which rows may still hold people as plain text.
CREATE TABLE privacy_mark (
  name  nvarchar(40) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT privacy_mark_pk PRIMARY KEY,
  value bigint       NOT NULL
);
GO
INSERT INTO privacy_mark (name, value) SELECT N'plain', COALESCE(MAX(id), 0) FROM incident;
GO
CREATE INDEX incident_person_name ON incident (reporter_name_hash) WHERE reporter_name_hash IS NOT NULL;
GO
CREATE INDEX incident_person_phone ON incident (reporter_phone_hash) WHERE reporter_phone_hash IS NOT NULL;
GO
CREATE INDEX incident_person_id ON incident (reporter_id_hash) WHERE reporter_id_hash IS NOT NULL;
