// Everything Provost knows about a vendor's phones, as read from its vendor file
// (docs/reference/vendor-file.md).
#pragma once

#include "base/bytes.h"
#include "crypto/old_chains.h"
#include "domain/decide.h"
#include "domain/settings.h"
#include "vendor/parameter.h"
#include "vendor/template.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <re2/re2.h>

namespace provost {

enum class Confidence : std::uint8_t { high, medium, low };

// Where a block's facts come from; every block has one.
struct Provenance {
    std::vector<std::string> sources;  // ids of the file's `sources`
    Confidence confidence = Confidence::medium;
    std::string note;
};

// A regular expression with its text; always matched against the whole input (RE2::FullMatch).
struct Pattern {
    std::string text;
    std::shared_ptr<const RE2> compiled;
};

// One way to read the device's MAC out of a subject attribute. The pattern has the one group `mac`.
struct IdentityRule {
    std::string attribute;  // OpenSSL short name: CN, serialNumber, ST, L, O, OU
    Pattern pattern;
};
struct AttributeRule {
    std::string attribute;
    Pattern pattern;
    std::string without;  // holds only for a subject that lacks this attribute; empty: for any
};

// The device-certificate profile (DESIGN section 3): what a leaf must look like to be one device's identity.
struct CertificateProfile {
    std::string id;
    std::vector<IdentityRule> identity;  // ordered alternatives; the first whose attribute matches decides
    std::vector<AttributeRule> require;  // all must match
    std::vector<AttributeRule> generic;  // any match: the same certificate in every phone
    bool tolerate_expired_leaf = false;
    bool tolerate_missing_client_auth = false;  // extended key usage present without clientAuth
    int minimum_rsa_bits = 2048;
    std::optional<OldChains> old_doors;  // what doors for old phones may take besides; no other door does
    Provenance provenance;
};

// A CA certificate of the vendor. Not in the repository: pinned, and imported by the operator.
struct TrustAnchor {
    std::string id;
    std::string subject;           // RFC 2253 form, for people
    std::optional<Sha256> sha256;  // of the DER; nullopt: the operator confirms by fingerprint
    std::string published_at;      // where the vendor publishes it; may be empty
    std::string profile;           // id of the CertificateProfile its leaves must meet
    Provenance provenance;
};

struct AgentRule {
    Pattern pattern;  // groups, each optional: model, firmware, mac, stage
    Provenance provenance;
};

struct FileRule {
    std::string id;
    FileKind kind = FileKind::unknown;
    Pattern path;              // groups: mac, model; without the door's path prefix and without leading '/'
    std::string answer_type;   // Content-Type of an answer
    std::string secret_stage;  // with a value: secrets only where the User-Agent's `stage` equals it
    bool carries_secrets = false;  // device files only
    int upload_status = 200;       // answer to PUT and POST of an upload
    Provenance provenance;
};

// What a vendor's phones do with a parameter that a file omits or sends empty.
enum class AbsentMeans : std::uint8_t { kept, reset, unknown };
enum class EmptyMeans : std::uint8_t { kept, cleared, reset, unknown };

struct Condition {  // on a setting of the same index, of the key's line, or a global one
    SettingId setting = 0;
    UrlPart part = UrlPart::whole;    // of it, where it is an URL
    bool present = false;             // must be set, to any value
    std::vector<std::string> any_of;  // or: set to one of these
    bool negate = false;              // the reverse: not set; not set to one of these (or not set at all)
};

enum class ListMode : std::uint8_t { none, join, each, nth };

// A rule "these settings become this parameter".
struct ParameterRule {
    SettingId setting = 0;  // the setting that makes it apply; its scope gives {line} or {key}
    Template name;          // parameter's name
    Template value;         // default "{value}"
    std::vector<std::pair<std::string, Template>> attributes;  // XML element attributes, in order
    std::map<std::string, std::string, std::less<>> values;    // canonical -> vendor's text; empty: as it is
    bool has_fallback = false;
    std::string fallback;  // for canonical texts that `values` lacks (key "*" in the file)
    std::vector<Condition> when;
    std::optional<Pattern>
        models;  // applies to these models only; an unknown model is matched as an empty text
    std::string firmware_from, firmware_below;  // dotted numbers, half-open range; empty: open
    std::string forbid;                         // characters the substituted texts may not contain
    SecretForm form = SecretForm::clear;        // of a secret
    bool repeats = false;                       // each line or key has a parameter of this same name
    int divide = 0;                             // a number is divided by it, rounded up; 0: as it is
    std::optional<int> least, most;             // a number beyond these becomes them (after the division)
    ListMode list = ListMode::none;
    std::string separator = ",";        // join
    int nth = 0;                        // nth: 1-based
    std::string absent_item;            // each: value for items not in the list
    std::string item_name;              // each: unused by others
    int max_index = 0;                  // lines or keys beyond it are refused; 0: the model's own limit
    int first_index = 1;                // applies to lines or keys from here ...
    int last_index = 0;                 // ... to here; 0: to all behind it
    std::vector<std::string> by_index;  // {by_index} of the first one, the next ...
    Provenance provenance;
};

// A parameter that is always sent (the vendor layer), whatever the settings say.
struct FixedParameter {
    std::string name;
    std::string value;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::optional<Pattern> models;
    std::string firmware_from, firmware_below;
    std::string reason;
    Provenance provenance;
};

// Further parameters that operators may set by name, beside those of `fixed` and `settings`.
struct RawRule {
    Pattern parameter;             // whole name
    std::optional<Pattern> value;  // what a value must look like; nullopt: any text
    std::optional<Pattern> models;
    std::vector<std::pair<std::string, std::string>> attributes;
    Provenance provenance;
};

struct ModelSpec {
    std::string id;   // T54W
    Pattern matches;  // what the User-Agent's `model` group says
    int lines = 1;
    int keys = 0;
};

struct OutputFormat {
    std::string syntax;  // "key-value", "xml-tree" ... as make_syntax() knows them
    std::map<std::string, std::string> options;
};

// Models that read another format than the vendor's others. Rules choose parameters by `models`; this chooses
// how they are written.
struct OutputVariant : OutputFormat {
    Pattern models;
    Provenance provenance;
};

struct OutputSpec : OutputFormat {
    std::vector<OutputVariant> variants;  // the first whose models match, see output_format()
    AbsentMeans absent = AbsentMeans::unknown;
    EmptyMeans empty = EmptyMeans::unknown;
    bool conditional_requests = false;  // 304 may be answered
    Provenance provenance;
};

struct SecretSpec {
    SecretMode preferred = SecretMode::purge;
    std::vector<SecretMode> possible;
    std::string reason;
    std::string password_alphabet;  // characters a generated password may use
    int sip_password_length = 32;
    int admin_password_length = 24;
    std::string admin_password_alphabet;
    std::string admin_user;  // the name that goes with the administrator's password; empty: not known
    Provenance provenance;
};

struct TlsSpec {
    std::string minimum;  // "1.2"
    std::string sni;      // "sent", "not sent", "unknown"
    std::string note;
    Provenance provenance;
};

enum class Known : std::uint8_t { yes, no, unknown };

// How phones can prove who they are, beside or instead of a certificate of their own (R-A7).
struct AccessSpec {
    enum class Certificate : std::uint8_t { all, some, none, unknown };
    Certificate certificate = Certificate::unknown;  // which models leave the factory with one
    Known basic = Known::unknown;                    // HTTP Basic over TLS
    Known digest = Known::unknown;                   // HTTP Digest over TLS
    Known url_credentials = Known::unknown;          // https://user:password@host/
    Known token_url = Known::unknown;                // a path of ours that is good once
    std::string token_header;                        // comes with every token request; empty: none
    Provenance provenance;
};

// One of the paper's requirements for client certificates (ITSPA 2014, page 5), as the vendor meets it
// (R-A9).
enum class Answer : std::uint8_t { yes, partly, no, unknown };
struct ScorecardEntry {
    std::string_view name;         // factory_key
    std::string_view requirement;  // in words
    Answer answer = Answer::unknown;
    Provenance provenance;
};

// What phones can't do.
struct Unsupported {
    SettingId setting = 0;
    std::vector<std::string> values;  // canonical texts that they have no word for; empty: the whole setting
    std::string instead;              // with `values`: what these phones get where one of them was wanted
    std::optional<Pattern> models;    // these only
    std::string why;
};

// How a phone is pointed at Provost; for people.
struct SetupSpec {
    std::string url;
    std::vector<int> dhcp_options;
    std::string redirection, manual, factory_reset;
    Provenance provenance;
};

// The SIP NOTIFY that makes these phones call home (R-F3).
struct ResyncSpec {
    std::string event;         // the Event header: "check-sync;reboot=false"; empty: the phones have none
    std::string reboot_event;  // the same, with a restart; empty: none is known
    std::string content_type, body;     // that the NOTIFY needs besides; empty: none
    Known challenges = Known::unknown;  // it asks for the account's digest (security.challenge_check_sync)
    Provenance provenance;
};

struct VendorSpec {
    std::string id;  // "acme": also the file's name
    std::string name;
    bool is_pbx = false;  // it is the far end of a SIP trunk (R-F5)
    std::string status;   // draft, checked, field-proven
    std::string summary;
    std::map<std::string, std::string> sources;
    std::vector<std::uint32_t> mac_prefixes;  // 24-bit OUIs, sorted; empty only with any_mac_prefix
    bool any_mac_prefix = false;              // a maker with hundreds of prefixes; said out loud
    bool local_macs = false;                  // software without a MAC: a locally administered one is given
    Provenance mac_prefix_provenance;
    std::vector<ModelSpec> models;
    Provenance model_provenance;
    std::vector<CertificateProfile> profiles;
    std::vector<TrustAnchor> anchors;
    AccessSpec access;
    std::vector<ScorecardEntry> scorecard;
    SetupSpec setup;
    TlsSpec tls;
    std::vector<AgentRule> agents;
    bool mac_upper_case = false;  // how the phone spells its MAC in paths
    std::vector<FileRule> files;  // the first that matches decides
    OutputSpec output;
    SecretSpec secrets;
    Settings defaults;  // the vendor layer's neutral settings
    std::vector<FixedParameter> fixed;
    std::vector<ParameterRule> parameters;
    std::vector<RawRule> raw;
    std::vector<Unsupported> unsupported;
    std::vector<std::string> quirks;  // for people: docs and `vendor show`
    ResyncSpec resync;
};

}  // namespace provost
