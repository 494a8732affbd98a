-- The tables of a cluster that keeps its channels in PostgreSQL, for operators who do not let the nodes make them
-- (storage.createTables = false). The nodes' user needs SELECT, INSERT, UPDATE and DELETE on all tables.

CREATE TABLE IF NOT EXISTS journal
(
    ordering        bigint       NOT NULL GENERATED ALWAYS AS IDENTITY,
    created         bigint       NOT NULL,
    deleted         boolean      NOT NULL,
    persistence_id  text         NOT NULL,
    sequence_number bigint       NOT NULL,
    message         bytea        NOT NULL,
    tags            text             NULL,
    manifest        text             NULL,
    identifier      integer          NULL,
    writer_uuid     text             NULL,
    CONSTRAINT "PK_journal" PRIMARY KEY (ordering),
    -- Money depends on this one: no two writers can store the same event of a channel.
    CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)
);

CREATE INDEX IF NOT EXISTS journal_created_idx ON journal (created);
CREATE INDEX IF NOT EXISTS journal_sequence_number_idx ON journal (sequence_number);

CREATE TABLE IF NOT EXISTS snapshot
(
    persistence_id  text         NOT NULL,
    sequence_number bigint       NOT NULL,
    created         bigint       NOT NULL,
    snapshot        bytea            NULL,
    manifest        text             NULL,
    serializer_id   integer          NULL,
    CONSTRAINT "PK_snapshot" PRIMARY KEY (persistence_id, sequence_number)
);

CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);

-- Which cluster keeps the channels, and where its nodes are: no two clusters are ever formed over one database.
CREATE TABLE IF NOT EXISTS cluster_formation
(
    singleton  boolean     NOT NULL DEFAULT true CHECK (singleton),
    cluster    uuid        NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT "PK_cluster_formation" PRIMARY KEY (singleton)
);

CREATE TABLE IF NOT EXISTS cluster_member
(
    address text        NOT NULL,
    cluster uuid        NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT "PK_cluster_member" PRIMARY KEY (address)
);
