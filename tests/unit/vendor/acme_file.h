// A vendor file without mistakes that uses the whole language; tests edit it.
#pragma once

#include <string>
#include <string_view>

namespace provost {

inline constexpr std::string_view acme_file = R"yaml(format: 1
id: acme
name: Acme Phones
status: draft
summary: Desk phones of the X series.

sources:
  guide: Acme Administrator Guide 5.2
  forum: https://example.net/note

mac_prefixes:
  source: [guide]
  confidence: high
  prefixes: ["00:15:65", "80:5e:c0"]

models:
  source: guide
  confidence: high
  list:
    - {id: X10, matches: "X10[A-Z]?", lines: 2, keys: 4}
    - {id: X20, matches: "X20(?:W|P)?", lines: 6, keys: 10}

certificates:
  profiles:
    - id: device
      source: [guide]
      confidence: medium
      note: seen on three phones
      identity:
        - {attribute: serialNumber, pattern: "[0-9a-f-]+-(?P<mac>[0-9A-Fa-f]{12})"}
        - {attribute: CN, pattern: "(?P<mac>[0-9A-Fa-f]{12})"}
      require:
        - {attribute: O, pattern: "Acme.*"}
      generic:
        - {attribute: CN, pattern: "acme\\.example"}
        - {attribute: CN, pattern: "acme", without: serialNumber}
      tolerate: [expired_leaf, missing_client_auth]
      minimum_rsa_bits: 1024
  anchors:
    - id: root
      subject: CN=Acme Root CA,O=Acme
      sha256: "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff"
      published_at: https://acme.example/ca.pem
      profile: device
      source: [guide]
      confidence: high

access:
  source: [forum]
  confidence: medium
  certificate: some
  basic: yes
  digest: unknown
  url_credentials: no
  token_url: yes
  token_header: X-Acme

scorecard:
  factory_key: {answer: yes, source: [forum], confidence: high}
  key_protected: {answer: unknown, source: [forum], confidence: low}
  mac_in_certificate: {answer: yes, source: [forum], confidence: high}
  verifies_server: {answer: partly, source: [forum], confidence: high, note: from firmware 5 on}
  public_ca: {answer: no, source: [forum], confidence: high}
  documented: {answer: yes, source: [forum], confidence: high}

setup:
  source: [forum]
  confidence: medium
  url: "https://HOST/PATH/"
  dhcp_options: [66, 160]
  redirection: Acme Redirect
  manual: Under Settings.
  factory_reset: Forgets everything.

tls:
  source: [guide]
  confidence: medium
  minimum: "1.2"
  sni: sent

user_agents:
  - source: [forum]
    confidence: high
    pattern: "Acme (?P<model>\\S+) (?P<firmware>[0-9.]+) (?P<mac>[0-9a-f:]{17})(?: (?P<stage>[A-Z][a-z]+))?"

requests:
  mac_case: lower
  files:
    - id: device-file
      kind: device
      path: "(?P<mac>[0-9a-f]{12})\\.cfg"
      content_type: text/plain
      secrets: yes
      secret_stage: Application
      source: [guide]
      confidence: high
    - {id: model-file, kind: common, path: "model/(?P<model>[A-Za-z0-9]+)\\.cfg", content_type: text/plain, source: [guide], confidence: low}
    - {id: boot-file, kind: absent, path: "y0{12}\\.boot", source: [forum], confidence: high}
    - {id: log, kind: upload, path: "(?P<mac>[0-9a-f]{12})-app\\.log", upload_status: 204, source: [guide], confidence: medium}

output:
  source: [guide]
  confidence: high
  syntax: key-value
  options: {header: "#!version:1"}
  variants:
    - {models: X20, syntax: flat-profile, source: [forum], confidence: low}
  absent_parameter: kept
  empty_parameter: cleared
  conditional_requests: no

secrets:
  source: [guide]
  confidence: medium
  preferred: purge
  possible: [purge, rotate, retain]
  reason: Parameters that a file omits keep their value.
  sip_password: {length: 32, alphabet: default}
  admin_password: {length: 24, alphabet: default}

resync: {event: check-sync, reboot: "check-sync;reboot=true", challenges: yes, content_type: text/plain, body: again, source: [guide], confidence: high}

defaults:
  line.transport: tls
  provisioning.interval: 86400

fixed:
  - {parameter: overwrite, value: 0, reason: Keep what the file omits., source: [guide], confidence: high}
  - {parameter: legacy, value: 1, models: "X10", firmware: {below: "5.1"}, reason: Old ones only., source: [guide], confidence: high}

value_maps:
  switch: {on: 1, off: 0}

settings:
  line.user:
    - {parameter: "account.{line}.user", source: [guide], confidence: high}
  line.password:
    - {parameter: "account.{line}.password", source: [guide], confidence: high}
  line.transport:
    - parameter: "account.{line}.transport"
      values: {udp: 0, tcp: 1, tls: 2, dns: 3}
      source: [guide]
      confidence: high
  line.srtp:
    - {parameter: "account.{line}.srtp", values: {required: 2, "*": 0}, source: [guide], confidence: high}
  line.codecs:
    - {parameter: "account.{line}.codec.{item}", list: each, values: {pcmu: PCMU, g722: G722}, value: "{position}", absent: 0, source: [guide], confidence: high}
  line.voicemail:
    - {parameter: voicemail, index: 1, source: [guide], confidence: high}
  key.type:
    - parameter: "key.{key0}"
      when: {key.type: [blf], line.registrar_host: present}
      value: "fnc=blf;sub={key.value}@{line.registrar_host};nme={key.label}"
      forbid: ";="
      max_index: 8
      source: [guide]
      confidence: medium
  security.admin_password:
    - {parameter: admin, value: "admin:{value}", source: [guide], confidence: high}
  security.web_ui:
    - {parameter: web, values: {on: 1, off: 0}, firmware: {from: "5.0", below: "6"}, source: [guide], confidence: high}
    - {parameter: web_tls, values: switch, models: "X2.*", source: [guide], confidence: high}

unsupported:
  security.usb: no parameter found

quirks:
  - Asks for the common file before its own.
)yaml";

// `text` with its only `from` replaced. An empty string if `from` is not there exactly once.
inline std::string edited(std::string_view text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    if (at == text.npos || text.find(from, at + 1) != text.npos) return {};
    return std::string(text.substr(0, at)) + std::string(to) + std::string(text.substr(at + from.size()));
}

}  // namespace provost
