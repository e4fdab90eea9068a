// Faults a simulated phone can show, and what a good server does about each.
#pragma once

#include "base/result.h"
#include "sim/plan.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

enum class Expectation : std::uint8_t {
    served,     // gets its file and would register
    refused,    // the uniform refusal, or no handshake at all
    handshake,  // the handshake itself fails
    by_policy,  // served with a lower rating, or refused where the tenant's policy asks for more
};

struct Fault {
    std::string_view name;
    Expectation expectation;
    std::string_view meaning;  // what the phone does, and why it matters
    Credential credential = Credential::own;
    Manner manner = {};
    Claims claims = {};
    std::string_view method = "GET";
    std::string_view path = {};    // instead of the phone's own; with `{mac}` or as it is
    int times = 1;                 // how often the judged request is made
    bool boots_first = false;      // an orderly boot comes before it
    bool repeats_orderly = false;  // after it the same request once more, in order: that one is judged
};

std::span<const Fault> all_faults();
const Fault* find_fault(std::string_view name);  // nullptr: unknown
std::string_view to_text(Expectation expectation);
// What a good server does about the fault in a phone of this maker.
Expectation expectation_of(const Fault& fault, const PhoneMaker& maker);

// Whether phones of this maker can show it: a fault of a certificate needs one, a claim needs a place for it.
bool can_show(const Fault& fault, const PhoneMaker& maker);

// "expired" or "expired:20": so many phones of each vendor.
struct FaultOrder {
    const Fault* fault = nullptr;
    int count = 1;
};
Result<FaultOrder> parse_fault_order(std::string_view text);  // P-9004 with the nearest name

// The boot with the fault: only the phone's own file is asked for, as the fault says.
Plan plan_fault(const PhoneSpec& spec, const Names& names, const Fault& fault, MacAddress other);

}  // namespace provost::sim
