#include "domain/audit_entry.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t longest_text = 96;
constexpr std::size_t longest_detail = 512;
constexpr std::uint8_t format = 1;

void put(Bytes& out, std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<std::uint8_t>(bits >> shift));
}

void put(Bytes& out, std::string_view text) {
    put(out, static_cast<std::int64_t>(text.size()));
    const auto bytes = as_bytes(text);
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void make_printable(std::string& text, std::size_t limit) {
    const auto plain = [](char c) { return c >= ' ' && c < '\x7f' && c != '\\'; };
    if (text.size() > limit || !std::all_of(text.begin(), text.end(), plain)) text = printable(text, limit);
}

}  // namespace

void escape(AuditEntry& entry) {
    for (auto* const text : {&entry.kind, &entry.proof, &entry.source, &entry.outcome, &entry.actor})
        make_printable(*text, longest_text);
    make_printable(entry.detail, longest_detail);
}

void canonical_bytes(const AuditEntry& entry, Bytes& out) {
    out.clear();
    out.push_back(format);
    put(out, entry.seq);
    put(out, entry.step);
    put(out, to_millis(entry.at));
    put(out, entry.uptime);
    put(out, entry.kind);
    out.push_back(entry.device ? 1 : 0);
    if (entry.device) put(out, static_cast<std::int64_t>(entry.device->value()));
    put(out, entry.tenant);
    put(out, entry.generation);
    put(out, entry.proof);
    out.push_back(entry.fingerprint ? 1 : 0);
    if (entry.fingerprint) out.insert(out.end(), entry.fingerprint->begin(), entry.fingerprint->end());
    for (const auto* const text : {&entry.source, &entry.outcome, &entry.actor, &entry.detail})
        put(out, *text);
}

}  // namespace provost
