// The step of the schema by which imports can be undone (migrations.cc).
#pragma once

namespace provost::sqlite {

// Imports that were written, images of the rows that they wrote, and what an undo has to tell of rows. An
// image has what an import can change of a device, and no secret; `site` and what follows it are NULL where
// the import added the device. The note on running imports, which the records take the place of, began with
// "last NUMBER".
inline constexpr const char* imports_are_undone = R"sql(
CREATE TABLE imports (
    number INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    owner INTEGER,
    made INTEGER NOT NULL,
    stage TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    ended INTEGER,
    until INTEGER,
    due INTEGER,
    undo TEXT NOT NULL,
    undo_actor TEXT NOT NULL,
    undo_reason TEXT NOT NULL,
    undo_bound INTEGER,
    undo_began INTEGER,
    undo_ended INTEGER,
    removed INTEGER NOT NULL,
    restored INTEGER NOT NULL,
    left_over INTEGER NOT NULL,
    to_arm INTEGER NOT NULL,
    trouble TEXT NOT NULL
) STRICT;
CREATE INDEX imports_due ON imports (due) WHERE due IS NOT NULL;

CREATE TABLE import_images (
    import INTEGER NOT NULL,
    mac INTEGER NOT NULL,
    row INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    version INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    gone INTEGER NOT NULL,
    last_delivery INTEGER NOT NULL,
    site TEXT,
    vendor TEXT,
    model TEXT,
    secret_mode TEXT,
    access TEXT,
    settings TEXT,
    state_before TEXT,
    version_before INTEGER,
    secrets_gone INTEGER,
    PRIMARY KEY (import, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_images_mac ON import_images (mac);

CREATE TABLE import_undone (
    import INTEGER NOT NULL,
    row INTEGER NOT NULL,
    mac INTEGER NOT NULL,
    step TEXT NOT NULL,
    why TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import, row)
) STRICT, WITHOUT ROWID;

INSERT INTO notes SELECT 'imports.last', substr(value, 6, instr(value, char(10)) - 6) FROM notes
    WHERE name = 'imports.running' AND value LIKE 'last %';
DELETE FROM notes WHERE name = 'imports.running';
)sql";

}  // namespace provost::sqlite
