// What a phone's memory makes of accounts.
#include "base/ascii.h"
#include "crypto/digest.h"
#include "domain/settings.h"
#include "sim/names.h"
#include "sim/phone_memory.h"

namespace provost::sim {

namespace {

constexpr std::string_view digest_mark = "sha256:";

// "md5:0123..." -> "0123...": some take the digest with its algorithm in front.
std::string without_algorithm(std::string digest) {
    return digest.substr(digest.rfind(':') + 1);
}

// "sip:user@host:port;transport=tls" -> "host", also "[::1]:5061"
std::string host_of(std::string_view address) {
    if (address.starts_with("sip:")) address.remove_prefix(4);
    if (const auto at = address.find('@'); at != address.npos) address.remove_prefix(at + 1);
    const auto bracket = address.find(']');
    const auto end = address.find_first_of(":;", bracket == address.npos ? 0 : bracket);
    return std::string(address.substr(0, end));
}

}  // namespace

bool PhoneMemory::learn_passwords(const Values& sent) {
    bool learned = false;
    for (int line = 1; line <= max_lines; ++line) {
        const AccountNames* const names = maker_->spec.account(line);
        if (names == nullptr) continue;
        for (const std::string& name : names->password) {
            const auto found = sent.find(expand(name, {.mac = mac_, .line = line}));
            if (found == sent.end() || found->second.empty()) continue;
            learned = true;
            learn_password(line, found->second);
        }
    }
    return learned;
}

void PhoneMemory::learn_password(int line, const std::string& password) {
    const auto known = account(line);
    if (!known) return;
    const std::string number = "." + std::to_string(line);
    if (maker_->spec.account(line)->password_is_ha1) {
        digests_["ha1_md5" + number] = without_algorithm(lower_case(password));
        return;
    }
    const std::string realm = realm_.empty() ? host_of(known->registrar) : realm_;
    const Secret secret = Secret::copy_of(password);
    digests_["ha1_md5" + number] = ha1_md5(known->auth_user, realm, secret);
    digests_["ha1_sha256" + number] = ha1_sha256(known->auth_user, realm, secret);
}

std::optional<LineAccount> PhoneMemory::account(int line) const {
    const AccountNames* const names = maker_->spec.account(line);
    if (names == nullptr) return std::nullopt;
    if (!names->enabled.empty()) {
        const std::string* const enabled = first_set({names->enabled}, line);
        if (enabled == nullptr || *enabled != names->enabled_value) return std::nullopt;
    }
    const std::string* const user = first_set(names->user, line);
    const std::string* const registrar = first_set(names->registrar, line);
    const std::string* const password = first_set(names->password, line);
    if (user == nullptr || registrar == nullptr || password == nullptr) return std::nullopt;
    const std::string* const auth_user = first_set(names->auth_user, line);
    const auto digest = [&](const char* kind) {
        const auto found = digests_.find(kind + std::to_string(line));
        return found == digests_.end() ? std::string() : found->second;
    };
    const bool has_digest = !names->password_is_ha1 && password->starts_with(digest_mark);
    return LineAccount{*user,
                       auth_user == nullptr ? *user : *auth_user,
                       *registrar,
                       has_digest ? password->substr(digest_mark.size()) : "",
                       digest("ha1_md5."),
                       digest("ha1_sha256.")};
}

}  // namespace provost::sim
