#include "app/audit_export.h"

#include "domain/text.h"
#include "storage/sqlite/sqlite_store.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <boost/json.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace provost {

namespace {

namespace json = boost::json;

constexpr std::string_view first_line = R"({"format":"provost-audit-export 1"})";
constexpr std::size_t longest_line = 16U << 10U;
constexpr std::size_t piece = 256U << 10U;

Error no_export(const std::string& where, std::string why) {
    return {"P-1114", "this is no export of an audit trail", where, std::move(why),
            "Name what 'provost audit export' wrote, whole and unchanged"};
}

void add(std::string& line, std::string_view name, std::int64_t number) {
    line.append(",\"").append(name).append("\":").append(std::to_string(number));
}

void add(std::string& line, std::string_view name, std::string_view text) {
    line.append(",\"").append(name).append("\":").append(json_text(text));
}

// A member that is not there reads as nothing; one of another kind makes the line unreadable.
bool read(const json::object& object, std::string_view name, std::int64_t& number) {
    const auto* const value = object.if_contains(name);
    if (value == nullptr || !value->is_int64()) return false;
    number = value->get_int64();
    return true;
}

bool read(const json::object& object, std::string_view name, std::string& text) {
    const auto* const value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return false;
    text = std::string(value->get_string());
    return true;
}

template <std::size_t size>
bool read_hex(const json::object& object, std::string_view name, std::array<std::uint8_t, size>& out) {
    std::string text;
    if (!read(object, name, text)) return false;
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != size) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

bool read_optional(const json::object& object, AuditEntry& entry) {
    std::string text;
    if (object.contains("device")) {
        if (!read(object, "device", text) || !(entry.device = MacAddress::parse_bare(text))) return false;
    }
    if (!object.contains("fingerprint")) return true;
    return read_hex(object, "fingerprint", entry.fingerprint.emplace());
}

bool read_entry(const json::object& object, AuditEntry& entry) {
    std::string at;
    if (!read(object, "seq", entry.seq) || !read(object, "step", entry.step) || !read(object, "at", at) ||
        !read(object, "uptime", entry.uptime) || !read(object, "tenant", entry.tenant) ||
        !read(object, "generation", entry.generation))
        return false;
    const auto time = from_rfc3339(at);
    if (!time) return false;
    entry.at = *time;
    return read(object, "kind", entry.kind) && read(object, "proof", entry.proof) &&
           read(object, "source", entry.source) && read(object, "outcome", entry.outcome) &&
           read(object, "actor", entry.actor) && read(object, "detail", entry.detail);
}

// A file of our own that is synced before it counts.
class Output {
 public:
    explicit Output(const std::filesystem::path& file)
        : file_(file), descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
        note(descriptor_ >= 0);
    }
    // One that was not finished goes: nobody takes half an export for a whole one.
    ~Output() {
        if (descriptor_ < 0) return;
        ::close(descriptor_);
        if (!finished_) ::unlink(file_.c_str());
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void add(std::string_view line) {
        text_.append(line).append("\n");
        if (text_.size() >= piece) flush();
    }
    // P-1115 with what was in the way first.
    [[nodiscard]] Status state() const {
        if (why_.empty()) return {};
        return fail({"P-1115", "the export can't be written", file_.string(), why_,
                     "Name a file that is not there yet, in a folder with space"});
    }
    Status finish() {
        flush();
        if (why_.empty()) note(::fsync(descriptor_) == 0);
        finished_ = why_.empty();
        return state();
    }

 private:
    void note(bool done) {
        if (!done && why_.empty()) why_ = std::strerror(errno);
    }
    void flush() {
        for (std::string_view left = text_; why_.empty() && !left.empty();) {
            const auto written = ::write(descriptor_, left.data(), left.size());
            note(written >= 0 || errno == EINTR);
            if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
        }
        text_.clear();
    }

    std::filesystem::path file_;
    int descriptor_;
    bool finished_ = false;
    std::string text_, why_;  // what waits; what went wrong first
};

std::string last_line(std::int64_t entries) {
    return "{\"entries\":" + std::to_string(entries) + "}";
}

}  // namespace

std::string to_export_line(const AuditRow& row) {
    const auto& entry = row.entry;
    std::string line = "{\"seq\":" + std::to_string(entry.seq);
    add(line, "step", entry.step);
    add(line, "at", to_rfc3339(entry.at));
    add(line, "uptime", entry.uptime);
    add(line, "kind", entry.kind);
    if (entry.device) add(line, "device", entry.device->lower());
    add(line, "tenant", entry.tenant);
    add(line, "generation", entry.generation);
    add(line, "proof", entry.proof);
    if (entry.fingerprint) add(line, "fingerprint", to_hex(*entry.fingerprint));
    add(line, "source", entry.source);
    add(line, "outcome", entry.outcome);
    add(line, "actor", entry.actor);
    add(line, "detail", entry.detail);
    add(line, "link", to_hex(row.link));
    add(line, "mac", to_hex(row.mac));
    return line += '}';
}

Result<AuditRow> from_export_line(std::string_view line) {
    boost::system::error_code failure;
    const auto value = json::parse(line, failure);
    AuditRow row;
    const auto* const object = failure ? nullptr : value.if_object();
    if (object != nullptr && read_entry(*object, row.entry) && read_optional(*object, row.entry) &&
        read_hex(*object, "link", row.link) && read_hex(*object, "mac", row.mac))
        return row;
    return fail(no_export("", "a line can't be read"));
}

Result<std::int64_t> export_audit(const std::filesystem::path& database, const std::filesystem::path& file) {
    Output out(file);
    PROVOST_CHECK(out.state());
    out.add(first_line);
    std::int64_t entries = 0;
    PROVOST_CHECK(read_audit(database, [&](const AuditRow& row) {
        out.add(to_export_line(row));
        ++entries;
    }));
    out.add(last_line(entries));
    PROVOST_CHECK(out.finish());
    return entries;
}

Status read_export(const std::filesystem::path& file, const std::function<void(const AuditRow&)>& take) {
    std::ifstream in(file, std::ios::binary);
    std::string line, next;
    if (!std::getline(in, line) || line != first_line)
        return fail(no_export(file.string(), "its first line"));
    std::int64_t number = 1, entries = 0;
    if (!std::getline(in, line)) return fail(no_export(file.string(), "it was cut off"));
    while (std::getline(in, next)) {
        ++number;
        if (line.size() > longest_line)
            return fail(no_export(file.string() + ":" + std::to_string(number), "too long"));
        const auto row = from_export_line(line);
        if (!row) return fail(no_export(file.string() + ":" + std::to_string(number), row.error().why));
        take(*row);
        ++entries;
        line.swap(next);
    }
    if (line != last_line(entries))
        return fail(no_export(file.string(), "its end is missing: it was cut off"));
    return {};
}

}  // namespace provost
