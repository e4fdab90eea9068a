#include "vault/audit_start_file.h"

#include "base/secret.h"
#include "vault/private_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = 4096;
constexpr const char* about_start =
    "# What verifies Provost's audit trail (docs/how-to/read-the-audit-trail.md). Take this file off the "
    "host:\n"
    "# who has it and the database can rewrite the trail.\n";
constexpr const char* about_public =
    "# What verifies the signed heads of Provost's audit trail. Nothing in it is secret.\n";

Error unreadable(const fs::path& file, std::string why) {
    return {"P-5024", "this is not a start file of an audit trail", file.string(), std::move(why),
            "Name audit.start or audit.pub, as 'server init' or 'audit rekey' made it"};
}

Result<std::map<std::string, std::string>> read_lines(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(unreadable(file, std::strerror(errno)));
    std::map<std::string, std::string> values;
    std::size_t size = 0;
    for (std::string line; std::getline(in, line);) {
        size += line.size();
        if (size > longest_file) return fail(unreadable(file, "it is too long"));
        if (line.empty() || line.starts_with('#')) continue;
        const auto blank = line.find(' ');
        if (blank == line.npos) return fail(unreadable(file, "a line has no value"));
        values[line.substr(0, blank)] = line.substr(blank + 1);
        wipe(line.data(), line.size());
    }
    return values;
}

}  // namespace

Status write_audit_start(const fs::path& file, const AuditStart& start) {
    std::string text = start.start ? about_start : about_public;
    text.reserve(longest_file);  // so that no copy of it stays behind
    text += "format 1\nid " + to_hex(start.id) + "\npublic_key " + to_hex(start.public_key) + "\n";
    if (start.start) {
        auto hex = to_hex(start.start->view());
        text.append("start_key ").append(hex).append("\n");
        wipe(hex.data(), hex.size());
    }
    const auto trouble = write_private_file(file, as_bytes(text));
    wipe(text.data(), text.size());
    if (!trouble) return {};
    return fail({"P-5020", "the audit trail's keys can't be made", file.string(), *trouble,
                 "Move what is there away, and see that the disk has space"});
}

Result<AuditStart> read_audit_start(const fs::path& file) {
    PROVOST_TRY(auto values, read_lines(file));
    const auto id = sha256_from_hex(values["id"]);
    const auto public_key = sha256_from_hex(values["public_key"]);
    if (values["format"] != "1" || !id || !public_key)
        return fail(unreadable(file, "parts of it are missing"));
    AuditStart start{*id, *public_key, std::nullopt};
    auto& hex = values["start_key"];
    if (hex.empty()) return start;
    auto key = sha256_from_hex(hex);
    wipe(hex.data(), hex.size());
    if (!key) return fail(unreadable(file, "its start key is damaged"));
    start.start = ChainKey(*key);
    wipe(key->data(), key->size());
    if (audit_key_id(start.start->view(), start.public_key) == start.id) return start;
    return fail(unreadable(file, "its parts do not belong together"));
}

}  // namespace provost
