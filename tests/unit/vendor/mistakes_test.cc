// Planted mistakes: each is told with its place, in words, and with a way out.
#include "acme_file.h"
#include "vendor/vendor_file.h"

#include <algorithm>
#include <ostream>

#include <gtest/gtest.h>

namespace provost {
namespace {

// A '`' in `to` marks where the mistake is to be told, and is taken out before reading.
struct Planted {
    const char* name;
    const char* from;
    const char* to;
    const char* code;
    const char* what;  // part of Error::what
    const char* help;  // part of why or fix; empty: any, but not both empty
};
std::ostream& operator<<(std::ostream& out, const Planted& planted) {
    return out << planted.name;
}

std::string place_of(const std::string& text, std::size_t at) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto start = at == 0 ? text.npos : text.rfind('\n', at - 1);
    const auto column = start == text.npos ? at + 1 : at - start;
    return "vendors/acme.yaml:" + std::to_string(lines + 1) + ":" + std::to_string(column);
}

class PlantedMistake : public testing::TestWithParam<Planted> {};

TEST_P(PlantedMistake, IsToldWithPlaceAndHelp) {
    const Planted& planted = GetParam();
    std::string text = edited(acme_file, planted.from, planted.to);
    ASSERT_FALSE(text.empty()) << "the file holds '" << planted.from << "' not once";
    const auto mark = text.find('`');
    ASSERT_NE(mark, text.npos);
    text.erase(mark, 1);
    const auto outcome = read_vendor_file(text, "vendors/acme.yaml");
    EXPECT_FALSE(outcome.spec.has_value());
    std::string all;
    for (const auto& error : outcome.errors) all += error.text() + "\n";
    ASSERT_EQ(outcome.errors.size(), 1U) << all;
    const Error& error = outcome.errors.front();
    EXPECT_EQ(error.code, planted.code) << all;
    EXPECT_EQ(error.where, place_of(text, mark)) << all;
    EXPECT_NE(error.what.find(planted.what), std::string::npos) << all;
    EXPECT_NE((error.why + error.fix).find(planted.help), std::string::npos) << all;
    EXPECT_FALSE(error.why.empty() && error.fix.empty()) << all;
}

constexpr Planted people[] = {
    {"AccessWordUnknown", "basic: yes", "basic: `perhaps", "P-2107", "perhaps", "unknown"},
    {"AccessIncomplete", "access:\n  source: [forum]\n  confidence: medium\n  certificate: some\n",
     "access:\n  `source: [forum]\n  confidence: medium\n", "P-2104", "'certificate'", "Add"},
    {"AnswerUnknown", "answer: partly", "answer: `maybe", "P-2107", "maybe", "partly"},
    {"ScorecardKeyUnknown", "  documented: {",
     "  `documentation: {answer: no, source: [forum], confidence: low}\n  documented: {", "P-2103",
     "'documentation'", "documented"},
    {"DhcpOptionBeyondRange", "[66, 160]", "[66, `300]", "P-2107", "300", "254"},
    {"SetupWithoutWords", "manual: Under Settings.", "manual: `\"\"", "P-2107", "empty", "Write"},
    {"EncodingUnknown", "options: {header: \"#!version:1\"}",
     "options: {`header: \"#!version:1\", encoding: latin-1}", "P-2107", "encoding", "utf-16le"},
    {"EncodingOfXml", "syntax: flat-profile,", "syntax: flat-profile, options: {`encoding: utf-16le},",
     "P-2107", "encoding", "XML"},
    {"VariantOfUnknownSyntax", "syntax: flat-profile", "syntax: `flat-file", "P-2107", "flat-file",
     "xml-tree"},
    {"VariantPattern", "{models: X20, syntax", "{models: `\"X(\", syntax", "P-2109", "", ""},
};
constexpr Planted head[] = {
    {"FormatUnknown", "format: 1", "format: `2", "P-2107", "'2'", "1"},
    {"FormatMissing", "format: 1\n", "`", "P-2104", "'format'", "Add"},
    {"IdDiffersFromFile", "id: acme", "id: `acne", "P-2112", "acne", "acme"},
    {"IdNotASlug", "id: acme", "id: `Acme_1", "P-2107", "Acme_1", "lower-case"},
    {"NameMissing", "format: 1\nid: acme\nname: Acme Phones\n", "`format: 1\nid: acme\n", "P-2104", "'name'",
     "Add"},
    {"NameEmpty", "name: Acme Phones", "name: `\"\"", "P-2107", "empty", "Write"},
    {"NameIsAList", "name: Acme Phones", "`name: [Acme]", "P-2106", "expected a text", ""},
    {"StatusMisspelt", "status: draft", "status: `drafd", "P-2107", "drafd", "Did you mean 'draft'?"},
    {"KeyMisspelt", "summary: Desk", "`sumary: x\nsummary: Desk", "P-2103", "'sumary'",
     "Did you mean 'summary'?"},
    {"KeyTwice", "status: draft", "status: draft\n`status: draft", "P-2105", "'status'", "Remove"},
    {"SourceEmpty", "guide: Acme Administrator Guide 5.2", "guide: `\"\"", "P-2107", "empty", ""},
    {"SourceTwice", "  forum: https", "  `guide: again\n  forum: https", "P-2105", "'guide'", "ignored"},
    {"TopLevelUnknown", "quirks:", "`quircks: []\nquirks:", "P-2103", "'quircks'", "'quirks'"},
    {"QuirksNotAList", "quirks:\n  - Asks for the common file before its own.", "quirks: `Asks.", "P-2106",
     "a list", ""},
    {"UnsupportedUnknown", "security.usb: no", "`security.usbb: no", "P-2108", "security.usbb",
     "security.usb"},
    {"ResyncWithoutEvent", "{event: check-sync, reboot", "{`reboot", "P-2104", "'event'", "Add"},
};

constexpr Planted hardware[] = {
    {"UnknownSource", "list:\n    - {id: X10", "list:\n    - {`colour: red, id: X10", "P-2103", "'colour'",
     "Known are"},
    {"PrefixTooShort", "[\"00:15:65\"", "[`\"00:15\"", "P-2107", "00:15", "three bytes"},
    {"PrefixNotHex", "[\"00:15:65\"", "[`\"00:15:6g\"", "P-2107", "6g", "three bytes"},
    {"PrefixBare", "[\"00:15:65\"", "[`\"001565\"", "P-2107", "001565", "three bytes"},
    {"PrefixOfGroup", "[\"00:15:65\"", "[`\"01:00:5e\"", "P-2107", "01:00:5e", "group"},
    {"PrefixTwice", "\"80:5e:c0\"]", "\"80:5e:c0\", `\"80:5E:C0\"]", "P-2110", "80:5E:C0", "Remove"},
    {"PrefixesMissing",
     "mac_prefixes:\n  source: [guide]\n  confidence: high\n  prefixes: [\"00:15:65\", \"80:5e:c0\"]",
     "mac_prefixes:\n  `source: [guide]\n  confidence: high", "P-2104", "any: true", "vouch"},
    {"ModelTwice", "{id: X20,", "{id: `X10,", "P-2110", "X10", "Rename"},
    {"ModelWithoutLines", "{id: X10, matches: \"X10[A-Z]?\", lines: 2, keys: 4}",
     "{`id: X10, matches: \"X10[A-Z]?\", keys: 4}", "P-2104", "'lines'", "Add"},
    {"LinesNotANumber", "lines: 2, keys: 4", "lines: `two, keys: 4", "P-2107", "two", "1 to 64"},
    {"LinesZero", "lines: 2, keys: 4", "lines: `0, keys: 4", "P-2107", "'0'", "1 to 64"},
    {"LinesTooMany", "lines: 6, keys: 10", "lines: `65, keys: 10", "P-2107", "65", "1 to 64"},
    {"KeysNegative", "lines: 6, keys: 10", "lines: 6, keys: `-1", "P-2107", "-1", "0 to 256"},
    {"ModelPatternBroken", "\"X10[A-Z]?\"", "`\"X10[A-Z\"", "P-2109", "X10[A-Z", "missing"},
    {"ModelPatternCaptures", "\"X10[A-Z]?\"", "`\"X10([A-Z]?)\"", "P-2109", "X10", "(?:"},
    {"TlsMinimum", "minimum: \"1.2\"", "minimum: `\"1.4\"", "P-2107", "1.4", "Did you mean"},
    {"SniMisspelt", "sni: sent", "sni: `send", "P-2107", "send", "sent"},
    {"ConfidenceMissing", "tls:\n  source: [guide]\n  confidence: medium\n", "tls:\n  `source: [guide]\n",
     "P-2104", "'confidence'", "Add"},
};

constexpr Planted certificates[] = {
    {"AttributeUnknown", "{attribute: O, pattern", "{attribute: `organization, pattern", "P-2107",
     "organization", "CN"},
    {"IdentityWithoutMac", "pattern: \"(?P<mac>[0-9A-Fa-f]{12})\"}", "pattern: `\"[0-9A-Fa-f]{12}\"}",
     "P-2109", "mac", "(?P<mac>"},
    {"IdentityOtherGroup", "pattern: \"(?P<mac>[0-9A-Fa-f]{12})\"}",
     "pattern: `\"(?P<mak>[0-9A-Fa-f]{12})\"}", "P-2109", "mak", "mac"},
    {"IdentityTwoMacs", "pattern: \"(?P<mac>[0-9A-Fa-f]{12})\"}", "pattern: `\"(?P<mac>a)|(?P<mac>b)\"}",
     "P-2109", "refused", "twice"},
    {"RequireCaptures", "pattern: \"Acme.*\"", "pattern: `\"Acme(?P<mac>.*)\"", "P-2109", "Acme",
     "no meaning"},
    {"WithoutUnknown", "without: serialNumber", "without: `serial", "P-2107", "serial", "CN"},
    {"TolerateUnknown", "[expired_leaf, missing", "[`expired, missing", "P-2107", "expired", "expired_leaf"},
    {"OldDoorsAllowNothing", "minimum_rsa_bits: 1024", "minimum_rsa_bits: 1024\n      `old_doors: {}",
     "P-2107", "allows nothing", "sha1"},
    {"OldDoorsTakeNoMd5", "minimum_rsa_bits: 1024",
     "minimum_rsa_bits: 1024\n      old_doors: {signatures: [`md5]}", "P-2107", "md5", "sha1"},
    {"OldDoorsAskForMore", "minimum_rsa_bits: 1024",
     "minimum_rsa_bits: 1024\n      old_doors: {signatures: [sha1], minimum_rsa_bits: `2048}", "P-2111",
     "more than the main door", "smaller"},
    {"OldDoorsBelow1024", "minimum_rsa_bits: 1024",
     "minimum_rsa_bits: 1024\n      old_doors: {minimum_rsa_bits: `512}", "P-2107", "512", "1024 to 2048"},
    {"RsaTooSmall", "minimum_rsa_bits: 1024", "minimum_rsa_bits: `512", "P-2107", "512", "1024 to 4096"},
    {"ProfileUnknown", "profile: device", "profile: `phone", "P-2108", "phone", "device"},
    {"AnchorDigestShort", "sha256: \"00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00", "sha256: `\"00",
     "P-2107", "SHA-256", "32 bytes"},
    {"AnchorWithoutSubject", "- id: root\n      subject: CN=Acme Root CA,O=Acme\n", "- `id: root\n", "P-2104",
     "'subject'", "Add"},
};

constexpr Planted requests[] = {
    {"AgentGroupUnknown", "\"Acme (?P<model>\\\\S+) (?P<firmware>", "`\"Acme (?P<model>\\\\S+) (?P<version>",
     "P-2109", "Acme", "version"},
    {"PathGroupUnknown", "\"model/(?P<model>", "`\"model/(?P<firmware>", "P-2109", "model/", "no meaning"},
    {"MacCaseUnknown", "mac_case: lower", "mac_case: `small", "P-2107", "small", "upper"},
    {"FileTwice", "{id: log,", "{id: `boot-file,", "P-2110", "boot-file", "Rename"},
    {"FileIdWithBlank", "{id: log,", "{id: `log file,", "P-2107", "log file", "letters"},
    {"FileKindUnknown", "{id: boot-file, kind: absent", "{id: boot-file, kind: `missing", "P-2107", "missing",
     "absent"},
    {"PathBroken", "\"y0{12}\\\\.boot\"", "`\"y0{12\\\\.boot)\"", "P-2109", "boot", "unexpected"},
    {"PathLooksAhead", "\"y0{12}\\\\.boot\"", "`\"(?=y)0{12}\"", "P-2109", "(?=y)", "look-around"},
    {"SecretsInCommonFile", "kind: common, path", "kind: common, secrets: `yes, path", "P-2111", "'device'",
     "secrets: no"},
    {"SecretsNotAToggle", "conditional_requests: no", "conditional_requests: `false", "P-2107", "false",
     "yes"},
    {"StageWithoutSecrets", "secrets: yes\n      secret_stage: Application", "secret_stage: `Application",
     "P-2111", "secret_stage", "Remove"},
    {"StatusOfNoUpload", "{id: boot-file, kind: absent,",
     "{id: boot-file, kind: absent, upload_status: `200,", "P-2111", "upload_status", "Remove"},
    {"UploadStatusOdd", "upload_status: 204", "upload_status: `500", "P-2107", "500", "200"},
    {"AnswerWithoutType",
     "{id: model-file, kind: common, path: \"model/(?P<model>[A-Za-z0-9]+)\\\\.cfg\", content_type: "
     "text/plain,",
     "{`id: model-file, kind: common, path: \"model/(?P<model>[A-Za-z0-9]+)\\\\.cfg\",", "P-2104",
     "'content_type'", "Add"},
};

constexpr Planted output[] = {
    {"SyntaxUnknown", "syntax: key-value", "syntax: `key-values", "P-2107", "key-values", ""},
    {"OptionUnknown", "{header: \"#!version:1\"}", "{`headr: \"#!version:1\"}", "P-2107", "headr", ""},
    {"AbsentMeansUnknown", "empty_parameter: cleared", "empty_parameter: `clear", "P-2107", "clear",
     "cleared"},
    {"PreferredNotPossible", "preferred: purge\n  possible: [purge, rotate, retain]",
     "preferred: `purge\n  possible: [rotate]", "P-2111", "'possible'", "Add it"},
    {"PossibleEmpty", "preferred: purge\n  possible: [purge, rotate, retain]",
     "preferred: purge\n  possible: [`hide, purge]", "P-2107", "hide", "purge"},
    {"PurgeWithoutKeeping",
     "absent_parameter: kept\n  empty_parameter: cleared\n  conditional_requests: no\n\nsecrets:\n"
     "  source: [guide]\n  confidence: medium\n  preferred: purge\n  possible: [purge,",
     "absent_parameter: reset\n  empty_parameter: cleared\n  conditional_requests: no\n\nsecrets:\n"
     "  source: [guide]\n  confidence: medium\n  preferred: purge\n  possible: [`purge,",
     "P-2111", "'purge'", "rotate"},
    {"PasswordTooShort", "sip_password: {length: 32", "sip_password: {length: `12", "P-2107", "easy to guess",
     "128 bits"},
    {"AdminPasswordTooShort", "admin_password: {length: 24", "admin_password: {length: `8", "P-2107",
     "easy to guess", "64 bits"},
    {"AlphabetRepeats", "{length: 24, alphabet: default}", "{length: 64, alphabet: `01234567899}", "P-2107",
     "alphabet", "each once"},
    {"DefaultUnknown", "line.transport: tls\n  prov", "`line.transprot: tls\n  prov", "P-2108",
     "line.transprot", "line.transport"},
    {"DefaultWithIndex", "line.transport: tls\n  prov", "`line.1.transport: tls\n  prov", "P-2108",
     "line.1.transport", "line.transport"},
    {"DefaultIllegal", "provisioning.interval: 86400", "provisioning.interval: `12", "P-2107", "12", "300"},
    {"DefaultSecret", "provisioning.interval: 86400", "line.password: `hunter2", "P-2107", "line.password",
     "generates"},
    {"FixedWithoutReason", "{parameter: overwrite, value: 0, reason: Keep what the file omits.,",
     "{`parameter: overwrite, value: 0,", "P-2104", "'reason'", "Add"},
    {"FirmwareNotDotted", "{below: \"5.1\"}", "{below: `\"v5.1\"}", "P-2107", "v5.1", "dotted"},
    {"FirmwareKeyUnknown", "{below: \"5.1\"}", "{`until: \"5.1\"}", "P-2103", "until", "below"},
};

constexpr Planted rules[] = {
    {"SettingUnknown", "  line.user:", "  `line.usr:", "P-2108", "line.usr", "line.user"},
    {"SettingNotAList",
     "  security.web_ui:\n    - {parameter: web, values: {on: 1, off: 0}, firmware: {from: \"5.0\", below: "
     "\"6\"}, source: [guide], confidence: high}\n    - {parameter: web_tls",
     "  security.web_ui:\n    {`parameter: web_tls", "P-2106", "a list", ""},
    {"PlaceholderUnknown", "\"account.{line}.srtp\"", "`\"account.{lin}.srtp\"", "P-2101", "{lin}", "{line}"},
    {"PlaceholderSecret", "\"fnc=blf;sub={key.value}@", "`\"fnc=blf;sub={line.password}@", "P-2101", "secret",
     "its own"},
    {"NumberWithoutZero", "\"account.{line}.user\"", "`\"account.{line:2}.user\"", "P-2101", "{line:2}",
     "{line:02}"},
    {"NumberBelowZero", "\"account.{line}.user\"", "`\"account.{line-2}.user\"", "P-2111", "negative",
     "'index: {from: 2}'"},
    {"RangeBackwards", "\"account.{line}.user\",", "\"account.{line}.user\", index: {from: 3, to: `2},",
     "P-2111", "ends before", "Swap"},
    {"RangeKeyUnknown", "\"account.{line}.user\",", "\"account.{line}.user\", index: {`till: 1},", "P-2103",
     "'till'", "to"},
    {"RangeTooHigh", "\"account.{line}.user\",", "\"account.{line}.user\", index: {from: `65},", "P-2107",
     "65", "1 to 64"},
    {"ByIndexWithoutList", "\"account.{line}.user\"", "`\"account.{by_index}.user\"", "P-2111",
     "needs a list", "Add 'by_index'"},
    {"ByIndexTwice", "\"account.{line}.user\",", "\"account.{by_index}.user\", by_index: [1, `1],", "P-2110",
     "twice", "its own"},
    {"ByIndexTooShort", "\"account.{line}.user\",",
     "\"account.{by_index}.user\", index: {to: 3}, `by_index: [1, 2],", "P-2111", "2 texts", "each"},
    {"ByIndexOfGlobal", "models: \"X2.*\",", "models: \"X2.*\", `by_index: [1],", "P-2111", "no index",
     "Remove"},
    {"ByIndexUnused", "\"account.{line}.user\",", "\"account.{line}.user\", `by_index: [1, 2],", "P-2111",
     "not used", "{by_index}"},
    {"ValueMapUnknown", "  security.web_ui:",
     "  security.bluetooth:\n    - {parameter: b, values: `onoff, source: guide, confidence: high}\n"
     "  security.web_ui:",
     "P-2108", "onoff", "Add it there"},
    {"ValueMapMisspelt", "values: switch", "values: `swich", "P-2108", "swich", "'switch'"},
    {"ValueMapUnused", "value_maps:\n", "value_maps:\n  `spare: {on: 2}\n", "P-2111", "not used", "Remove"},
    {"ValueMapIsText", "  switch: {on: 1, off: 0}", "  switch: `on", "P-2106", "map", ""},
    {"ValueMapEmpty", "  switch: {on: 1, off: 0}", "  `switch: {}", "P-2106", "empty", "Write"},
    {"ValueMapGivenTwice", "  switch: {on: 1, off: 0}", "  switch: {on: 1, off: 0}\n  `switch: {on: 2}",
     "P-2105", "switch", ""},
    {"ValueMapKeyGivenTwice", "  switch: {on: 1, off: 0}", "  switch: {on: 1, `on: 0}", "P-2105", "on", ""},
    {"ValueMapOfList", "  switch: {on: 1, off: 0}", "  switch: {`on: [1], off: 0}", "P-2106", "text", ""},
    {"ValueMapOfAnotherSetting", "value_maps:\n  switch: {on: 1, off: 0}\n\nsettings:\n",
     "value_maps:\n  switch: {on: 1, off: 0}\n  levels: {low: 1}\n\nsettings:\n  security.bluetooth:\n"
     "    - {parameter: b, values: `levels, source: guide, confidence: high}\n",
     "P-2107", "in 'levels': 'low' is no value of security.bluetooth", "map of its own"},
    {"AsOfNoSecret", "models: \"X2.*\",", "models: \"X2.*\", as: `md5-crypt,", "P-2111", "not a secret",
     "Remove"},
    {"AsUnknown", "  security.web_ui:",
     "  security.user_password:\n    - {parameter: up, as: `sha0, source: guide, confidence: high}\n"
     "  security.web_ui:",
     "P-2107", "sha0", "md5-crypt"},
    {"AsOfWordsAlone", "  security.web_ui:",
     "  security.user_password:\n    - {parameter: up, value: 1, as: `md5-crypt, source: guide, confidence: "
     "high}\n  security.web_ui:",
     "P-2111", "no secret", "Remove"},
    {"LeastOfNoNumber", "models: \"X2.*\",", "models: \"X2.*\", least: `60,", "P-2111", "not a number",
     "Remove"},
    {"MostBelowLeast", "  security.web_ui:",
     "  line.expires:\n    - {parameter: \"e{line}\", least: 60, most: `30, source: guide, confidence: "
     "high}\n"
     "  security.web_ui:",
     "P-2111", "below 'least'", "Swap"},
    {"DivideAndValues", "  security.web_ui:",
     "  line.expires:\n    - {parameter: \"e{line}\", divide: `60, values: {\"*\": 1}, source: guide, "
     "confidence: "
     "high}\n  security.web_ui:",
     "P-2111", "looked up", "Remove one"},
    {"RepeatOfGlobal", "models: \"X2.*\",", "models: \"X2.*\", repeat: `yes,", "P-2111", "no index",
     "Remove"},
    {"RepeatNoToggle", "\"account.{line}.user\",", "\"account.{line}.user\", repeat: `often,", "P-2107",
     "often", "yes"},
    {"PartOfNoUrl", "value: \"fnc=blf;sub={key.value}@", "value: `\"fnc=blf;sub={language.host}@", "P-2101",
     "{language.host}", "'{{'"},
    {"PartOfUrlUnknown", "\"fnc=blf;sub={key.value}@", "`\"fnc=blf;sub={provisioning.url.prot}@", "P-2101",
     "{provisioning.url.prot}", "'{provisioning.url.port}'"},
    {"NameWithPartOfUrl", "\"account.{line}.srtp\"", "`\"account.{line}.{provisioning.url.host}\"", "P-2111",
     "free text", "any parameter"},
    {"NameWithoutItem", "\"account.{line}.codec.{item}\"", "`\"account.{line}.codec\"", "P-2111",
     "every item", "{item}"},
    {"SecretWithValues", "\"account.{line}.password\",", "\"account.{line}.password\", values: {`\"*\": x},",
     "P-2111", "secret", "renderer"},
    {"ConditionOnSecret", "when: {key.type: [blf],", "when: {key.type: [blf], `line.password: {not: [x]},",
     "P-2111", "compared", "present"},
    {"ConditionOnList", "when: {key.type: [blf],", "when: {key.type: [blf], `line.codecs: [pcmu],", "P-2111",
     "compared", "present"},
    {"PlaceholderOpen", "\"account.{line}.user\"", "`\"account.{line.user\"", "P-2101", "partner", "{{"},
    {"PlaceholderClosed", "\"account.{line}.srtp\"", "`\"account.{line}}.srtp\"", "P-2101", "partner", "}}"},
    {"NameWithoutIndex", "\"account.{line}.user\"", "`account.user", "P-2111", "every line", "{line}"},
    {"NameWithValue", "\"account.{line}.srtp\"", "`\"account.{line}.{value}\"", "P-2111", "free text",
     "any parameter"},
    {"KeyInALine", "\"account.{line}.user\"", "`\"account.{line}.{key}\"", "P-2111", "no index", "own line"},
    {"LineInAGlobal", "parameter: web,", "parameter: `\"web.{line}\",", "P-2111", "no index", "own line"},
    {"ItemWithoutList", "\"account.{line}.srtp\"", "`\"account.{line}.{item}\"", "P-2111", "{item}", "list"},
    {"ValueIllegal", "{udp: 0, tcp: 1,", "{udp: 0, `tpc: 1,", "P-2107", "tpc", "tcp"},
    {"ValueNotCanonical", "parameter: web, values: {on: 1,", "parameter: web, values: {`yes: 1,", "P-2107",
     "yes", "Write 'on'"},
    {"ValueTwice", "{udp: 0, tcp: 1,", "{udp: 0, `udp: 1,", "P-2105", "udp", "Remove"},
    {"SecretInTheMiddle", "value: \"admin:{value}\"", "value: `\"admin:{value};\"", "P-2111", "secret",
     "{value}"},
    {"SecretTwice", "value: \"admin:{value}\"", "value: `\"{value}{value}\"", "P-2111", "secret", "{value}"},
    {"ConditionSettingUnknown", "when: {key.type: [blf],", "when: {`key.tipe: [blf],", "P-2108", "key.tipe",
     "key.type"},
    {"ConditionOnPartUnknown", "when: {key.type: [blf],", "when: {`provisioning.url.prot: present,", "P-2108",
     "provisioning.url.prot", ""},
    {"ConditionValueIllegal", "when: {key.type: [blf],", "when: {key.type: [`bfl],", "P-2107", "bfl", "blf"},
    {"ConditionWordUnknown", "line.registrar_host: present}", "line.registrar_host: `preset}", "P-2107",
     "preset", "present"},
    {"ConditionOutOfReach", "models: \"X2.*\",", "models: \"X2.*\", when: {`line.user: present},", "P-2111",
     "no index", "own line"},
    {"ListOfNoList", "\"account.{line}.srtp\",", "\"account.{line}.srtp\", list: `join,", "P-2111",
     "not a list", "Remove"},
    {"EachWithoutAbsent",
     "- {parameter: \"account.{line}.codec.{item}\", list: each, values: {pcmu: PCMU, g722: G722}, value: "
     "\"{position}\", absent: 0,",
     "- {`parameter: \"account.{line}.codec.{item}\", list: each, values: {pcmu: PCMU, g722: G722}, value: "
     "\"{position}\",",
     "P-2104", "'absent'", "Add"},
    {"SeparatorOutsideJoin", "value: \"{position}\", absent: 0,",
     "value: \"{position}\", absent: 0, separator: `\";\",", "P-2111", "list: join", "Remove"},
    {"MaxIndexOfGlobal", "models: \"X2.*\",", "models: \"X2.*\", max_index: `3,", "P-2111", "no index",
     "Remove"},
    {"MaxIndexTooHigh", "max_index: 8", "max_index: `257", "P-2107", "257", "1 to 256"},
    {"DivideNoNumber", "models: \"X2.*\",", "models: \"X2.*\", divide: `60,", "P-2111", "not a number",
     "Remove"},
    {"RuleKeyMisspelt", "forbid: \";=\"", "`forbidden: \";=\"", "P-2103", "forbidden", "forbid"},
    {"RuleSourceUnknown", "firmware: {from: \"5.0\", below: \"6\"}, source: [guide]",
     "firmware: {from: \"5.0\", below: \"6\"}, source: [`gide]", "P-2108", "gide", "guide"},
};

constexpr Planted yaml[] = {
    {"TabIndents", "  guide: Acme", "`\tguide: Acme", "P-2102", "YAML", ""},
    {"Alias", "name: Acme Phones", "name: `*x", "P-2102", "alias", "Write"},
    {"Tag", "name: Acme Phones", "name: `!!str Acme Phones", "P-2102", "tag", "'!'"},
    {"KeyIsAList", "format: 1", "format: 1\n`? [a]\n: b", "P-2102", "key", "word"},
    {"ControlCharacter", "name: Acme Phones", "`name: Acme\x01 Phones", "P-2102", "control", "UTF-8"},
};

std::string planted_name(const testing::TestParamInfo<Planted>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Head, PlantedMistake, testing::ValuesIn(head), planted_name);
INSTANTIATE_TEST_SUITE_P(People, PlantedMistake, testing::ValuesIn(people), planted_name);
INSTANTIATE_TEST_SUITE_P(Hardware, PlantedMistake, testing::ValuesIn(hardware), planted_name);
INSTANTIATE_TEST_SUITE_P(Certificates, PlantedMistake, testing::ValuesIn(certificates), planted_name);
INSTANTIATE_TEST_SUITE_P(Requests, PlantedMistake, testing::ValuesIn(requests), planted_name);
INSTANTIATE_TEST_SUITE_P(Output, PlantedMistake, testing::ValuesIn(output), planted_name);
INSTANTIATE_TEST_SUITE_P(Rules, PlantedMistake, testing::ValuesIn(rules), planted_name);
INSTANTIATE_TEST_SUITE_P(Yaml, PlantedMistake, testing::ValuesIn(yaml), planted_name);

}  // namespace
}  // namespace provost
