// The requests a phone is going to make, as data.
#pragma once

#include "sim/names.h"
#include "sim/phone_maker.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provost::sim {

// What the phone shows in the handshake. All but `own` and `none` are made for the occasion (credentials.h).
enum class Credential : std::uint8_t {
    own,
    none,
    other_vendor_ca,
    unknown_ca,
    self_signed,
    expired,
    not_yet_valid,
    generic,
    two_names,
    nul_in_name,
    authority_leaf,
    other_key,
};

// How the exchange itself is odd.
struct Manner {
    bool http10 = false;        // HTTP/1.0
    bool tls10 = false;         // offers TLS 1.0 only
    bool cut = false;           // resets the connection in the middle of the body
    bool slow = false;          // takes a few hundred bytes, waits, and so on
    bool other_source = false;  // comes from 127.0.0.2
    bool operator==(const Manner&) const = default;
};

// Claims that name another phone.
struct Claims {
    bool url = false, agent = false, query = false;
};

struct PlannedRequest {
    Step step;     // path, body and agent expanded
    int boot = 1;  // counted from 1
    Credential credential = Credential::own;
    Manner manner = {};
    bool judged = false;  // its answer decides whether a fault's expectation held
};

struct Plan {
    std::vector<PlannedRequest> requests;
    bool keep_alive = false;
};

// `boots` orderly boots.
Plan plan_boots(const PhoneSpec& spec, const Names& names, int boots);
PlannedRequest plan_step(const PhoneSpec& spec, const Names& names, const Step& step, int boot);

}  // namespace provost::sim
