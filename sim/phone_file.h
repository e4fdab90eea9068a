// What a simulated phone does, read from sim/phones/<vendor>.yaml: its certificate's layout, its boot
// sequence and how it remembers parameters. What a file means to the phone (syntax, absent, empty) is the
// vendor file's word.
#pragma once

#include "base/result.h"
#include "crypto/certificate_authority.h"
#include "vendor/vendor_spec.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {
class Syntax;
}

namespace provost::sim {

enum class StepKind : std::uint8_t {
    probe,      // asked for; the answer changes nothing
    overwrite,  // a file whose presence makes the phone erase what its settings files omit
    settings,   // a file of parameters, applied at the end of the boot
    upload,     // the phone sends something
};

// One request of the boot sequence.
struct Step {
    std::string id;
    StepKind kind = StepKind::probe;
    std::string method = "GET";
    std::string path;           // template; without the URL's prefix
    std::string agent;          // name of the User-Agent, see PhoneSpec::agents
    std::string after_missing;  // only if the step of this id was answered without a file
    std::string body;           // of an upload; template
    bool required = false;      // the phone's own file: without it the boot has failed
    bool absent = false;        // the phone needs "no such file"
};

// Names of the parameters that make an account, as templates with {line}; the first that is set counts.
// "name[idx=1]" names an element by an attribute.
struct AccountNames {
    std::vector<std::string> user, auth_user, password, registrar;
    std::string enabled,
        enabled_value;  // the account needs this parameter to have this value; empty: nothing
};

struct MemoryRules {
    std::vector<std::string> identified_by;  // attributes that tell elements of the same name apart
    std::vector<std::string> survives;       // prefixes of names that omission never erases
    std::vector<Pattern> secrets;            // parameters remembered as a digest only
    std::string reset_value;                 // a value that means "factory value"; empty: none
    Pattern keeps;                           // an overwrite file with a match erases nothing; no text: never
};

struct CertificateLayout {  // attribute values are templates
    Name root, issuing, subject, generic;
};

struct PhoneSpec {
    std::string vendor;  // id of its vendor file
    std::string mac_prefix, model, firmware;
    bool keep_alive = false;                                  // one connection for a whole boot
    std::vector<std::pair<std::string, std::string>> agents;  // name -> template; the first is the default
    std::vector<Step> boot;
    CertificateLayout certificate;
    MemoryRules memory;
    AccountNames account;

    [[nodiscard]] const std::string& agent(std::string_view name) const;  // an unknown name gives the default
};

// `origin` is the file's name in errors. The first mistake: P-21xx for the YAML, P-9001 for what it says,
// each with file:line:column.
Result<PhoneSpec> read_phone_file(std::string_view text, const std::string& origin);

// Phones of one vendor: what they do and what a file means to them.
struct PhoneMaker {
    PhoneSpec spec;
    OutputSpec output;
    std::uint32_t mac_prefix = 0;  // the vendor's first, or the phone file's where the vendor has any
    std::string anchor;            // id of the vendor's trust anchor that the look-alike root stands in for
    bool takes_expired = false;    // the vendor's profile takes an expired leaf
    std::shared_ptr<const Syntax> syntax;
};

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
