#include "vendor/device_certificate.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace provost {

namespace {

constexpr int largest_rsa = 4096;
constexpr std::array<std::string_view, 3> allowed_curves{"prime256v1", "secp384r1", "secp521r1"};

using Fault = std::optional<std::string>;  // why the certificate is malformed

Fault fault_of_usage(const CertificateFacts& certificate, const CertificateProfile& profile) {
    if (certificate.version != 3) return "X.509 version " + std::to_string(certificate.version);
    if (certificate.is_ca) return "a CA certificate shown as a device's";
    if (certificate.unknown_critical_extension) return "unknown critical extension";
    if (certificate.has_key_usage && !certificate.may_sign) return "key usage without digitalSignature";
    if (certificate.client_auth || profile.tolerate_missing_client_auth) return std::nullopt;
    return certificate.has_extended_key_usage ? "extended key usage without clientAuth"
                                              : "no extended key usage";
}

Fault fault_of_key(const CertificateFacts& certificate, const CertificateProfile& profile, bool old_door) {
    const int least =
        old_door && profile.old_doors ? profile.old_doors->minimum_rsa_bits : profile.minimum_rsa_bits;
    const std::string bits = std::to_string(certificate.key_bits);
    if (certificate.key_type == "RSA") {
        if (certificate.key_bits < least) return "RSA key of only " + bits + " bits";
        if (certificate.key_bits > largest_rsa) return "RSA key of " + bits + " bits";
        return std::nullopt;
    }
    if (certificate.key_type != "EC") return "key type " + certificate.key_type;
    const bool allowed =
        std::find(allowed_curves.begin(), allowed_curves.end(), certificate.curve) != allowed_curves.end();
    if (!allowed) return "EC curve " + (certificate.curve.empty() ? "without a name" : certificate.curve);
    return std::nullopt;
}

const SubjectAttribute* find_attribute(const CertificateFacts& certificate, std::string_view name) {
    const auto found =
        std::find_if(certificate.subject.begin(), certificate.subject.end(),
                     [&](const SubjectAttribute& attribute) { return attribute.name == name; });
    return found == certificate.subject.end() ? nullptr : &*found;
}

Fault fault_of_attribute(const CertificateFacts& certificate, const std::string& name) {
    const auto count =
        std::count_if(certificate.subject.begin(), certificate.subject.end(),
                      [&](const SubjectAttribute& attribute) { return attribute.name == name; });
    if (count > 1) return name + " occurs " + std::to_string(count) + " times";
    const SubjectAttribute* const attribute = find_attribute(certificate, name);
    if (attribute == nullptr || attribute->printable) return std::nullopt;
    const bool has_nul = attribute->value.find('\0') != std::string::npos;
    return name + (has_nul ? " holds a NUL byte" : " holds other than printable ASCII");
}

Fault fault_of_attributes(const CertificateFacts& certificate, const CertificateProfile& profile) {
    Fault fault;
    const auto check = [&](const auto& rules) {
        for (const auto& rule : rules)
            if (!fault) fault = fault_of_attribute(certificate, rule.attribute);
    };
    check(profile.identity);
    check(profile.require);
    check(profile.generic);
    return fault;
}

bool matches(const CertificateFacts& certificate, const AttributeRule& rule) {
    if (!rule.without.empty() && find_attribute(certificate, rule.without) != nullptr) return false;
    const SubjectAttribute* const attribute = find_attribute(certificate, rule.attribute);
    return attribute != nullptr && RE2::FullMatch(attribute->value, *rule.pattern.compiled);
}

// What the pattern's group `mac` holds; nullopt if attribute or match are missing.
std::optional<std::string> captured_mac(const CertificateFacts& certificate, const IdentityRule& rule) {
    const SubjectAttribute* const attribute = find_attribute(certificate, rule.attribute);
    if (attribute == nullptr) return std::nullopt;
    const auto& groups = rule.pattern.compiled->NamedCapturingGroups();
    const auto group = groups.find("mac");
    constexpr int most_captures = 16;
    if (group == groups.end() || group->second >= most_captures) return std::nullopt;
    std::array<re2::StringPiece, most_captures> parts;
    const re2::StringPiece text(attribute->value);
    if (!rule.pattern.compiled->Match(text, 0, text.size(), RE2::ANCHOR_BOTH, parts.data(),
                                      group->second + 1))
        return std::nullopt;
    return parts[static_cast<std::size_t>(group->second)].as_string();
}

DeviceIdentity malformed(std::string detail) {
    return {Rule::certificate_malformed, std::move(detail), std::nullopt};
}

// The first alternative that matches decides; a later one that names another device is a contradiction.
DeviceIdentity read_identity(const CertificateFacts& certificate, const CertificateProfile& profile) {
    DeviceIdentity identity;
    for (const IdentityRule& rule : profile.identity) {
        const auto text = captured_mac(certificate, rule);
        if (!text) continue;
        const auto mac = MacAddress::parse(*text);
        if (!mac) return malformed(rule.attribute + " holds no MAC address where it should");
        if (mac->value() == 0) return malformed(rule.attribute + " holds the zero MAC address");
        if (mac->is_group()) return malformed(rule.attribute + " holds a group address");
        if (identity.mac && identity.mac != mac) return malformed("its attributes name two devices");
        identity.mac = mac;
    }
    return identity.mac ? identity
                        : malformed("no attribute names a device as this vendor's certificates do");
}

}  // namespace

DeviceIdentity identify(const CertificateFacts& certificate, const CertificateProfile& profile,
                        bool old_door) {
    if (const Fault fault = fault_of_usage(certificate, profile)) return malformed(*fault);
    if (const Fault fault = fault_of_key(certificate, profile, old_door)) return malformed(*fault);
    if (const Fault fault = fault_of_attributes(certificate, profile)) return malformed(*fault);
    for (const AttributeRule& rule : profile.generic)
        if (matches(certificate, rule))
            return {Rule::certificate_generic, rule.attribute + " is the same in every phone", std::nullopt};
    for (const AttributeRule& rule : profile.require)
        if (!matches(certificate, rule))
            return malformed(rule.attribute + " is missing or not as this vendor's certificates have it");
    return read_identity(certificate, profile);
}

}  // namespace provost
