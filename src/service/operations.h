// Use cases of operators: what the REST resources and the CLI call. Every change is audited by an Event with
// `actor`.
#pragma once

#include "service/policy_snapshot.h"
#include "service/store.h"
#include "vendor/catalogue.h"
#include "vendor/parameter.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace provost {

// What a tenant, site, model or device may be given: raw texts as a person typed them.
using RawSettings = std::map<std::string, std::string>;

class Tenants {
 public:
    virtual ~Tenants() = default;
    struct Draft {
        std::string slug, name, parent;  // parent: slug or empty
        RawSettings settings;
        RawSettings policy;  // minimum_rating, window, grace, repeat_window, repeat_limit, fallback ...
    };
    virtual Result<Tenant> create(const Draft& draft, const std::string& actor) = 0;  // P-2011 ... P-2013
    // Fields given replace; a setting with an empty text is removed. P-2015 if `version` is not the current
    // one.
    virtual Result<Tenant> change(const std::string& slug, const Draft& draft,
                                  std::optional<std::int64_t> version, const std::string& actor) = 0;
    virtual Status remove(const std::string& slug, const std::string& actor) = 0;
    virtual Status put_site(const std::string& tenant, const std::string& site, const RawSettings& settings,
                            const std::string& actor) = 0;
    virtual Status put_model(const std::string& tenant, const std::string& vendor, const std::string& model,
                             const RawSettings& settings, const std::string& actor) = 0;
};

class Devices {
 public:
    virtual ~Devices() = default;
    struct Draft {
        std::string mac, tenant, vendor, model, site, secret_mode;  // vendor empty: from the MAC prefix
        std::string access;  // certificate, digest, basic, token; empty: as it is, at first certificate
        RawSettings settings;
    };
    virtual Result<Device> create(const Draft& draft, const std::string& actor) = 0;
    virtual Result<Device> change(MacAddress mac, const Draft& draft, std::optional<std::int64_t> version,
                                  const std::string& actor) = 0;
    virtual Status remove(MacAddress mac, const std::string& actor) = 0;
    struct Arming {
        bool forget_key = false;  // the pinned one: the phone was replaced
        std::string reason;       // for the audit trail; may be empty
    };
    // Fresh secrets, digests into the outbox, a new window: one transaction.
    virtual Result<Device> arm(MacAddress mac, const Arming& arming, const std::string& actor) = 0;
    // An address that is good for one delivery (R-A7); it is told once and kept nowhere.
    struct TokenDraft {
        std::string networks;  // "192.0.2.0/24,..."; empty: no limit besides the tenant's
        std::string window;    // "24h"; empty: that
    };
    struct Token {
        std::string url;      // what begins the address; the phone adds the name of its file
        std::string address;  // as the vendor's phones are given it
        Timestamp until{};
        Networks networks;
    };
    virtual Result<Token> make_token(MacAddress mac, const TokenDraft& draft, const std::string& actor) = 0;
    virtual Result<Device> revoke_token(MacAddress mac, const std::string& actor) = 0;
    virtual Result<Device> retire(MacAddress mac, const std::string& actor) = 0;
    // A held key (R-A10): approved it becomes the pinned one; else it is forgotten.
    virtual Result<Device> settle_held_key(MacAddress mac, bool approve, const std::string& actor) = 0;

    struct Preview {
        std::string content_type, syntax, text;  // secrets masked with dots
        std::vector<std::string> findings;       // why it would not be served; empty: it would
    };
    virtual Result<Preview> preview(MacAddress mac, bool with_secrets) = 0;

    // A rule of the hardening profile and what this phone's file makes of it.
    struct LintedRule {
        std::string rule, requirement, severity, says;
        std::string state;  // kept; broken: the file is not served; lifted: by an exception; cannot: says the
                            // vendor file; not here: nothing in this phone's file is about it
        std::string detail;  // in words
    };
    virtual Result<std::vector<LintedRule>> lint(MacAddress mac) = 0;  // the profile's order

    // What a layer asked for and did not get, for want of an exception from the hardening profile.
    struct Overruled {
        std::string setting, value, layer, layer_name, rule;
    };
    // What one layer says of a setting or parameter.
    struct Said {
        std::string layer, layer_name, value;
    };
    struct ExplainedParameter {
        std::string parameter, value, setting, layer, layer_name, why;
        bool secret = false;
        std::string rule, sources, confidence;  // of the vendor file; empty for an override
        std::vector<Said> otherwise;            // what the other layers say, the nearest first
    };
    // What is set and yet is in no parameter.
    struct Unsent {
        std::string setting, value, layer, layer_name, why;
    };
    struct Explanation {
        Device device;
        std::string tenant;
        int rating = 0;
        std::string rating_reason, rating_raise;
        bool known = true;  // false: it is in no tenant; then there are a verdict and contacts, and no more
        std::string kind;   // of the verdict: docs/reference/verdicts.md
        std::string verdict, next_step;  // in words, on where the device stands now
        std::string customer;            // what to tell the customer; empty: nothing
        std::vector<ExplainedParameter> parameters;
        std::vector<Overruled> overruled;
        std::vector<Unsent> unsent;
        std::vector<HardeningException> exceptions;  // that hold for it now
        std::vector<Event> contacts;                 // newest first, at most 10
    };
    virtual Result<Explanation> explain(MacAddress mac) = 0;
};

}  // namespace provost
