#include "registrar/account_check.h"

#include <algorithm>

namespace provost::registrar {

namespace {

bool is_hex(std::string_view text, std::size_t length) {
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status check_name(const std::string& name, std::string_view what, std::size_t longest) {
    std::string why;
    if (name.empty()) why = "it is empty";
    if (name.size() > longest) why = "it has more than " + std::to_string(longest) + " bytes";
    if (name.ends_with(' ')) why = "it ends with a blank";  // databases take it for the name without
    if (std::ranges::any_of(name, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        why = "it has a control character";
    if (why.empty()) return {};
    return fail({"P-8206", "a registrar can't have such an account", std::string(what), std::move(why),
                 "Change the line's settings"});
}

}  // namespace

Status check_entry(const OutboxEntry& entry, std::size_t longest_name) {
    PROVOST_CHECK(check_name(entry.user, "line.auth_user", longest_name));
    PROVOST_CHECK(check_name(entry.realm, "line.realm", longest_name));
    if (entry.withdraw || (is_hex(entry.ha1_md5, 32) && is_hex(entry.ha1_sha256, 64))) return {};
    return fail({"P-8206", "a registrar can't have such an account", "", "a digest is missing",
                 "Rotate the device's credentials"});
}

}  // namespace provost::registrar
