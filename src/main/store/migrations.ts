/**
 * The schema as a sequence of steps; step i brings a database from `user_version` i to i + 1. Steps that shipped are
 * never edited: a change is a new step.
 *
 * `pages.search` is the lower-case path, `pages.sort_name` the same with numbers padded, so that ECG2 comes before
 * ECG10. `pages.revision` counts changes that make a running digitization worthless. `digitizations.runs` counts how
 * often a result was committed for the page. `documents` holds what people corrected, `journal` how it came about, `bases` the
 * digitizations that corrections were made on before the page was digitized again. `pages.edits` counts the journal's entries that
 * changed documents, `pages.summarized` those that its columns for the queue take into account. `pages.leads` says what was decided
 * on single leads. `models.file` lies in the project's folder `models`. `readings` are the pages as single readers correct
 * them, for themselves, unless they gave the page back; `journal.reading_id` is null for entries of the page itself. `pages.agreement` tells how near its two
 * readings came, decibels.
 * on single leads. `models.file` lies in the project's folder `models`. `training_sets.hash` names a folder in the project's folder
 * `training`; `training_pages` outlive their pages, so that what was locked once stays so. Models are named by their digests in
 * `training_runs`, `proofs` and `promotions`, which outlive them, too; `promotions.before` and `after` may be 'none'.
 * `journal.merged_into` is null for an entry with its own changes; else it names the entry that holds the changes of all that were
 * merged into it, and `touched` the parts of the page that this one changed, JSON. `merged_through` is the last such entry of a
 * page or reading, 0 for none: only what is newer can be undone.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    watching INTEGER NOT NULL DEFAULT 1,
    problem TEXT
  ) STRICT;

  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    relative_path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    hash TEXT,
    missing INTEGER NOT NULL DEFAULT 0,
    UNIQUE (folder_id, relative_path)
  ) STRICT;
  CREATE INDEX files_by_hash ON files (hash) WHERE hash IS NOT NULL;
  CREATE INDEX files_uninspected ON files (id) WHERE hash IS NULL AND missing = 0;
  CREATE INDEX files_missing ON files (size) WHERE missing = 1;

  CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    file_id INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    page_index INTEGER NOT NULL,
    search TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'queued', 'running', 'ok', 'partial', 'failed')),
    priority INTEGER NOT NULL DEFAULT 0,
    interruptions INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    overrides TEXT NOT NULL DEFAULT '{}',
    confidence REAL,
    layout TEXT,
    leads_found INTEGER,
    findings INTEGER NOT NULL DEFAULT 0,
    message TEXT,
    width INTEGER,
    height INTEGER,
    added_at REAL NOT NULL,
    digitized_at REAL,
    UNIQUE (file_id, page_index)
  ) STRICT;
  CREATE INDEX pages_by_name ON pages (sort_name, id);
  CREATE INDEX pages_by_status ON pages (status, sort_name, id);
  CREATE INDEX pages_by_folder ON pages (folder_id, sort_name, id);
  CREATE INDEX pages_by_added ON pages (added_at, sort_name, id);
  CREATE INDEX pages_by_confidence ON pages (confidence, sort_name, id);
  CREATE INDEX pages_by_digitized ON pages (digitized_at, sort_name, id);
  CREATE INDEX pages_queued ON pages (priority DESC, id) WHERE status = 'queued';

  CREATE TABLE digitizations (
    page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE,
    status TEXT NOT NULL,
    runs INTEGER NOT NULL,
    versions TEXT NOT NULL,
    milliseconds TEXT NOT NULL,
    packed BLOB NOT NULL
  ) STRICT;

  CREATE TABLE thumbnails (
    page_id INTEGER PRIMARY KEY REFERENCES pages ON DELETE CASCADE,
    content_type TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    card TEXT,
    source TEXT NOT NULL,
    added_at REAL NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE documents (
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    key TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (page_id, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'restore', 'base', 'review')),
    target INTEGER REFERENCES journal,
    tool TEXT NOT NULL,
    label TEXT NOT NULL,
    who TEXT NOT NULL,
    at REAL NOT NULL,
    milliseconds INTEGER NOT NULL,
    model TEXT,
    changes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_page ON journal (page_id, id);

  CREATE TABLE bases (
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    run INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (page_id, run)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE pages ADD COLUMN review TEXT NOT NULL DEFAULT 'open'
    CHECK (review IN ('open', 'in-work', 'accepted', 'rejected', 'second-look'));
  ALTER TABLE pages ADD COLUMN reason TEXT NOT NULL DEFAULT '';
  ALTER TABLE pages ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE pages ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE pages ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN milliseconds_spent INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN attention REAL;
  ALTER TABLE pages ADD COLUMN attention_words TEXT;
  CREATE INDEX pages_by_review ON pages (review, sort_name, id);
  CREATE INDEX pages_by_attention ON pages (attention, sort_name, id);
  `,
  `
  ALTER TABLE pages ADD COLUMN summarized INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE pages ADD COLUMN grid TEXT;
  ALTER TABLE pages ADD COLUMN leads TEXT NOT NULL DEFAULT '{}';
  CREATE INDEX pages_stale ON pages (id) WHERE summarized <> edits;
  CREATE INDEX pages_by_kind ON pages (layout, grid);
  `,
  `
  CREATE TABLE readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL REFERENCES pages ON DELETE CASCADE,
    reader TEXT NOT NULL,
    review TEXT NOT NULL DEFAULT 'open'
      CHECK (review IN ('open', 'in-work', 'accepted', 'rejected', 'second-look')),
    reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    leads TEXT NOT NULL DEFAULT '{}',
    edits INTEGER NOT NULL DEFAULT 0,
    milliseconds_spent INTEGER NOT NULL DEFAULT 0,
    given_back INTEGER NOT NULL DEFAULT 0,
    UNIQUE (page_id, reader)
  ) STRICT;

  CREATE TABLE reading_documents (
    reading_id INTEGER NOT NULL REFERENCES readings ON DELETE CASCADE,
    key TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (reading_id, key)
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE journal ADD COLUMN reading_id INTEGER REFERENCES readings ON DELETE CASCADE;
  CREATE INDEX journal_by_reading ON journal (reading_id, id) WHERE reading_id IS NOT NULL;
  ALTER TABLE pages ADD COLUMN agreement REAL;
  `,
  `
  CREATE TABLE training_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,
    summary TEXT NOT NULL,
    created_at REAL NOT NULL
  ) STRICT;

  CREATE TABLE training_pages (
    set_id INTEGER NOT NULL REFERENCES training_sets ON DELETE CASCADE,
    page_id INTEGER NOT NULL,
    content TEXT NOT NULL,
    patient TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('train', 'validation', 'locked')),
    PRIMARY KEY (set_id, page_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE training_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    set_hash TEXT NOT NULL,
    parent TEXT NOT NULL,
    config TEXT NOT NULL,
    folder TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'failed', 'cancelled')),
    candidate TEXT,
    message TEXT,
    created_at REAL NOT NULL
  ) STRICT;

  CREATE TABLE proofs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    candidate TEXT NOT NULL,
    current TEXT NOT NULL,
    report TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  CREATE INDEX proofs_by_candidate ON proofs (candidate, id);

  CREATE TABLE promotions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('promotion', 'roll-back')),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    proof_id INTEGER REFERENCES proofs,
    reason TEXT,
    who TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE pages ADD COLUMN lead_reasons TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE readings ADD COLUMN lead_reasons TEXT NOT NULL DEFAULT '{}';
  `,
  `
  ALTER TABLE digitizations ADD COLUMN overrides TEXT;
  ALTER TABLE bases ADD COLUMN overrides TEXT;
  `,
  `
  ALTER TABLE journal ADD COLUMN merged_into INTEGER;
  ALTER TABLE journal ADD COLUMN touched TEXT;
  ALTER TABLE pages ADD COLUMN merged_through INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE readings ADD COLUMN merged_through INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE bases ADD COLUMN versions TEXT;
  `,
];
