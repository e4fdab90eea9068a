// The blocks on certificates: what a leaf must look like, and which CA certificates vouch for it.
#include "domain/text.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>

namespace provost {

namespace {

std::string read_attribute(const Yaml& value) {
    return value.choice<std::string>({{"CN", "CN"},
                                      {"serialNumber", "serialNumber"},
                                      {"ST", "ST"},
                                      {"L", "L"},
                                      {"O", "O"},
                                      {"OU", "OU"},
                                      {"C", "C"}},
                                     "");
}

void read_identity(VendorFileReader& reader, const Yaml& list, CertificateProfile& profile) {
    for (const auto& item : list.one_or_more()) {
        YamlMap map(item);
        IdentityRule& rule = profile.identity.emplace_back();
        rule.attribute = read_attribute(map.required("attribute"));
        const auto pattern = map.required("pattern");
        rule.pattern = reader.pattern(pattern, {"mac"});
        if (rule.pattern.compiled && rule.pattern.compiled->NumberOfCapturingGroups() == 0)
            pattern.mistake({"P-2109", "pattern has no group 'mac'", "", "the MAC is read out of it",
                             "Write (?P<mac>...) around the MAC."});
    }
}

void read_attribute_rules(VendorFileReader& reader, const Yaml& list, std::vector<AttributeRule>& rules) {
    if (!list) return;
    for (const auto& item : list.items()) {
        YamlMap map(item);
        AttributeRule& rule = rules.emplace_back();
        rule.attribute = read_attribute(map.required("attribute"));
        rule.pattern = reader.pattern(map.required("pattern"), {});
        if (const auto without = map.optional("without")) rule.without = read_attribute(without);
    }
}

void read_old_doors(const Yaml& block, CertificateProfile& profile) {
    if (!block) return;
    YamlMap map(block);
    OldChains old;
    const auto signatures = map.optional("signatures");
    if (signatures)
        for (const auto& item : signatures.one_or_more())
            old.sha1 |= item.choice<bool>({{"sha1", true}}, false);
    const auto bits = map.optional("minimum_rsa_bits");
    old.minimum_rsa_bits = bits.number(1024, 2048, profile.minimum_rsa_bits);
    if (bits && old.minimum_rsa_bits > profile.minimum_rsa_bits)
        bits.mistake({"P-2111", "old doors would ask for more than the main door does", "",
                      "the profile's own minimum_rsa_bits is " + std::to_string(profile.minimum_rsa_bits),
                      "Give a smaller number, or leave it out."});
    if (!signatures && !bits)
        block.mistake({"P-2107", "'old_doors' allows nothing", "", "",
                       "Write signatures: [sha1], minimum_rsa_bits: 1024, or both; or leave it out."});
    profile.old_doors = old;
}

CertificateProfile read_profile(VendorFileReader& reader, const Yaml& block,
                                std::vector<std::string>& taken) {
    YamlMap map(block);
    CertificateProfile profile;
    const auto id = map.required("id");
    profile.id = VendorFileReader::id(id);
    VendorFileReader::unique(id, profile.id, taken);
    profile.provenance = reader.provenance(map);
    read_identity(reader, map.required("identity"), profile);
    read_attribute_rules(reader, map.optional("require"), profile.require);
    read_attribute_rules(reader, map.optional("generic"), profile.generic);
    for (const auto& item : map.optional("tolerate").one_or_more()) {
        bool CertificateProfile::*const none = nullptr;
        const auto flag = item.choice<bool CertificateProfile::*>(
            {{"expired_leaf", &CertificateProfile::tolerate_expired_leaf},
             {"missing_client_auth", &CertificateProfile::tolerate_missing_client_auth}},
            none);
        if (flag != none) profile.*flag = true;
    }
    profile.minimum_rsa_bits = map.optional("minimum_rsa_bits").number(1024, 4096, 2048);
    read_old_doors(map.optional("old_doors"), profile);
    return profile;
}

void check_profile(const VendorSpec& spec, const Yaml& name) {
    std::vector<std::string_view> known;
    for (const auto& profile : spec.profiles) known.emplace_back(profile.id);
    const std::string text = name.text();
    if (!name.is_text() || std::find(known.begin(), known.end(), text) != known.end()) return;
    name.mistake({"P-2108", "there is no profile '" + printable(text, 64) + "'", "", "",
                  known.empty() ? "Add it to 'profiles'." : "Known are: " + join_names(known) + "."});
}

TrustAnchor read_anchor(VendorFileReader& reader, const Yaml& block, std::vector<std::string>& taken) {
    YamlMap map(block);
    TrustAnchor anchor;
    const auto id = map.required("id");
    anchor.id = VendorFileReader::id(id);
    VendorFileReader::unique(id, anchor.id, taken);
    anchor.subject = map.required("subject").words();
    const auto digest = map.required("sha256");
    const std::string hex = digest.text();
    if (hex != "unknown") anchor.sha256 = sha256_from_hex(hex);
    if (digest.is_text() && hex != "unknown" && !anchor.sha256)
        digest.mistake({"P-2107", "this is not a SHA-256 fingerprint", "", "",
                        "Write 32 bytes in hexadecimal, or 'unknown'."});
    anchor.published_at = map.optional("published_at").text();
    if (anchor.published_at == "unknown") anchor.published_at.clear();
    const auto profile = map.required("profile");
    check_profile(reader.spec, profile);
    anchor.profile = profile.text();
    anchor.provenance = reader.provenance(map);
    return anchor;
}

}  // namespace

void read_certificates(VendorFileReader& reader, const Yaml& block) {
    if (!block) return;
    YamlMap map(block);
    std::vector<std::string> profiles;
    for (const auto& item : map.required("profiles").items())
        reader.spec.profiles.push_back(read_profile(reader, item, profiles));
    std::vector<std::string> anchors;
    for (const auto& item : map.required("anchors").items())
        reader.spec.anchors.push_back(read_anchor(reader, item, anchors));
}

}  // namespace provost
