CREATE TABLE heard (              -- answers of visits to hosts that no run has ended yet
    host TEXT NOT NULL,           -- with its scheme and port
    question TEXT NOT NULL,       -- what was asked, how, and for which time
    seed TEXT NOT NULL,           -- of the visit
    at INTEGER NOT NULL,
    url TEXT NOT NULL,            -- '' where a page led on to what was asked
    body BLOB NOT NULL,           -- as the lane has packed it
    PRIMARY KEY (host, question)
);
