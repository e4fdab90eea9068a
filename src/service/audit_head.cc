#include "service/audit_head.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

constexpr std::string_view magic = "provost-audit-head 1";

std::string signed_text(const AuditHead& head) {
    return std::string(magic) + " key=" + to_hex(head.key_id) + " seq=" + std::to_string(head.tail.seq) +
           " at=" + to_rfc3339(head.at) + " link=" + to_hex(head.tail.link);
}

// Takes " name=value" off the front; empty where something else stands there.
std::string_view take(std::string_view& line, std::string_view name) {
    if (!line.starts_with(' ') || !line.substr(1).starts_with(name)) return {};
    line.remove_prefix(1 + name.size());
    const auto value = line.substr(0, line.find(' '));
    line.remove_prefix(value.size());
    return value;
}

}  // namespace

Result<AuditHead> sign_head(const AuditKeys& keys, const AuditTail& tail, Timestamp now) {
    AuditHead head{keys.id(), tail, now, {}};
    PROVOST_TRY(head.signature, keys.sign(signed_text(head)));
    return head;
}

bool is_signed_by(const PublicKey& key, const AuditHead& head) {
    return is_signed_by(key, signed_text(head), head.signature);
}

std::string to_line(const AuditHead& head) {
    return signed_text(head) + " signature=" + to_hex(head.signature);
}

std::optional<AuditHead> parse_head(std::string_view line) {
    const auto begin = line.find(magic);
    if (begin == line.npos) return std::nullopt;
    line.remove_prefix(begin + magic.size());
    AuditHead head;
    const auto key = sha256_from_hex(take(line, "key="));
    const auto seq = take(line, "seq=");
    const auto at = from_rfc3339(take(line, "at="));
    const auto link = sha256_from_hex(take(line, "link="));
    const auto signature = from_hex(take(line, "signature="));
    const auto number = std::from_chars(seq.data(), seq.data() + seq.size(), head.tail.seq);
    const bool whole = number.ec == std::errc() && number.ptr == seq.data() + seq.size() && head.tail.seq > 0;
    if (!whole || !key || !at || !link || !signature || signature->size() != head.signature.size())
        return std::nullopt;
    head.key_id = *key;
    head.at = *at;
    head.tail.link = *link;
    std::copy(signature->begin(), signature->end(), head.signature.begin());
    return head;
}

}  // namespace provost
