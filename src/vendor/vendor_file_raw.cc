// The block `raw`: further parameters that operators may set by the vendor's own names.
#include "vendor/template_match.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>

namespace provost {

namespace {

RawRule read_one(VendorFileReader& reader, const Yaml& block) {
    YamlMap map(block);
    RawRule rule;
    rule.parameter = reader.pattern(map.required("parameter"), {});
    if (const auto value = map.optional("value")) rule.value = reader.pattern(value, {});
    if (const auto models = map.optional("models")) rule.models = reader.pattern(models, {});
    if (const auto attributes = map.optional("attributes"))
        for (const auto& [name, text] : attributes.entries())
            rule.attributes.emplace_back(name.words(), text.text());
    rule.provenance = reader.provenance(map);
    return rule;
}

// No pattern may let an operator write where a secret goes.
void check_secrets(const VendorFileReader& reader, const Yaml& block, const RawRule& rule) {
    if (!rule.parameter.compiled) return;
    for (const auto& one : reader.spec.parameters) {
        if (setting(one.setting).type != ValueType::secret) continue;
        if (RE2::FullMatch(example_of(one.name, "1"), *rule.parameter.compiled))
            block.mistake({"P-2111", "'" + rule.parameter.text + "' takes in '" + one.name.source() + "'", "",
                           "that one carries a secret, and no one may type one", "Narrow the pattern."});
    }
}

}  // namespace

void read_raw(VendorFileReader& reader, const Yaml& list) {
    if (!list) return;
    for (const auto& item : list.items()) {
        auto rule = read_one(reader, item);
        check_secrets(reader, item, rule);
        reader.spec.raw.push_back(std::move(rule));
    }
}

}  // namespace provost
