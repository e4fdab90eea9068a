#include "domain/access.h"

#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 4> names = {"certificate", "digest", "basic", "token"};

bool* member(AccessMethods& methods, Access access) {
    switch (access) {
        case Access::certificate:
            return &methods.certificate;
        case Access::digest:
            return &methods.digest;
        case Access::basic:
            return &methods.basic;
        case Access::token:
            break;
    }
    return &methods.token;
}

Error no_method(std::string_view word) {
    return {"P-2012", "policy value refused", "fallback",
            "'" + printable(word, 32) + "' is no way in besides the certificate",
            "Name digest, basic or token, with commas between them, or none."};
}

}  // namespace

std::string_view to_text(Access access) {
    return names.at(static_cast<std::size_t>(access));
}

std::optional<Access> parse_access(std::string_view text) {
    const auto* const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Access>(found - names.begin());
}

bool AccessMethods::allows(Access access) const {
    auto copy = *this;
    return *member(copy, access);
}

std::string fallback_to_text(const AccessMethods& methods) {
    std::string text;
    for (const auto access : {Access::digest, Access::basic, Access::token})
        if (methods.allows(access)) text += (text.empty() ? "" : ",") + std::string(to_text(access));
    return text.empty() ? "none" : text;
}

Result<AccessMethods> parse_fallback(std::string_view text) {
    AccessMethods methods;
    if (trim(text) == "none") return methods;
    while (true) {
        const auto comma = text.find(',');
        const auto word = trim(text.substr(0, comma));
        const auto access = parse_access(word);
        if (!access || *access == Access::certificate) return fail(no_method(word));
        *member(methods, *access) = true;
        if (comma == text.npos) return methods;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace provost
