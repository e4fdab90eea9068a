// The step of the schema by which people leave notes and mutes with devices (migrations.cc).
#pragma once

namespace provost::sqlite {

// A note or a mute is there where its time is.
inline constexpr const char* devices_are_cared_for = R"sql(
CREATE TABLE device_care (
    device INTEGER PRIMARY KEY REFERENCES devices (mac) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    note TEXT NOT NULL,
    note_by TEXT NOT NULL,
    note_at INTEGER,
    mute_reason TEXT NOT NULL,
    mute_by TEXT NOT NULL,
    mute_at INTEGER,
    mute_until INTEGER,
    mute_state TEXT NOT NULL,
    mute_generation INTEGER NOT NULL
) STRICT;
CREATE INDEX device_care_muted ON device_care (device) WHERE mute_at IS NOT NULL;
-- What one customer's people wrote is not for the next one's.
CREATE TRIGGER device_care_stays_behind AFTER UPDATE OF tenant ON devices WHEN NEW.tenant <> OLD.tenant BEGIN
    DELETE FROM device_care WHERE device = NEW.mac;
END;
)sql";

}  // namespace provost::sqlite
