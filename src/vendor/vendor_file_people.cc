// The blocks on trust and first contact: how phones prove who they are, what the paper asks of their vendor,
// how a person points one at Provost.
#include "vendor/scorecard.h"
#include "vendor/vendor_file_reader.h"

namespace provost {

namespace {

Known read_known(const Yaml& value) {
    return value.choice<Known>({{"yes", Known::yes}, {"no", Known::no}, {"unknown", Known::unknown}},
                               Known::unknown);
}

Answer read_answer(const Yaml& value) {
    return value.choice<Answer>(
        {{"yes", Answer::yes}, {"partly", Answer::partly}, {"no", Answer::no}, {"unknown", Answer::unknown}},
        Answer::unknown);
}

AccessSpec::Certificate read_certificate_use(const Yaml& value) {
    using enum AccessSpec::Certificate;
    return value.choice<AccessSpec::Certificate>(
        {{"all", all}, {"some", some}, {"none", none}, {"unknown", unknown}}, unknown);
}

}  // namespace

void read_access(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& access = reader.spec.access;
    access.provenance = reader.provenance(map);
    access.certificate = read_certificate_use(map.required("certificate"));
    access.basic = read_known(map.required("basic"));
    access.digest = read_known(map.required("digest"));
    access.url_credentials = read_known(map.required("url_credentials"));
    access.token_url = read_known(map.required("token_url"));
    access.token_header = map.optional("token_header").text();
}

void read_scorecard(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    for (const auto& [number, name, words] : paper_requirements()) {
        if (name.empty()) continue;  // not the vendor's to answer
        auto& entry = reader.spec.scorecard.emplace_back();
        entry.name = name;
        entry.requirement = words;
        const auto given = map.required(name);
        if (!given) continue;
        YamlMap one(given);
        entry.answer = read_answer(one.required("answer"));
        entry.provenance = reader.provenance(one);
    }
}

void read_setup(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& setup = reader.spec.setup;
    setup.provenance = reader.provenance(map);
    setup.url = map.required("url").words();
    for (const auto& option : map.required("dhcp_options").items())
        setup.dhcp_options.push_back(option.number(1, 254, 1));
    setup.redirection = map.required("redirection").words();
    setup.manual = map.required("manual").words();
    setup.factory_reset = map.required("factory_reset").words();
}

}  // namespace provost
