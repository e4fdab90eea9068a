// A small hardening profile without mistakes, for tests beside the vendor file of acme_file.h.
#pragma once

#include <string_view>

namespace provost {

inline constexpr std::string_view acme_profile = R"yaml(format: 1
rules:
  - {id: sip-over-tls, requirement: R-D5, severity: high, setting: line.transport, value: tls, says: SIP over TLS}
  - {id: media-encrypted, requirement: R-D5, severity: medium, setting: line.srtp, value: preferred, also: [required], says: media}
  - {id: web-ui-off, requirement: R-D2, severity: low, setting: security.web_ui, value: off, says: no web interface}
  - {id: usb-off, requirement: R-D1, severity: low, setting: security.usb, value: off, says: no USB}
passwords:
  - {id: sip-password, requirement: R-B4, severity: high, secret: line.password, shortest: 20, says: its own}
  - {id: admin-password, requirement: R-D6, severity: high, secret: security.admin_password, shortest: 16, says: its own}
factory_passwords: [Admin, "0000", correct-horse-battery]
)yaml";

}  // namespace provost
