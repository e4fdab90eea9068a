#include "sim/fault.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost::sim {

namespace {

using enum Expectation;

constexpr std::array faults = {
    Fault{.name = "no-certificate",
          .expectation = refused,
          .meaning = "shows no client certificate",
          .credential = Credential::none},
    Fault{.name = "other-vendor-ca",
          .expectation = refused,
          .meaning = "its certificate comes from another vendor's CA, which may not vouch for its MAC",
          .credential = Credential::other_vendor_ca},
    Fault{.name = "unknown-ca",
          .expectation = refused,
          .meaning = "its certificate comes from a CA with the right name and the wrong key",
          .credential = Credential::unknown_ca},
    Fault{.name = "self-signed",
          .expectation = refused,
          .meaning = "its certificate signs itself",
          .credential = Credential::self_signed},
    Fault{.name = "other-device-url",
          .expectation = refused,
          .meaning = "asks for another phone's file",
          .claims = {.url = true}},
    Fault{.name = "other-device-agent",
          .expectation = refused,
          .meaning = "its User-Agent names another phone",
          .claims = {.agent = true}},
    Fault{.name = "other-device-query",
          .expectation = refused,
          .meaning = "the query of its URL names another phone",
          .claims = {.query = true}},
    Fault{.name = "expired",
          .expectation = refused,
          .meaning = "its certificate ended a year ago",
          .credential = Credential::expired},
    Fault{.name = "not-yet-valid",
          .expectation = refused,
          .meaning = "its certificate begins in a year",
          .credential = Credential::not_yet_valid},
    Fault{.name = "generic",
          .expectation = refused,
          .meaning = "shows the certificate that every phone of the vendor shares",
          .credential = Credential::generic},
    Fault{.name = "two-common-names",
          .expectation = refused,
          .meaning =
              "its certificate carries the naming attribute twice, with another phone's MAC in the second",
          .credential = Credential::two_names},
    Fault{.name = "nul-in-name",
          .expectation = refused,
          .meaning = "the MAC in its certificate is followed by a NUL byte and more",
          .credential = Credential::nul_in_name},
    Fault{.name = "ca-leaf",
          .expectation = refused,
          .meaning = "its certificate is a CA certificate",
          .credential = Credential::authority_leaf},
    Fault{.name = "cut-transfer",
          .expectation = served,
          .meaning = "resets the connection in the middle of its file, then asks again",
          .manner = {.cut = true},
          .repeats_orderly = true},
    Fault{.name = "slow-reader",
          .expectation = served,
          .meaning = "takes its file in small bites",
          .manner = {.slow = true}},
    Fault{.name = "wrong-path",
          .expectation = refused,
          .meaning = "asks for a path no phone asks for",
          .path = "../../etc/{mac}/passwd"},
    Fault{.name = "tls10",
          .expectation = handshake,
          .meaning = "offers TLS 1.0 only",
          .manner = {.tls10 = true}},
    Fault{.name = "http10", .expectation = served, .meaning = "speaks HTTP/1.0", .manner = {.http10 = true}},
    Fault{.name = "head-first",
          .expectation = served,
          .meaning = "asks with HEAD before GET; HEAD must not spend the delivery",
          .method = "HEAD",
          .repeats_orderly = true},
    Fault{.name = "replay", .expectation = served, .meaning = "asks for its file five times", .times = 5},
    Fault{.name = "other-key",
          .expectation = refused,
          .meaning = "boots, then comes back with a certificate for the same MAC and another key",
          .credential = Credential::other_key,
          .boots_first = true},
    Fault{.name = "clone",
          .expectation = refused,
          .meaning = "boots, then its certificate is used from another address",
          .manner = {.other_source = true},
          .boots_first = true},
};

std::size_t common_prefix(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

std::string nearest(std::string_view name) {
    const auto* const best =
        std::max_element(faults.begin(), faults.end(), [&](const Fault& a, const Fault& b) {
            return common_prefix(a.name, name) < common_prefix(b.name, name);
        });
    return std::string(best->name);
}

// The other phone's words where the fault claims to be it, the phone's own elsewhere.
PlannedRequest plan_claims(const PhoneSpec& spec, const Names& names, const Step& step, const Fault& fault,
                           MacAddress other) {
    Names others = names;
    others.mac = other;
    PlannedRequest planned = plan_step(spec, names, step, 1);
    const PlannedRequest foreign = plan_step(spec, others, step, 1);
    if (fault.claims.url) planned.step.path = foreign.step.path;
    if (fault.claims.agent) planned.step.agent = foreign.step.agent;
    if (fault.claims.query) planned.step.path += "?mac=" + other.lower();
    if (!fault.path.empty()) planned.step.path = expand(fault.path, names);
    return planned;
}

}  // namespace

std::span<const Fault> all_faults() {
    return faults;
}

const Fault* find_fault(std::string_view name) {
    const auto* const found =
        std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return fault.name == name; });
    return found == faults.end() ? nullptr : found;
}

