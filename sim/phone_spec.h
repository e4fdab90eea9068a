// What a simulated phone does, as read from sim/phones/<vendor>.yaml: its certificate's layout, its boot
// sequence, how it takes a file and what it remembers. What a file is written in, and what an omitted or an
// empty parameter means, is the vendor file's word.
#pragma once

#include "crypto/certificate_authority.h"
#include "vendor/vendor_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost::sim {

enum class StepKind : std::uint8_t {
    probe,      // asked for; the answer changes nothing
    overwrite,  // a file whose presence makes the phone erase what its settings files omit
    settings,   // a file of parameters, applied at the end of the boot
    upload,     // the phone sends something
};

// When a step is the last one of the boot.
enum class Stops : std::uint8_t { never, served, without_content };

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
    Stops stops = Stops::never;
};

// Names of the parameters that make an account, as templates with {line} or {line0}; the first that is set
// counts. "name[idx=1]" names an element by an attribute.
struct AccountNames {
    std::vector<std::string> user, auth_user, password, registrar;
    bool password_is_ha1 = false;  // MD5 of user, realm and password, in place of the password
    std::string enabled,
        enabled_value;  // the account needs this parameter to have this value; empty: nothing
};

struct NamedValue {
    std::string name, value;
    bool operator==(const NamedValue&) const = default;
};

// Parameters that the phone passes over unless another one, whose name is theirs and a suffix, has a value in
// the same file.
struct Companion {
    Pattern parameters;
    std::string suffix, value;
};

// Values that the phone takes; another one becomes `otherwise`, or leaves what was there before.
struct Accepted {
    Pattern parameters, values;
    std::optional<std::string> otherwise;
};

struct MemoryRules {
    std::vector<std::string> identified_by;  // attributes that tell elements of the same name apart
    std::vector<Pattern> secrets;            // parameters remembered as a digest only

    // The file as a whole.
    std::string first_line;                // a file that begins with anything else is passed over
    bool skips_unchanged = false;          // passes over a file of the same bytes as the last one
    std::string version;                   // parameter that must rise for a file to be taken
    std::optional<NamedValue> any_change;  // unless this one is remembered: then other bytes are enough
    Pattern keeps;                         // an overwrite file with a match erases nothing; no text: never

    // What a taken file erases.
    std::vector<std::string> survives;  // prefixes of names that omission never erases
    std::vector<std::string> wipes;  // prefixes erased before each answer is even read; and nothing else is

    // One parameter.
    std::string reset_value;               // a value that means "factory value"; empty: none
    std::optional<NamedValue> reset_mark;  // an attribute that means it
    std::string empty_text;                // a value that stores an empty text; empty: none
    bool first_counts = false;             // of two values of one name in a boot; else the last does
    std::vector<Pattern> known;            // names the phone knows; with another the whole module is dropped
    std::vector<Companion> companions;
    std::vector<Accepted> accepts;
    bool hand_wins = false;    // what was set at the phone itself beats the file
    std::string server_marks;  // unless the name begins with one of these, which are no part of it
};

enum class LoginScheme : std::uint8_t { digest_sha256, digest_md5, basic };

// Names of the parameters that tell an address in parts. Empty: there is none of this kind.
struct AddressParts {
    std::optional<NamedValue> when;   // only while this one says so does the phone go by the others
    std::optional<NamedValue> https;  // the scheme, where it is not https always; else it is http
    std::string address;              // host, port and path in one
    std::string host, port, path;     // or each for itself
    [[nodiscard]] bool any() const { return !address.empty() || !host.empty(); }
};

// How the phone proves itself at later calls where it shows no certificate, and where it calls: names of the
// parameters that tell it, the first that is set counts.
struct LoginNames {
    std::vector<std::string> user, password, url;
    Pattern user_form;  // its one group is the user, where the parameter holds more; no text: all of it
    Pattern folder;     // its one group is the folder of the address; no text: up to its last slash
    AddressParts parts;
    std::string mac_mark;  // what the phone puts its MAC for in an address that it was given; empty: nothing
    std::vector<LoginScheme> schemes;  // as the phone prefers them
};

struct CertificateLayout {  // attribute values are templates
    Name root, issuing, subject, generic;
};

struct PhoneSpec {
    std::string vendor;  // id of its vendor file
    std::string mac_prefix, model, firmware;
    bool keep_alive = false;         // one connection for a whole boot
    bool follows_redirects = false;  // 301 and 302 at once; other answers of the kind are failures
    // Name -> template; the first is the default. None: the phone sends no User-Agent, or one unheard of.
    std::vector<std::pair<std::string, std::string>> agents;
    std::vector<NamedValue> headers;  // that come with every request
    std::vector<Step> boot;
    std::optional<CertificateLayout> certificate;  // none: the phone shows no certificate
    MemoryRules memory;
    std::vector<AccountNames> accounts;  // one for all lines, or one for each
    bool accounts_by_line = false;       // ... which of them
    LoginNames login;

    [[nodiscard]] std::string_view agent(
        std::string_view name) const;  // an unknown name gives the default, if any
    // How a device of this kind is to be registered: "certificate", else the best that the phone can do of
    // "digest" and "basic" with the login and the address that its file tells it, else "token": an address
    // that is good once.
    [[nodiscard]] std::string_view access() const;
    // The names of a line's account, from 1; nullptr: there can't be one.
    [[nodiscard]] const AccountNames* account(int line) const;
};

}  // namespace provost::sim
