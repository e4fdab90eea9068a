#include "service/import_fields.h"

#include "base/ascii.h"
#include "domain/raw_overrides.h"
#include "domain/settings.h"
#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

struct OwnColumn {
    std::string_view name;
    bool required;
    std::string_view limits, fallback;
};

constexpr std::array own_columns = {
    OwnColumn{"mac", true, "12 hexadecimal digits, any spelling", ""},
    OwnColumn{"tenant", true, "a tenant's short name", ""},
    OwnColumn{"vendor", false, "an id that 'provost vendor list' shows", "from the MAC's prefix"},
    OwnColumn{"model", false, "a model of the vendor", ""},
    OwnColumn{"site", false, "text, 128 bytes", ""},
    OwnColumn{"secret_mode", false, "purge, rotate, retain", "as the vendor file says"},
    OwnColumn{"access", false, "certificate, digest, basic, token", "certificate"},
};

const OwnColumn* own_column(std::string_view name) {
    const auto* const found = std::ranges::find(own_columns, name, &OwnColumn::name);
    return found == own_columns.end() ? nullptr : found;
}

std::string limits_of(const SettingSpec& spec) {
    const auto bytes = ", " + std::to_string(spec.most) + " bytes";
    switch (spec.type) {
        case ValueType::toggle:
            return "on, off";
        case ValueType::number:
            return std::to_string(spec.least) + " to " + std::to_string(spec.most);
        case ValueType::choice:
            return std::string(spec.choices);
        case ValueType::choice_list:
            return "list of " + std::string(spec.choices);
        case ValueType::host:
            return "host name or address";
        case ValueType::url:
            return "https URL" + bytes;
        case ValueType::user_part:
            return "letters, digits and - _ . + * # ~" + bytes;
        case ValueType::text:
            return "text" + bytes;
        case ValueType::secret:
            break;
    }
    return {};
}

}  // namespace

bool is_own_column(std::string_view name) {
    return own_column(name) != nullptr;
}

Result<std::string> field_named(std::string_view text) {
    const auto trimmed = trim(text);
    const auto name = lower_case(trimmed);
    if (is_own_column(name)) return name;
    if (is_raw_name(name) && parse_raw_name(trimmed)) return std::string(trimmed);
    const auto key = parse_setting_key(name);
    if (key) return to_text(*key);
    Error error = key.error();
    error.code = "P-2505";
    error.what = "column '" + printable(text, 64) + "' means nothing";
    error.where = "header";
    error.fix += (error.fix.empty() ? "" : " ") + std::string("Say what it is, or leave it out.");
    return fail(std::move(error));
}

FieldFacts facts_of_field(std::string_view name, const std::string& tenant) {
    if (const auto* const own = own_column(name)) {
        const bool given = name == "tenant" && !tenant.empty();
        return {own->required && !given, std::string(own->limits),
                given ? tenant : std::string(own->fallback)};
    }
    if (is_raw_name(name)) return {false, "as the vendor's phones take it", ""};
    const auto key = parse_setting_key(name);
    return key ? FieldFacts{false, limits_of(setting(key->id)), ""} : FieldFacts{};
}

}  // namespace provost
