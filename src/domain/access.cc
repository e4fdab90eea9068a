#include "domain/access.h"

#include "domain/text.h"

#include <array>

namespace provost {

namespace {

constexpr std::array all = {Access::certificate, Access::digest, Access::basic, Access::token};

}  // namespace

std::string_view to_text(Access access) {
    static constexpr std::array<std::string_view, 4> names = {"certificate", "digest", "basic", "token"};
    return names.at(static_cast<std::size_t>(access));
}

std::optional<Access> parse_access(std::string_view text) {
    for (const auto access : all)
        if (to_text(access) == text) return access;
    return std::nullopt;
}

bool AccessMethods::has(Access access) const {
    switch (access) {
        case Access::certificate:
            return certificate;
        case Access::digest:
            return digest;
        case Access::basic:
            return basic;
        case Access::token:
            return token;
    }
    return false;
}

void AccessMethods::add(Access access) {
    certificate |= access == Access::certificate;
    digest |= access == Access::digest;
    basic |= access == Access::basic;
    token |= access == Access::token;
}

std::string to_text(const AccessMethods& methods) {
    std::string text;
    for (const auto access : all)
        if (methods.has(access)) text.append(text.empty() ? "" : ",").append(to_text(access));
    return text.empty() ? "none" : text;
}

std::optional<AccessMethods> parse_access_methods(std::string_view text) {
    AccessMethods methods;
    if (text == "none") return methods;
    while (true) {
        const auto comma = text.find(',');
        const auto access = parse_access(trim(text.substr(0, comma)));
        if (!access) return std::nullopt;
        methods.add(*access);
        if (comma == text.npos) return methods;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace provost
