// A settings file as the phone takes it: which of its parameters count, and what each does.
#pragma once

#include "sim/phone_maker.h"
#include "vendor/syntax/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

enum class Effect : std::uint8_t {
    set,    // to the value
    clear,  // to an empty text
    reset,  // back to the factory's value
    keep,   // named, but as it was
};

struct TakenParameter {
    std::string name;  // with the attributes that identify it: "user_name[idx=1]"
    std::string value;
    Effect effect = Effect::set;
    bool beats_hand = false;  // marked to win over what was set at the phone
};
using TakenFile = std::vector<TakenParameter>;

// By the rules for one parameter; what the vendor file calls unknown is taken as the worst case. A parameter
// that the phone passes over is not in it.
TakenFile take_parameters(const std::vector<ParsedParameter>& file, const PhoneMaker& maker);

}  // namespace provost::sim
