-- Who reported it and where they live, sealed with a key that is not in the database; and keyed hashes of the reporter's name,
-- phone and identity number, to find a person by. What stood in address, reporter_name and reporter_phone is sealed and emptied
-- by the program at its next start.
ALTER TABLE incident ADD COLUMN address_sealed BLOB;
ALTER TABLE incident ADD COLUMN reporter_name_sealed BLOB;
ALTER TABLE incident ADD COLUMN reporter_phone_sealed BLOB;
ALTER TABLE incident ADD COLUMN reporter_id_sealed BLOB;
ALTER TABLE incident ADD COLUMN reporter_name_hash BLOB;
ALTER TABLE incident ADD COLUMN reporter_phone_hash BLOB;
ALTER TABLE incident ADD COLUMN reporter_id_hash BLOB;

-- The title without phones, identity numbers and the reporter's name, where the title has any: what walls show.
ALTER TABLE incident ADD COLUMN wall_title TEXT;

-- When people and free text were erased from it.
ALTER TABLE incident ADD COLUMN erased_at TEXT;

-- The keys that something in here is sealed or hashed with: never the key itself, only what proves that a key is the one.
CREATE TABLE privacy_key (
  id       INTEGER NOT NULL PRIMARY KEY,
  kind     TEXT    NOT NULL,
  probe    BLOB    NOT NULL,
  added_at TEXT    NOT NULL
) STRICT;

-- How far work in pieces is: plain, the highest id below which rows may still hold people as plain text.
CREATE TABLE privacy_mark (
  name  TEXT    NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;

INSERT INTO privacy_mark (name, value) SELECT 'plain', COALESCE(MAX(id), 0) FROM incident;

-- No index of the hashes here: like places (005) they come in no order, and two of them made a report in a batch cost half as much
-- again. A person is looked for by reading the table; a county that asks more runs SQL Server, which has the indexes.
