#include "storage/sqlite/import_rows.h"

#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

constexpr const char* record_columns =
    "number, actor, owner, made, stage, done, total, added, changed, ended, until, due, undo, undo_actor,"
    " undo_reason, undo_bound, undo_began, undo_ended, removed, restored, left_over, to_arm, trouble";

// record_columns
void bind_record(Query& query, const ImportRecord& r) {
    query.bind(r.number, r.actor, r.owner, r.made, to_text(r.stage), r.done, r.total, r.added, r.changed);
    const auto& undo = r.undo;
    query.bind(r.ended, r.until, r.due, to_text(undo.state), undo.actor, undo.reason, undo.bound, undo.began,
               undo.ended, undo.removed, undo.restored, undo.left, undo.to_arm, undo.trouble);
}

Result<ImportRecord> read_record(Query& row) {
    ImportRecord r;
    auto& undo = r.undo;
    std::string stage, state;
    PROVOST_CHECK(row.read(r.number, r.actor, r.owner, r.made, stage, r.done, r.total, r.added, r.changed,
                           r.ended, r.until, r.due, state, undo.actor, undo.reason, undo.bound, undo.began,
                           undo.ended, undo.removed, undo.restored, undo.left, undo.to_arm, undo.trouble));
    PROVOST_CHECK(take(r.stage, parse_import_stage(stage), "an import's stage"));
    PROVOST_CHECK(take(undo.state, parse_undo_state(state), "an undo's state"));
    return r;
}

struct BeforeColumns {
    BeforeColumns() = default;
    explicit BeforeColumns(const std::optional<DeviceBefore>& before) {
        if (!before) return;
        site = before->site, vendor = before->vendor, model = before->model;
        mode = to_text(before->secret_mode), access = to_text(before->access);
        settings = format_layer(before->settings, before->raw);
        state = to_text(before->state), version = before->version;
        secrets_gone = before->secrets_gone ? 1 : 0;
    }
    [[nodiscard]] Result<std::optional<DeviceBefore>> whole() const {
        if (!site) return std::nullopt;
        DeviceBefore before;
        before.site = *site, before.vendor = vendor.value_or(""), before.model = model.value_or("");
        before.version = version.value_or(0), before.secrets_gone = secrets_gone.value_or(1) != 0;
        PROVOST_CHECK(take(before.secret_mode, parse_secret_mode(mode.value_or("")), "an image's mode"));
        PROVOST_CHECK(take(before.access, parse_access(access.value_or("")), "an image's access"));
        PROVOST_CHECK(take(before.state, parse_device_state(state.value_or("")), "an image's state"));
        PROVOST_CHECK(read_layer(before.settings, before.raw, settings.value_or("")));
        return before;
    }

    std::optional<std::string> site, vendor, model, mode, access, settings, state;
    std::optional<std::int64_t> version;
    std::optional<int> secrets_gone;
};

struct NowColumns {
    [[nodiscard]] Result<std::optional<ImportTrace::Now>> whole() const {
        if (!tenant) return std::nullopt;
        ImportTrace::Now now{*tenant, version.value_or(0), generation.value_or(0), DeviceState::registered};
        PROVOST_CHECK(take(now.state, parse_device_state(state.value_or("")), "a device's state"));
        return now;
    }

    std::optional<std::int64_t> tenant, version, generation;
    std::optional<std::string> state;
};

constexpr const char* traces =
    "SELECT i.mac, i.row, i.tenant, i.version, i.generation, i.state, i.gone, i.site, i.vendor, i.model,"
    " i.secret_mode, i.access, i.settings, i.state_before, i.version_before, i.secrets_gone,"
    " d.tenant, d.version, d.generation, d.state,"
    " EXISTS (SELECT 1 FROM deliveries WHERE device = i.mac AND id > i.last_delivery),"
    " EXISTS (SELECT 1 FROM diagnostic_windows WHERE device = i.mac)"
    " OR EXISTS (SELECT 1 FROM exceptions WHERE device = i.mac)"
    " FROM import_images AS i LEFT JOIN devices AS d ON d.mac = i.mac"
    " WHERE i.import = ?1 AND i.mac > ?2 ORDER BY i.mac LIMIT ?3";

Result<ImportTrace> read_trace(Query& row) {
    ImportTrace trace;
    auto& image = trace.image;
    std::string state;
    int gone = 0, delivered = 0, attached = 0;
    BeforeColumns before;
    NowColumns now;
    PROVOST_CHECK(row.read(image.mac, image.row, image.tenant, image.version, image.generation, state, gone,
                           before.site, before.vendor, before.model, before.mode, before.access,
                           before.settings, before.state, before.version, before.secrets_gone, now.tenant,
                           now.version, now.generation, now.state, delivered, attached));
    PROVOST_CHECK(take(image.state, parse_device_state(state), "an image's state"));
    image.gone = gone != 0, trace.delivered = delivered != 0, trace.attached = attached != 0;
    PROVOST_TRY(image.before, before.whole());
    PROVOST_TRY(trace.now, now.whole());
    return trace;
}

Result<UndoneRow> read_undone(Query& row) {
    UndoneRow one;
    std::string step, why;
    PROVOST_CHECK(row.read(one.row, one.mac, step, why, one.detail));
    PROVOST_CHECK(take(one.step, parse_undo_step(step), "an undo's step"));
    PROVOST_CHECK(take(one.why, parse_undo_reason(why), "an undo's reason"));
    return one;
}

