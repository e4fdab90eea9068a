#include "toy_door.h"

#include "sim/files.h"
#include "sim_testing.h"
#include "vendor/device_certificate.h"

#include <re2/re2.h>

namespace provost::sim::testing {

ToyDoor::ToyDoor(std::filesystem::path pki, std::vector<PhoneMaker> makers, ToyRules rules)
    : makers_(std::move(makers)), rules_(rules) {
    std::vector<ImportedAnchor> anchors;
    for (const PhoneMaker& maker : makers_) {
        const std::string& id = maker.spec.vendor;
        const VendorSpec spec = vendor_spec(id);
        anchors.push_back(
            {id, maker.anchor, spec.anchors.front().profile, must(read_file(pki / id / "root.pem"))});
        vendors_.emplace(id, spec);
    }
    trust_ = must(TrustStore::make(anchors, {}));
    listener_ = std::make_unique<ToyListener>(pki, [this](const ToyRequest& request) {
        Visit visit{request, {}, {}, {}};
        prove(visit);
        return answer(visit);
    });
}

std::vector<std::string> ToyDoor::log() {
    const std::lock_guard lock(mutex_);
    return log_;
}

void ToyDoor::prove(Visit& visit) const {
    const std::unique_ptr<X509, void (*)(X509*)> leaf(SSL_get1_peer_certificate(visit.ssl), X509_free);
    if (leaf == nullptr) return;
    const ChainVerdict chain =
        trust_->verify(leaf.get(), SSL_get_peer_cert_chain(visit.ssl), SystemClock().now());
    if (chain.fault != ChainFault::none || chain.expired_leaf) return;
    const CertificateFacts facts = must(read_certificate(leaf.get()));
    const VendorSpec& vendor = vendors_.at(chain.vendor);
    for (const CertificateProfile& profile : vendor.profiles) {
        if (profile.id != chain.profile) continue;
        visit.vendor = chain.vendor;
        visit.mac = identify(facts, profile).mac;
        visit.key = facts.key;
    }
}

bool ToyDoor::names_another(const Visit& visit) const {
    static const RE2 mac("([0-9A-Fa-f]{2}(?::?[0-9A-Fa-f]{2}){5})");
    for (re2::StringPiece text : {re2::StringPiece(visit.path), re2::StringPiece(visit.agent)}) {
        std::string found;
        while (RE2::FindAndConsume(&text, mac, &found)) {
            const auto named = MacAddress::parse(found);
            if (named && named->oui() == visit.mac->oui() && named != visit.mac) return true;
        }
    }
    return false;
}

// Another key than at first, or another place.
bool ToyDoor::is_another(const Visit& visit) {
    const auto pin = pins_.emplace(*visit.mac, visit.key).first;
    const auto source = sources_.emplace(*visit.mac, visit.source).first;
    return pin->second != visit.key || source->second != visit.source;
}

ToyReply ToyDoor::answer(const Visit& visit) {
    const std::lock_guard lock(mutex_);
    ToyReply reply;
    if (rules_.telling) reply.body = "no: " + visit.path;
    const auto log = [&](ToyReply given) {
        log_.push_back(visit.source + " " + visit.method + " " + visit.path + " " +
                       std::to_string(given.status));
        return given;
    };
    for (const PhoneMaker& maker : makers_) {
        const bool proved = visit.mac && visit.vendor == maker.spec.vendor;
        if (!rules_.lax && (!proved || names_another(visit))) continue;
        if (!visit.mac) return log({200, as_file(maker, account_values(maker, "anything"))});
        const Names names{.mac = *visit.mac, .model = maker.spec.model, .firmware = maker.spec.firmware};
        for (const Step& step : maker.spec.boot) {
            const bool asked = expand(step.path, names) == visit.path;
            const bool agent = expand(maker.spec.agent(step.agent), names) == visit.agent;
            if (asked && agent) return log(give_file(visit, maker, step));
        }
    }
    return log(reply);
}

ToyReply ToyDoor::give_file(const Visit& visit, const PhoneMaker& maker, const Step& step) {
    if (visit.method == "PUT") return {201, ""};
    if (step.absent && rules_.serves_boot_files) return {200, "# nothing\n"};
    if (step.absent) return {404, ""};
    if (!step.required) return {200, as_file(maker, account_values(maker, ""))};
    if (is_another(visit) && !rules_.lax) return {};
    const bool withheld = rules_.always_empty_handed || (rules_.once && spent_.contains(*visit.mac));
    if (visit.method == "GET") spent_.insert(*visit.mac);
    Values values = account_values(maker, withheld ? "" : password_of(*visit.mac));
    values["filler"] = std::string(2000, 'x');  // so that a cut falls into the body
    return {200, as_file(maker, values)};
}

}  // namespace provost::sim::testing
