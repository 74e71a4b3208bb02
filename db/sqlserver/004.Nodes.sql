-- Work that one node at a time does. The fence grows with each taking, so that a holder that was overtaken can be told.
CREATE TABLE lease (
  name       nvarchar(100) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT lease_pk PRIMARY KEY,
  holder     nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
  fence      bigint        NOT NULL,
  taken_at   datetime2(3)  NOT NULL,
  expires_at datetime2(3)  NOT NULL
);
GO
-- The programs that share this database, each as it was last heard of.
CREATE TABLE node (
  id         nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT node_pk PRIMARY KEY,
  name       nvarchar(100) NOT NULL,
  address    nvarchar(400) NOT NULL,
  version    nvarchar(100) NOT NULL,
  started_at datetime2(3)  NOT NULL,
  last_seen  datetime2(3)  NOT NULL,
  position   bigint        NOT NULL
);
GO
-- What cookies and forms are protected with; every node reads what another protected.
CREATE TABLE data_protection_key (
  name       nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT data_protection_key_pk PRIMARY KEY,
  element    nvarchar(max) NOT NULL,
  created_at datetime2(3)  NOT NULL
);