Error no_import() {
    return {"P-6005", "there is no such import", "", "", "See the list of what is there"};
}

}  // namespace

Result<std::optional<ImportRecord>> find_import(Database& database, std::int64_t number) {
    static const std::string sql = select(record_columns, "imports WHERE number = ?1");
    return read_one(database.query(sql, number), read_record);
}

Result<std::vector<ImportRecord>> list_imports(Database& database, std::size_t limit) {
    static const std::string sql = select(record_columns, "imports ORDER BY number DESC LIMIT ?1");
    return read_all(database.query(sql, limit), read_record);
}

Result<std::vector<ImportRecord>> list_imports_due(Database& database, Timestamp now, std::size_t limit) {
    static const std::string sql = select(record_columns, "imports WHERE due <= ?1 ORDER BY due LIMIT ?2");
    return read_all(database.query(sql, now, limit), read_record);
}

Result<std::vector<ImportTrace>> list_traces(Database& database, std::int64_t number, MacAddress after,
                                             std::size_t limit) {
    return read_all(database.query(traces, number, after, limit), read_trace);
}

Result<std::vector<UndoneRow>> list_undone(Database& database, std::int64_t number, std::size_t after,
                                           std::size_t limit) {
    return read_all(database.query("SELECT row, mac, step, why, detail FROM import_undone"
                                   " WHERE import = ?1 AND row > ?2 ORDER BY row LIMIT ?3",
                                   number, after, limit),
                    read_undone);
}

Status mark_images_gone(Database& database, MacAddress mac) {
    return database.run("UPDATE import_images SET gone = 1 WHERE mac = ?1", mac);
}

Status ImportChanges::insert(const ImportRecord& record) {
    static const std::string sql =
        std::string("INSERT INTO imports (") + record_columns +
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
        " ?20, ?21, ?22, ?23)";
    auto query = database_.query(sql);
    bind_record(query, record);
    return query.run();
}

Result<std::optional<ImportRecord>> ImportChanges::find(std::int64_t number) {
    return find_import(database_, number);
}

Status ImportChanges::update(const ImportRecord& record) {
    auto query = database_.query(
        "UPDATE imports SET actor = ?2, owner = ?3, made = ?4, stage = ?5, done = ?6, total = ?7, added = ?8,"
        " changed = ?9, ended = ?10, until = ?11, due = ?12, undo = ?13, undo_actor = ?14, undo_reason = ?15,"
        " undo_bound = ?16, undo_began = ?17, undo_ended = ?18, removed = ?19, restored = ?20,"
        " left_over = ?21, to_arm = ?22, trouble = ?23 WHERE number = ?1");
    bind_record(query, record);
    PROVOST_CHECK(query.run());
    if (database_.changes() == 0) return fail(no_import());
    return {};
}

Status ImportChanges::remove(std::int64_t number) {
    return database_.run("DELETE FROM imports WHERE number = ?1", number);
}

Status ImportChanges::keep(std::int64_t number, const ImportImage& image) {
    auto query = database_.query(
        "INSERT INTO import_images (import, mac, row, tenant, version, generation, state, gone, site, vendor,"
        " model, secret_mode, access, settings, state_before, version_before, secrets_gone, last_delivery)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
        " (SELECT COALESCE(MAX(id), 0) FROM deliveries))",
        number, image.mac, image.row, image.tenant, image.version, image.generation, to_text(image.state),
        image.gone ? 1 : 0);
    const BeforeColumns before(image.before);
    query.bind(before.site, before.vendor, before.model, before.mode, before.access, before.settings,
               before.state, before.version, before.secrets_gone);
    return query.run();
}

Result<std::vector<ImportTrace>> ImportChanges::next(std::int64_t number, std::size_t limit) {
    return read_all(database_.query(traces, number, -1, limit), read_trace);
}

Status ImportChanges::settle(std::int64_t number, MacAddress mac, const std::optional<UndoneRow>& told) {
    PROVOST_CHECK(database_.run("DELETE FROM import_images WHERE import = ?1 AND mac = ?2", number, mac));
    if (!told) return {};
    return database_.run(
        "INSERT INTO import_undone (import, row, mac, step, why, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT DO UPDATE SET mac = ?3, step = ?4, why = ?5, detail = ?6",
        number, told->row, told->mac, to_text(told->step), to_text(told->why), told->detail);
}

Status ImportChanges::rebase(MacAddress mac, std::int64_t was, std::int64_t version) {
    return database_.run("UPDATE import_images SET version = ?3 WHERE mac = ?1 AND version = ?2", mac, was,
                         version);
}

Result<std::size_t> ImportChanges::drop_images(std::int64_t number, std::size_t limit) {
    PROVOST_CHECK(
        database_.run("DELETE FROM import_images WHERE import = ?1 AND mac IN"
                      " (SELECT mac FROM import_images WHERE import = ?1 LIMIT ?2)",
                      number, limit));
    return static_cast<std::size_t>(database_.changes());
}

Result<std::size_t> ImportChanges::drop_undone(std::int64_t number, std::size_t limit) {
    PROVOST_CHECK(
        database_.run("DELETE FROM import_undone WHERE import = ?1 AND row IN"
                      " (SELECT row FROM import_undone WHERE import = ?1 LIMIT ?2)",
                      number, limit));
    return static_cast<std::size_t>(database_.changes());
}

}  // namespace provost::sqlite
