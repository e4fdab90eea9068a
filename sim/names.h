// The words of one phone, and the small templates of a phone file that use them.
#pragma once

#include "base/mac_address.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace provost::sim {

// {mac} {MAC} {mac_colons} {mac_dashes} {MAC_dashes}  the phone's MAC
// {model} {firmware}                                  as the phone file says
// {serial}                                            made from the MAC
// {line} {line0}                                      the account's number, from 1 and from 0
struct Names {
    MacAddress mac;
    std::string_view model = {};
    std::string_view firmware = {};
    int line = 0;
};

// Replaces every placeholder; one that is unknown stays as it is, so check the template first.
std::string expand(std::string_view text, const Names& names);

// P-9001 with the first placeholder that expand() does not know.
Status check_template(std::string_view text);

}  // namespace provost::sim
