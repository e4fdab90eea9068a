#include "service/handshake_log.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

// RFC 8446 section 6; those by which a peer says what it thinks of our certificate.
constexpr std::array<std::pair<int, std::string_view>, 12> alerts = {{{40, "handshake failure"},
                                                                      {42, "bad certificate"},
                                                                      {43, "unsupported certificate"},
                                                                      {44, "certificate revoked"},
                                                                      {45, "certificate expired"},
                                                                      {46, "certificate unknown"},
                                                                      {47, "illegal parameter"},
                                                                      {48, "unknown CA"},
                                                                      {49, "access denied"},
                                                                      {51, "decrypt error"},
                                                                      {70, "protocol version"},
                                                                      {71, "insufficient security"}}};

constexpr auto forgotten_after = std::chrono::hours(24);

}  // namespace

std::string alert_text(int alert) {
    const auto* const known =
        std::find_if(alerts.begin(), alerts.end(), [alert](const auto& one) { return one.first == alert; });
    return known == alerts.end() ? "alert " + std::to_string(alert) : std::string(known->second);
}

std::string tls_version_text(int version) {
    if (version == 0x0300) return "SSL 3.0";
    if (version > 0x0300 && version <= 0x0304) return "TLS 1." + std::to_string(version - 0x0301);
    return "an unknown version of TLS";
}

void HandshakeLog::note(std::string_view address, HandshakeTrouble trouble, Timestamp now) {
    const std::lock_guard lock(mutex_);
    auto found = addresses_.find(std::string(address));
    if (found == addresses_.end()) {
        if (order_.size() >= most_addresses) {
            addresses_.erase(order_.front());
            order_.pop_front();
        }
        order_.emplace_back(address);
        found = addresses_.emplace(order_.back(), FailedHandshakes{}).first;
    }
    auto& one = found->second;
    if (one.count == 0 || now - one.at > forgotten_after) one = {{}, 0, now, now};
    one.last = trouble;
    ++one.count;
    one.at = now;
}

std::optional<FailedHandshakes> HandshakeLog::find(std::string_view address) const {
    const std::lock_guard lock(mutex_);
    const auto found = addresses_.find(std::string(address));
    if (found == addresses_.end()) return std::nullopt;
    return found->second;
}

}  // namespace provost
