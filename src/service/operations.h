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
        RawSettings policy;  // minimum_rating, window, grace, repeat_window, repeat_limit
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
        RawSettings settings;
    };
    virtual Result<Device> create(const Draft& draft, const std::string& actor) = 0;
    virtual Result<Device> change(MacAddress mac, const Draft& draft, std::optional<std::int64_t> version,
                                  const std::string& actor) = 0;
    virtual Status remove(MacAddress mac, const std::string& actor) = 0;
    // Fresh secrets, digests into the outbox, a new window: one transaction.
    virtual Result<Device> arm(MacAddress mac, bool forget_key, const std::string& actor) = 0;
    virtual Result<Device> retire(MacAddress mac, const std::string& actor) = 0;
    // A held key (R-A10): approved it becomes the pinned one; else it is forgotten.
    virtual Result<Device> settle_held_key(MacAddress mac, bool approve, const std::string& actor) = 0;

    struct Preview {
        std::string content_type, syntax, text;  // secrets masked with dots
    };
    virtual Result<Preview> preview(MacAddress mac, bool with_secrets) = 0;

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
        std::string verdict, next_step;  // in words, on where the device stands now
        std::vector<ExplainedParameter> parameters;
        std::vector<Unsent> unsent;
        std::vector<Event> contacts;  // newest first, at most 10
    };
    virtual Result<Explanation> explain(MacAddress mac) = 0;
};

}  // namespace provost
