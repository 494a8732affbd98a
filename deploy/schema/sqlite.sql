-- The tables of a node that keeps its channels in SQLite, for operators who do not let the node make them (storage.createTables = false).
-- Run it on both files of the storage folder; each uses one of the two tables:
--   sqlite3 journal.db < sqlite.sql && sqlite3 snapshots.db < sqlite.sql

CREATE TABLE IF NOT EXISTS journal
(
    ordering        INTEGER       NOT NULL PRIMARY KEY AUTOINCREMENT,
    created         INTEGER       NOT NULL,
    deleted         Bit           NOT NULL,
    persistence_id  NVarChar(255) NOT NULL,
    sequence_number INTEGER       NOT NULL,
    message         VarBinary     NOT NULL,
    tags            NVarChar(100)     NULL,
    manifest        NVarChar(500)     NULL,
    identifier      INTEGER           NULL,
    writer_uuid     NVarChar(128)     NULL
);

-- Money depends on this one: no two writers can store the same event of a channel.
CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number);
CREATE INDEX IF NOT EXISTS journal_created_idx ON journal (created);
CREATE INDEX IF NOT EXISTS journal_sequence_number_idx ON journal (sequence_number);

CREATE TABLE IF NOT EXISTS snapshot
(
    persistence_id  NVarChar(255) NOT NULL,
    sequence_number INTEGER       NOT NULL,
    created         INTEGER       NOT NULL,
    snapshot        VarBinary         NULL,
    manifest        NVarChar(500)     NULL,
    serializer_id   INTEGER           NULL,
    CONSTRAINT PK_snapshot PRIMARY KEY (persistence_id, sequence_number)
);

CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
