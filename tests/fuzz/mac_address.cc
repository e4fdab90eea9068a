// A MAC address that was read is written in every spelling so that it reads back.
#include "base/mac_address.h"

#include "fuzz.h"

using provost::MacAddress;
using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = provost::fuzz::text_of(data, size);
    const auto bare = MacAddress::parse_bare(text);
    const auto mac = MacAddress::parse(text);
    require(!bare || bare == mac, "a bare address is an address");
    require(!bare || text.size() == 12, "a bare address has twelve digits");
    if (!mac) return 0;
    require(text.size() <= 17, "an address has at most 17 characters");
    require(MacAddress::parse_bare(mac->lower()) == mac, "lower case reads back");
    require(MacAddress::parse_bare(mac->upper()) == mac, "upper case reads back");
    require(MacAddress::parse(mac->colons()) == mac, "colons read back");
    return 0;
}
