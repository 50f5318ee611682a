-- What a store keeps. Times are microseconds since 1970 in UTC. `docs/state.md` explains it.

CREATE TABLE note (               -- single facts: the rules that judged, the packing dictionary
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
    seq INTEGER PRIMARY KEY,      -- the order of runs: clocks may jump back
    id TEXT NOT NULL UNIQUE,
    started INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    beginning TEXT NOT NULL,      -- JSON
    alive INTEGER NOT NULL,       -- when it last kept something
    ended INTEGER,
    manifest BLOB,                -- JSON, exactly as hashed
    published INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,    -- relative to the collection's root
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,    -- -1: so fresh when read that it may have changed since
    extraction TEXT NOT NULL,     -- the rules by which its links were found
    title TEXT,
    published TEXT
);
CREATE INDEX article_content ON article (sha256);

CREATE TABLE archive (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE subject (            -- one resource of an archive
    id INTEGER PRIMARY KEY,
    archive INTEGER NOT NULL REFERENCES archive,
    key TEXT NOT NULL,
    original TEXT NOT NULL        -- as the first link spells it
);
CREATE UNIQUE INDEX subject_key ON subject (archive, key);

CREATE TABLE want (               -- what links want of it, and how that stands
    id INTEGER PRIMARY KEY,
    subject INTEGER NOT NULL REFERENCES subject,
    timestamp TEXT NOT NULL,      -- '' where any good capture will do
    role TEXT NOT NULL,
    time TEXT NOT NULL,           -- '' where it has none
    published TEXT NOT NULL,      -- ''
    known INTEGER REFERENCES episode,   -- the last one that told something
    untold INTEGER REFERENCES episode,  -- where it was asked since, without an answer
    checked INTEGER,              -- when it was last asked
    checked_run INTEGER,
    due INTEGER NOT NULL DEFAULT 0,
    rank INTEGER NOT NULL DEFAULT 0,    -- 0 nothing known, 1 failing, 2 good
    strikes INTEGER NOT NULL DEFAULT 0,
    regressed INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER,
    last_good INTEGER,
    flaps INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX want_wanted ON want (subject, timestamp, role, time, published);

CREATE TABLE host (               -- of the live web: scheme, name and unusual port
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    known INTEGER REFERENCES episode,
    untold INTEGER REFERENCES episode,
    checked INTEGER,
    checked_run INTEGER,
    due INTEGER NOT NULL DEFAULT 0,     -- of its originals too, where it was judged for them
    rank INTEGER NOT NULL DEFAULT 0,
    strikes INTEGER NOT NULL DEFAULT 0,
    regressed INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER,
    last_good INTEGER,
    flaps INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE live (               -- one original of the live web
    id INTEGER PRIMARY KEY,
    original TEXT NOT NULL UNIQUE,
    host INTEGER NOT NULL REFERENCES host,
    known INTEGER REFERENCES episode,
    untold INTEGER REFERENCES episode,
    checked INTEGER,
    checked_run INTEGER,
    due INTEGER NOT NULL DEFAULT 0,
    rank INTEGER NOT NULL DEFAULT 0,
    strikes INTEGER NOT NULL DEFAULT 0,
    regressed INTEGER NOT NULL DEFAULT 0,
    first_seen INTEGER,
    last_good INTEGER,
    flaps INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX live_host ON live (host);

CREATE TABLE link (
    article INTEGER NOT NULL REFERENCES article,
    number INTEGER NOT NULL,      -- in the order in which they stand
    line INTEGER NOT NULL,
    column INTEGER NOT NULL,
    role TEXT NOT NULL,
    raw TEXT NOT NULL,
    original,                     -- a number: raw from there on; else the text itself
    archive TEXT,
    timestamp TEXT,
    modifier TEXT,
    kind TEXT NOT NULL,
    reason TEXT,
    time TEXT,
    repairs TEXT,                 -- separated by blanks
    want INTEGER REFERENCES want,
    live INTEGER REFERENCES live,
    PRIMARY KEY (article, number)
) WITHOUT ROWID;
CREATE INDEX link_want ON link (want);
CREATE INDEX link_live ON link (live);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,    -- of the JSON, without times and records
    body BLOB NOT NULL            -- the JSON, deflated with the dictionary in `note`
);

CREATE TABLE episode (            -- one answer, from when to when it was the same
    id INTEGER PRIMARY KEY,
    side TEXT NOT NULL,           -- 'archive', 'live', 'host'
    subject INTEGER NOT NULL,     -- want, live or host
    first_run INTEGER NOT NULL REFERENCES run,
    last_run INTEGER NOT NULL REFERENCES run,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    count INTEGER NOT NULL,
    verdict TEXT NOT NULL,        -- '' of a host whose addresses differ
    sameness BLOB NOT NULL,       -- equal for answers that count as the same
    finding TEXT NOT NULL,        -- JSON, only what is not the default
    evidence INTEGER NOT NULL REFERENCES evidence,
    trace TEXT,                   -- JSON: the last time's records and times, and what else varies
    marks TEXT                    -- JSON: seconds after the first, at least a day apart, at which a
                                  -- bad answer was seen again: its strikes
);
CREATE INDEX episode_subject ON episode (subject, side);

CREATE TABLE undo (               -- how episodes stood before the run that goes on
    episode INTEGER PRIMARY KEY,
    body TEXT NOT NULL            -- JSON
);

CREATE TABLE capture (            -- what was replayed, and our own hash of its raw bytes
    archive INTEGER NOT NULL REFERENCES archive,
    key TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    source TEXT NOT NULL,         -- ''
    sha256 TEXT NOT NULL,         -- '' where the bytes were not seen whole
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (archive, key, timestamp, source, sha256)
) WITHOUT ROWID;

CREATE TABLE headway (
    archive TEXT NOT NULL,
    host TEXT NOT NULL,
    body TEXT NOT NULL,           -- JSON
    PRIMARY KEY (archive, host)
) WITHOUT ROWID;

CREATE TABLE pause (
    site TEXT PRIMARY KEY,
    body TEXT NOT NULL            -- JSON
) WITHOUT ROWID;

CREATE TABLE heard (              -- answers of visits to hosts that no run has ended yet
    host TEXT NOT NULL,           -- with its scheme and port
    question TEXT NOT NULL,       -- what was asked, how, and for which time
    seed TEXT NOT NULL,           -- of the visit
    at INTEGER NOT NULL,
    url TEXT NOT NULL,            -- '' where a page led on to what was asked
    body BLOB NOT NULL,           -- as the lane has packed it
    PRIMARY KEY (host, question)
);
