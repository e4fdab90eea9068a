#include "sim/phone_maker.h"

#include "sim/files.h"
#include "sim/phone_file.h"
#include "vendor/catalogue.h"
#include "vendor/syntax/syntax.h"
#include "vendor/vendor_file.h"

#include <algorithm>

namespace provost::sim {

namespace {

// The first anchor is the one that today's phones chain to.
Status find_anchor(PhoneMaker& maker, const VendorSpec& vendor) {
    if (!maker.spec.certificate) return {};
    if (vendor.anchors.empty()) {
        return fail({.code = "P-9001",
                     .what = "the phones of " + vendor.id + " show a certificate that nothing vouches for",
                     .why = "their vendor file has no trust anchor",
                     .fix = "Write certificate: none into the phone file"});
    }
    maker.anchor = vendor.anchors.front().id;
    for (const CertificateProfile& profile : vendor.profiles) {
        if (profile.id == vendor.anchors.front().profile) maker.takes_expired = profile.tolerate_expired_leaf;
    }
    return {};
}

}  // namespace

Names names_of(const PhoneMaker& maker, MacAddress mac) {
    return {.mac = mac, .model = maker.spec.model, .firmware = maker.spec.firmware};
}

Result<PhoneMaker> make_maker(PhoneSpec spec, const VendorSpec& vendor) {
    PhoneMaker maker{.spec = std::move(spec), .output = vendor.output, .anchor = {}, .syntax = nullptr};
    if (!vendor.mac_prefixes.empty()) maker.mac_prefix = vendor.mac_prefixes.front();
    if (const auto named = MacAddress::parse(maker.spec.mac_prefix + ":00:00:00"))
        maker.mac_prefix = named->oui();
    if (maker.mac_prefix == 0) {
        return fail({.code = "P-9001",
                     .what = "no MAC prefix for the phones of " + maker.spec.vendor,
                     .fix = "Add mac_prefix: \"00:11:22\" to its phone file"});
    }
    PROVOST_CHECK(find_anchor(maker, vendor));
    const auto& format = output_format(vendor, maker.spec.model);
    PROVOST_TRY(maker.syntax, make_syntax(format.syntax, format.options));
    return maker;
}

Result<PhoneMaker> load_maker(const MakerFolders& folders, const std::string& vendor) {
    const auto phone_path = folders.phones / (vendor + ".yaml");
    const auto vendor_path = folders.vendors / (vendor + ".yaml");
    PROVOST_TRY(const std::string phone_text, read_file(phone_path));
    PROVOST_TRY(const std::string vendor_text, read_file(vendor_path));
    PROVOST_TRY(PhoneSpec spec, read_phone_file(phone_text, phone_path.string()));
    VendorFileOutcome outcome = read_vendor_file(vendor_text, vendor_path.string());
    if (!outcome.spec) return fail(std::move(outcome.errors.front()));
    return make_maker(std::move(spec), *outcome.spec);
}

std::vector<std::string> list_makers(const MakerFolders& folders) {
    std::vector<std::string> ids;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folders.phones, none)) {
        if (entry.path().extension() == ".yaml") ids.push_back(entry.path().stem().string());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace provost::sim