std::string_view to_text(Expectation expectation) {
    switch (expectation) {
        case served:
            return "served";
        case refused:
            return "refused like any stranger";
        case handshake:
            return "handshake refused";
        case by_policy:
            return "as the tenant's policy says";
    }
    return "";
}

Expectation expectation_of(const Fault& fault, const PhoneMaker& maker) {
    const bool tolerated = fault.credential == Credential::expired && maker.takes_expired;
    return tolerated ? by_policy : fault.expectation;
}

bool can_show(const Fault& fault, const PhoneMaker& maker) {
    const PhoneSpec& spec = maker.spec;
    if (!spec.certificate && fault.credential != Credential::own) return false;
    constexpr MacAddress one(1), another(2);
    const Names names{.mac = one, .model = spec.model, .firmware = spec.firmware};
    const auto own =
        std::find_if(spec.boot.begin(), spec.boot.end(), [](const Step& s) { return s.required; });
    const PlannedRequest mine = plan_step(spec, names, *own, 1);
    const PlannedRequest odd = plan_claims(spec, names, *own, fault, another);
    if (fault.claims.url && odd.step.path == mine.step.path) return false;
    return !fault.claims.agent || odd.step.agent != mine.step.agent;
}

Result<FaultOrder> parse_fault_order(std::string_view text) {
    const auto colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    FaultOrder order{.fault = find_fault(name)};
    if (order.fault == nullptr) {
        return fail(
            {.code = "P-9004",
             .what = "unknown fault '" + std::string(name) + "'",
             .fix = "Did you mean '" + nearest(name) + "'? 'provost simulate faults' lists them all"});
    }
    if (colon == text.npos) return order;
    const std::string_view count = text.substr(colon + 1);
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), order.count);
    if (error != std::errc{} || end != count.data() + count.size() || order.count < 1) {
        return fail({.code = "P-9004",
                     .what = "'" + std::string(count) + "' is not a number of phones",
                     .fix = "Write NAME or NAME:COUNT, such as expired:20"});
    }
    return order;
}

Plan plan_fault(const PhoneSpec& spec, const Names& names, const Fault& fault, MacAddress other) {
    Plan plan = plan_boots(spec, names, fault.boots_first ? 1 : 0);
    const int boot = fault.boots_first ? 2 : 1;
    for (const Step& step : spec.boot) {
        if (!step.required) continue;
        PlannedRequest odd = plan_claims(spec, names, step, fault, other);
        odd.boot = boot;
        odd.step.method = fault.method;
        odd.credential = fault.credential;
        odd.manner = fault.manner;
        odd.judged = !fault.repeats_orderly;
        plan.requests.insert(plan.requests.end(), static_cast<std::size_t>(fault.times), odd);
        if (!fault.repeats_orderly) continue;
        plan.requests.push_back(plan_step(spec, names, step, boot));
        plan.requests.back().judged = true;
    }
    return plan;
}

}  // namespace provost::sim
