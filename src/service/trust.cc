#include "service/trust.h"

#include "domain/text.h"
#include "service/tenants.h"
#include "service/trust_judgement.h"

#include <algorithm>

namespace provost {

namespace {

TrustRecord anchor_record(const LoadedCertificate& certificate, const AnchorPlace& place) {
    TrustRecord record;
    record.kind = "anchor";
    record.vendor = place.vendor->id;
    record.anchor = place.anchor->id;
    record.profile = place.anchor->profile;
    record.fingerprint = to_hex(certificate.facts.fingerprint);
    record.pem = certificate.pem;
    return record;
}

std::optional<OldChains> old_chains_of(const TrustRecord& record, const Catalogue& catalogue) {
    const auto* const vendor = catalogue.find(record.vendor);
    if (vendor == nullptr) return std::nullopt;
    const auto profile = std::find_if(vendor->profiles.begin(), vendor->profiles.end(),
                                      [&](const auto& one) { return one.id == record.profile; });
    return profile == vendor->profiles.end() ? std::nullopt : profile->old_doors;
}

Result<TrustView> view_of(const std::vector<TrustRecord>& records, const House& house,
                          const DoorTraits& door) {
    std::vector<ImportedAnchor> anchors;
    std::vector<RevocationList> lists;
    TrustView view;
    view.old_door = door.old_tls;
    for (const auto& record : records) {
        const bool served = door.serves(record.vendor);
        if (record.kind == "anchor" && served) {
            anchors.push_back({record.vendor, record.anchor, record.profile, record.pem});
            if (door.old_tls) anchors.back().old = old_chains_of(record, house.vendors->catalogue());
        }
        if (record.kind == "crl" && served) lists.push_back({record.vendor, record.pem});
        const auto digest = sha256_from_hex(record.fingerprint);
        if (digest && record.kind == "refuse-certificate") view.refused_certificates.insert(*digest);
        if (digest && record.kind == "refuse-key") view.refused_keys.insert(*digest);
    }
    PROVOST_TRY(view.store, TrustStore::make(anchors, lists));
    view.catalogue = std::shared_ptr<const Catalogue>(house.vendors, &house.vendors->catalogue());
    return view;
}

}  // namespace

Result<std::vector<TrustDecision>> Trust::import(std::string_view file, const Confirmation& confirmed,
                                                 const std::string& actor) {
    PROVOST_TRY(const auto judged, judge_anchors(house_, file, confirmed));
    std::vector<TrustDecision> decisions;
    for (const auto& one : judged) {
        TrustDecision decision{one.certificate.subject, to_hex(one.certificate.facts.fingerprint), "", "",
                               one.outcome()};
        if (one.place.vendor != nullptr) {
            decision.vendor = one.place.vendor->id;
            decision.anchor = one.place.anchor->id;
            if (!one.is_there) PROVOST_CHECK(add(anchor_record(one.certificate, one.place), actor));
        }
        decisions.push_back(std::move(decision));
    }
    return decisions;
}

Status Trust::import_crl(std::string_view file, const std::string& vendor, const std::string& actor) {
    TrustRecord record;
    record.kind = "crl";
    record.vendor = vendor;
    record.pem = file;
    return add(std::move(record), actor);
}

Status Trust::refuse(const std::string& kind, const std::string& fingerprint, const std::string& reason,
                     const std::string& actor) {
    const auto digest = sha256_from_hex(fingerprint);
    if ((kind != "certificate" && kind != "key") || !digest)
        return fail({"P-4205", "nothing to refuse", "fingerprint",
                     "it takes 'certificate' or 'key' and 64 hexadecimal digits"});
    TrustRecord record;
    record.kind = "refuse-" + kind;
    record.fingerprint = to_hex(*digest);
    record.reason = reason;
    return add(std::move(record), actor);
}

Result<std::vector<TrustView>> Trust::views_of(const std::vector<TrustRecord>& records) const {
    std::vector<TrustView> views;
    for (const auto& door : doors_) {
        PROVOST_TRY(auto view, view_of(records, house_, door.traits));
        views.push_back(std::move(view));
    }
    return views;
}

// The new row must make whole views before it is written: a broken anchor or list never replaces a good
// view, nor stops the next start.
Status Trust::add(TrustRecord record, const std::string& actor) {
    record.at = house_.clock.now();
    record.actor = actor;
    PROVOST_TRY(auto records, house_.store.trust());
    records.push_back(record);
    if (const auto made = views_of(records); !made) return fail(made.error());
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.insert_trust(record));
        auto event = change_event("trust." + record.kind, actor, record.at);
        event.vendor = record.vendor;
        event.detail = record.anchor + " " + record.fingerprint + " " + record.reason;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return reload();
}

Status Trust::remove(std::int64_t id, const std::string& actor) {
    PROVOST_TRY(auto records, house_.store.trust());
    std::erase_if(records, [&](const TrustRecord& one) { return one.id == id; });
    if (auto made = views_of(records); !made)
        return fail({made.error().code, "the row can't go while another needs it", "trust",
                     made.error().text(), "Remove the revocation list that this CA signed first."});
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.delete_trust(id));
        auto event = change_event("trust.removed", actor, house_.clock.now());
        event.detail = std::to_string(id);
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return reload();
}

Status Trust::reload() {
    PROVOST_TRY(const auto records, house_.store.trust());
    PROVOST_TRY(auto views, views_of(records));
    for (std::size_t i = 0; i < doors_.size(); ++i) doors_[i].judge->replace(std::move(views[i]));
    return {};
}

Result<TrustView> make_trust_view(const House& house, const DoorTraits& door) {
    PROVOST_TRY(const auto records, house.store.trust());
    return view_of(records, house, door);
}

}  // namespace provost
