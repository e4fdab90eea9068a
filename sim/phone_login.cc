// Where a phone calls, and how it proves itself there, by what it was given and by what it remembers.
#include "sim/phone_memory.h"

namespace provost::sim {

namespace {

constexpr std::string_view scheme_end = "://";
constexpr std::string_view usual_port = "443";

// What the pattern's group says; the whole text without a pattern.
std::optional<std::string> part_of(const std::string& text, const Pattern& pattern) {
    if (pattern.compiled == nullptr) return text;
    std::string part;
    if (!RE2::FullMatch(text, *pattern.compiled, &part)) return std::nullopt;
    return part;
}

std::string as_folder(std::string address) {
    if (!address.ends_with('/')) address += '/';
    return address;
}

}  // namespace

std::optional<Login> PhoneMemory::login() const {
    const LoginNames& names = maker_->spec.login;
    const std::string* const user = first_set(names.user, 0);
    const std::string* const password = first_set(names.password, 0);
    if (user == nullptr || password == nullptr) return std::nullopt;
    const auto shown = part_of(*user, names.user_form);
    return shown ? std::optional(Login{*shown, *password}) : std::nullopt;
}

std::optional<std::string> PhoneMemory::address() const {
    const LoginNames& names = maker_->spec.login;
    if (names.parts.any()) return joined_address();
    const std::string* const url = first_set(names.url, 0);
    if (url == nullptr) return std::nullopt;
    if (names.folder.compiled == nullptr) return url->substr(0, url->rfind('/') + 1);
    return part_of(*url, names.folder);
}

std::optional<std::string> PhoneMemory::joined_address() const {
    const AddressParts& parts = maker_->spec.login.parts;
    const auto says = [&](const NamedValue& wanted) {
        const std::string* const value = find(wanted.name);
        return value != nullptr && *value == wanted.value;
    };
    const auto text = [&](const std::string& name) {
        const std::string* const value = name.empty() ? nullptr : find(name);
        return value == nullptr ? std::string() : *value;
    };
    if (parts.when && !says(*parts.when)) return std::nullopt;
    std::string joined = text(parts.address.empty() ? parts.host : parts.address);
    if (joined.empty()) return std::nullopt;
    joined.insert(0, !parts.https || says(*parts.https) ? "https://" : "http://");
    if (const std::string port = text(parts.port); !port.empty() && port != usual_port) joined += ':' + port;
    if (const std::string path = text(parts.path); !path.empty())
        joined = as_folder(std::move(joined)) + path.substr(path.starts_with('/'));
    return as_folder(std::move(joined));
}

std::string given_address(const LoginNames& names, std::string given, MacAddress mac) {
    const bool has_scheme = given.find(scheme_end) != given.npos;
    if (!has_scheme && !names.parts.address.empty()) given = "https://" + as_folder(std::move(given));
    if (names.mac_mark.empty()) return given;
    const auto at = given.find(names.mac_mark);
    if (at != given.npos) given.replace(at, names.mac_mark.size(), mac.lower());
    return given;
}

}  // namespace provost::sim
