// The phones of one vendor: what its phone file and its vendor file say of them.
#pragma once

#include "base/result.h"
#include "sim/names.h"
#include "sim/phone_spec.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace provost {
class Syntax;
}

namespace provost::sim {

struct PhoneMaker {
    PhoneSpec spec;
    OutputSpec output;
    std::uint32_t mac_prefix = 0;  // the vendor's first, or the phone file's where the vendor has any
    std::string anchor;  // id of the trust anchor that the look-alike root stands in for; may be empty
    bool takes_expired = false;  // the vendor's profile takes an expired leaf
    std::shared_ptr<const Syntax> syntax;
};

// What the texts of a phone of this maker can name.
Names names_of(const PhoneMaker& maker, MacAddress mac);

// P-9001, or what the syntax said.
Result<PhoneMaker> make_maker(PhoneSpec spec, const VendorSpec& vendor);

// Where <vendor>.yaml lies, once as the server reads it and once as a phone file.
struct MakerFolders {
    std::filesystem::path vendors, phones;
};
// P-9002 for a file that can't be read.
Result<PhoneMaker> load_maker(const MakerFolders& folders, const std::string& vendor);
// Ids of the vendors with a phone file, sorted.
std::vector<std::string> list_makers(const MakerFolders& folders);

}  // namespace provost::sim
