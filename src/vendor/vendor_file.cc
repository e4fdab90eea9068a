#include "vendor/vendor_file.h"

#include "domain/text.h"
#include "domain/token_scanner.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

std::string_view base_name(std::string_view origin) {
    if (const auto slash = origin.rfind('/'); slash != origin.npos) origin.remove_prefix(slash + 1);
    return origin.substr(0, origin.rfind(".yaml"));
}

std::string read_vendor_id(const Yaml& value, std::string_view expected) {
    std::string id = value.text();
    if (!value.is_text()) return id;
    if (!is_slug(id)) {
        value.mistake({"P-2107", "'" + printable(id, 64) + "' is not a vendor's id", "", "",
                       "Use lower-case letters, digits and '-', at most 32."});
    } else if (id != expected) {
        value.mistake({"P-2112", "id '" + id + "' differs from the file's name", "",
                       "a vendor is found by its file's name", "Write '" + std::string(expected) + "'."});
    }
    return id;
}

void read_head(VendorFileReader& reader, YamlMap& file, std::string_view origin) {
    (void)file.required("format").choice<int>({{"1", 1}}, 1);
    reader.spec.id = read_vendor_id(file.required("id"), base_name(origin));
    reader.spec.name = file.required("name").words();
    if (const auto kind = file.optional("kind"))
        reader.spec.is_pbx = kind.choice<bool>({{"phone", false}, {"pbx", true}}, false);
    reader.spec.status = file.required("status").choice<std::string>(
        {{"draft", "draft"}, {"checked", "checked"}, {"field-proven", "field-proven"}}, "draft");
    reader.spec.summary = file.required("summary").words();
    for (const auto& [name, words] : file.required("sources").entries()) {
        reader.spec.sources.emplace(VendorFileReader::id(name), words.words());
    }
}

bool is_media_type(std::string_view text) {
    const auto slash = text.find('/');
    const auto is_token = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), is_token_character);
    };
    return slash != text.npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1));
}

// It goes into a header as it stands.
std::string read_event(const Yaml& value) {
    auto text = value.words();
    if (text.size() > 128 || text.find_first_of("\r\n\t<>\"") != text.npos || !is_clean_text(text))
        value.mistake({"P-2107", "this is no value of an Event header", "", "",
                       "Write such as check-sync;reboot=false."});
    return text;
}

void read_resync(VendorFileReader& reader, const Yaml& block) {
    YamlMap map(block);
    auto& resync = reader.spec.resync;
    resync.event = read_event(map.required("event"));
    if (const auto reboot = map.optional("reboot")) resync.reboot_event = read_event(reboot);
    resync.challenges =
        map.optional("challenges")
            .choice<Known>({{"yes", Known::yes}, {"no", Known::no}, {"unknown", Known::unknown}},
                           Known::unknown);
    const auto type = map.optional("content_type"), body = map.optional("body");
    resync.content_type = type.text();
    resync.body = body.text();
    if (resync.content_type.empty() != resync.body.empty())
        block.mistake({"P-2111", "content_type and body go together", "", "one of them is missing",
                       "Write both, or none."});
    if (!resync.content_type.empty() && !is_media_type(resync.content_type))
        type.mistake({"P-2107", "this is no content type", "", "",
                      "Write such as application/simple-message-summary."});
    resync.provenance = reader.provenance(map);
}

void read_tail(VendorFileReader& reader, YamlMap& file) {
    if (const auto resync = file.optional("resync")) read_resync(reader, resync);
    read_unsupported(reader, file.optional("unsupported"));
    if (const auto quirks = file.optional("quirks")) {
        for (const auto& quirk : quirks.items()) reader.spec.quirks.push_back(quirk.words());
    }
}

void read_whole(VendorFileReader& reader, const Yaml& root, std::string_view origin) {
    YamlMap file(root);
    read_head(reader, file, origin);
    read_mac_prefixes(reader, file.required("mac_prefixes"));
    read_models(reader, file.required("models"));
    read_certificates(reader, file.optional("certificates"));
    read_access(reader, file.required("access"));
    read_scorecard(reader, file.required("scorecard"));
    read_setup(reader, file.required("setup"));
    read_tls(reader, file.required("tls"));
    read_agents(reader, file.optional("user_agents"));
    read_requests(reader, file.required("requests"));
    read_output(reader, file.required("output"));
    read_secrets(reader, file.required("secrets"));
    read_defaults(reader, file.optional("defaults"));
    read_fixed(reader, file.optional("fixed"));
    read_value_maps(reader, file.optional("value_maps"));
    read_rules(reader, file.required("settings"));
    read_raw(reader, file.optional("raw"));
    read_tail(reader, file);
}

}  // namespace

VendorFileOutcome read_vendor_file(std::string_view text, const std::string& origin) {
    Mistakes mistakes(origin);
    const YamlNode root = parse_yaml(text, mistakes);
    VendorFileReader reader;
    // A file that is no YAML at all would only earn a list of missing keys.
    if (mistakes.empty() || !root.entries.empty()) read_whole(reader, Yaml(&root, mistakes), origin);
    if (mistakes.empty()) check_value_maps(reader);  // another mistake may be what left one unused
    VendorFileOutcome outcome;
    outcome.errors = mistakes.take();
    if (outcome.errors.empty()) outcome.spec = std::move(reader.spec);
    return outcome;
}

}  // namespace provost
