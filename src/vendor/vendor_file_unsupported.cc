// What a vendor's phones can't do, and why: whole settings, or single texts of one, for all models or for
// some.
#include "domain/text.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>

namespace provost {

namespace {

Unsupported read_part(VendorFileReader& reader, SettingId setting, const Yaml& item) {
    YamlMap map(item);
    Unsupported part;
    part.setting = setting;
    if (const auto models = map.optional("models")) part.models = reader.pattern(models, {});
    if (const auto values = map.optional("values")) {
        for (const auto& value : values.one_or_more()) {
            VendorFileReader::check_canonical(value, setting);
            part.values.push_back(value.text());
        }
        const auto instead = map.required("instead");
        VendorFileReader::check_canonical(instead, setting);
        part.instead = instead.text();
    }
    part.why = map.required("why").words();
    if (!part.models && part.values.empty())
        item.mistake({"P-2104", "'models' or 'values' is missing", "", "",
                      "Write the reason alone where no phone of the vendor's can do it."});
    return part;
}

}  // namespace

void read_unsupported(VendorFileReader& reader, const Yaml& block) {
    for (const auto& [name, value] : block.entries()) {
        const auto setting = VendorFileReader::setting_name(name);
        if (value.is_text() || !setting) {
            reader.spec.unsupported.push_back({setting.value_or(0), {}, {}, {}, value.words()});
            continue;
        }
        if (value.is_map()) {
            reader.spec.unsupported.push_back(read_part(reader, *setting, value));
            continue;
        }
        for (const auto& item : value.items())
            reader.spec.unsupported.push_back(read_part(reader, *setting, item));
    }
}

}  // namespace provost
