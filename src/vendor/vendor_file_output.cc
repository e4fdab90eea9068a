// The blocks on what phones get: output syntax, secrets, the vendor layer's defaults.
#include "crypto/random.h"
#include "domain/text.h"
#include "vendor/syntax/syntax.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace provost {

namespace {

constexpr double least_sip_password_bits = 128;  // R-B4
// R-D6: typed by a person, on the keys of a phone at worst, and guessed through the phone only
constexpr double least_admin_password_bits = 64;
constexpr int longest_password = 64;

SecretMode read_mode(const Yaml& value) {
    return value.choice<SecretMode>(
        {{"purge", SecretMode::purge}, {"rotate", SecretMode::rotate}, {"retain", SecretMode::retain}},
        SecretMode::purge);
}

void check_purge(const VendorSpec& spec, const Yaml& mode) {
    if (mode.text() != "purge" || spec.output.absent == AbsentMeans::kept) return;
    mode.mistake(
        {"P-2111", "'purge' needs 'absent_parameter: kept' under 'output'", "",
         "a phone that does not keep what a file omits would lose its password at the next call-home",
         "Choose 'rotate' or 'retain'."});
}

std::string read_alphabet(const Yaml& value) {
    std::string text = value.text("default");
    if (text == "default") return std::string(safe_alphabet);
    const std::set<char> distinct(text.begin(), text.end());
    const bool printable_only =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
    if (distinct.size() != text.size() || !printable_only || text.size() < 10)
        value.mistake({"P-2107", "this is not an alphabet for passwords", "", "",
                       "Give ten or more printable ASCII characters, each once, or 'default'."});
    return text;
}

void read_password(const Yaml& block, double least_bits, int& length, std::string& alphabet) {
    alphabet = safe_alphabet;
    if (!block) return;
    YamlMap map(block);
    alphabet = read_alphabet(map.optional("alphabet"));
    const auto wanted = map.required("length");
    length = wanted.number(1, longest_password, length);
    const double bits = length * std::log2(static_cast<double>(std::max<std::size_t>(alphabet.size(), 1)));
    if (wanted && bits < least_bits)
        wanted.mistake(
            {"P-2107", "the password would be too easy to guess", "",
             "length and alphabet give fewer than " + std::to_string(static_cast<int>(least_bits)) + " bits",
             "Make it longer."});
}

// `syntax` and `options`, of the vendor or of a variant.
void read_format(YamlMap& map, OutputFormat& format) {
    const auto syntax = map.required("syntax");
    format.syntax = syntax.text();
    const auto options = map.optional("options");
    if (options) {
        for (const auto& [option, value] : options.entries())
            format.options.emplace(option.text(), value.text());
    }
    if (!syntax.is_text()) return;
    const auto made = make_syntax(format.syntax, format.options);
    if (made) return;
    const auto& at = made.error().code == "P-2304" && options ? options : syntax;
    at.mistake({"P-2107", made.error().what, "", made.error().why, made.error().fix});
}

void read_variants(VendorFileReader& reader, const Yaml& list) {
    if (!list) return;
    for (const auto& item : list.items()) {
        YamlMap map(item);
        auto& variant = reader.spec.output.variants.emplace_back();
        variant.models = reader.pattern(map.required("models"), {});
        read_format(map, variant);
        variant.provenance = reader.provenance(map);
    }
}

}  // namespace

void read_output(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& output = reader.spec.output;
    output.provenance = reader.provenance(map);
    read_format(map, output);
    read_variants(reader, map.optional("variants"));
    output.absent = map.required("absent_parameter")
                        .choice<AbsentMeans>({{"kept", AbsentMeans::kept},
                                              {"reset", AbsentMeans::reset},
                                              {"unknown", AbsentMeans::unknown}},
                                             AbsentMeans::unknown);
    output.empty = map.required("empty_parameter")
                       .choice<EmptyMeans>({{"kept", EmptyMeans::kept},
                                            {"cleared", EmptyMeans::cleared},
                                            {"reset", EmptyMeans::reset},
                                            {"unknown", EmptyMeans::unknown}},
                                           EmptyMeans::unknown);
    output.conditional_requests = map.optional("conditional_requests").toggle(false);
}

void read_secrets(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    auto& secrets = reader.spec.secrets;
    secrets.provenance = reader.provenance(map);
    const auto preferred = map.required("preferred");
    secrets.preferred = read_mode(preferred);
    const auto possible = map.required("possible");
    for (const auto& item : possible.one_or_more()) {
        secrets.possible.push_back(read_mode(item));
        check_purge(reader.spec, item);
    }
    if (preferred && possible &&
        std::find(secrets.possible.begin(), secrets.possible.end(), secrets.preferred) ==
            secrets.possible.end())
        preferred.mistake(
            {"P-2111", "'preferred' is not among 'possible'", "", "", "Add it there, or prefer another."});
    secrets.reason = map.required("reason").words();
    read_password(map.optional("sip_password"), least_sip_password_bits, secrets.sip_password_length,
                  secrets.password_alphabet);
    read_password(map.optional("admin_password"), least_admin_password_bits, secrets.admin_password_length,
                  secrets.admin_password_alphabet);
    secrets.admin_user = map.optional("admin_user").text("");
}

void read_defaults(VendorFileReader& reader, const Yaml& map) {
    if (!map) return;
    for (const auto& [name, value] : map.entries()) {
        const auto id = VendorFileReader::setting_name(name);
        const std::string text = value.text();
        if (!id || !value.is_text()) continue;
        const SettingKey key{*id, 0};
        auto canonical = parse_setting_value(key, text);
        if (canonical) {
            put(reader.spec.defaults, key, std::move(*canonical));
        } else {
            value.mistake({"P-2107", "'" + printable(text, 64) + "' is no value of " + to_text(key), "",
                           canonical.error().why, canonical.error().fix});
        }
    }
}

}  // namespace provost
