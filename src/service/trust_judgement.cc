#include "service/trust_judgement.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

AnchorPlace find_pin(const Catalogue& catalogue, const Sha256& fingerprint) {
    for (const auto& vendor : catalogue.vendors())
        for (const auto& anchor : vendor.anchors)
            if (anchor.sha256 == fingerprint) return {&vendor, &anchor};
    return {};
}

Result<AnchorPlace> find_confirmed(const Catalogue& catalogue, const Trust::Confirmation& confirmed) {
    const auto* const vendor = catalogue.find(confirmed.vendor);
    if (vendor == nullptr)
        return fail({"P-2021", "there is no vendor '" + printable(confirmed.vendor, 32) + "'", "vendor"});
    const auto anchor = std::find_if(vendor->anchors.begin(), vendor->anchors.end(),
                                     [&](const TrustAnchor& one) { return one.id == confirmed.anchor; });
    if (anchor != vendor->anchors.end()) return AnchorPlace{vendor, &*anchor};
    std::string names;
    for (const auto& one : vendor->anchors) names += (names.empty() ? "" : ", ") + one.id;
    return fail({"P-4204",
                 "vendor '" + vendor->id + "' has no anchor '" + printable(confirmed.anchor, 32) + "'",
                 "anchor", "", "It has: " + names + "."});
}

bool is_there(const std::vector<TrustRecord>& records, const std::string& fingerprint) {
    return std::any_of(records.begin(), records.end(), [&](const TrustRecord& one) {
        return one.kind == "anchor" && one.fingerprint == fingerprint;
    });
}

}  // namespace

std::string JudgedAnchor::outcome() const {
    if (place.vendor == nullptr) return "not pinned";
    return is_there ? "already there" : "imported";
}

Result<std::vector<JudgedAnchor>> judge_anchors(const House& house, std::string_view file,
                                                const Trust::Confirmation& confirmed) {
    PROVOST_TRY(auto certificates, read_certificates(file));
    PROVOST_TRY(const auto records, house.store.trust());
    const auto& catalogue = house.vendors->catalogue();
    const auto wanted = sha256_from_hex(confirmed.fingerprint);
    std::vector<JudgedAnchor> judged;
    for (auto& certificate : certificates) {
        const auto fingerprint = certificate.facts.fingerprint;
        auto place = find_pin(catalogue, fingerprint);
        if (place.vendor == nullptr && wanted == fingerprint) {
            PROVOST_TRY(place, find_confirmed(catalogue, confirmed));
        }
        judged.push_back({std::move(certificate), place, is_there(records, to_hex(fingerprint))});
    }
    return judged;
}

}  // namespace provost
