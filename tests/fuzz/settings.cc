// Settings that were read are stored so that they read back, and a canonical text is its own canonical text.
#include "domain/settings.h"

#include "fuzz.h"

using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto settings = provost::parse_settings(provost::fuzz::text_of(data, size));
    if (!settings) {
        require(settings.error().code.starts_with("P-20"), "a mistake has a code of its own");
        return 0;
    }
    for (const provost::Setting& one : *settings) {
        const auto key = provost::parse_setting_key(provost::to_text(one.key));
        require(key.has_value() && *key == one.key, "a key's text reads back");
        const auto value = provost::parse_setting_value(one.key, one.value);
        require(value.has_value() && *value == one.value, "a canonical text is its own");
    }
    const auto again = provost::parse_settings(provost::format_settings(*settings));
    require(again.has_value() && *again == *settings, "stored settings read back");
    return 0;
}
