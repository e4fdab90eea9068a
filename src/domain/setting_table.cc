// The list of neutral settings. docs/reference/settings.md is generated from it.
#include "domain/settings.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

using enum SettingScope;
using enum ValueType;

constexpr std::array settings_table = {
    // Lines. A line is one SIP account on a phone; its password is generated, never typed (R-B4).
    SettingSpec{"line.enabled", line, toggle, "", 0, 0, "the line is in use"},
    SettingSpec{"line.label", line, text, "", 0, 64, "what the phone shows beside the line key"},
    SettingSpec{"line.display_name", line, text, "", 0, 64, "the caller's name as others see it"},
    SettingSpec{"line.user", line, user_part, "", 0, 64, "user part of the AOR"},
    SettingSpec{"line.auth_user", line, user_part, "", 0, 64, "user name for digest authentication"},
    SettingSpec{"line.password", line, secret, "", 0, 0, "SIP password, for digest authentication only"},
    SettingSpec{"line.ha1", line, secret, "", 0, 0,
                "MD5 digest of auth user, realm and SIP password, for those that take it instead (RFC 7616)"},
    SettingSpec{"line.realm", line, host, "", 0, 0, "digest realm at the registrar; not sent to phones"},
    SettingSpec{"line.registrar_host", line, host, "", 0, 0, "registrar"},
    SettingSpec{"line.registrar_port", line, number, "", 0, 65535, "its port; 0: found by DNS"},
    SettingSpec{"line.transport", line, choice, "udp,tcp,tls,dns", 0, 0, "transport to the registrar"},
    SettingSpec{"line.outbound_proxy_host", line, host, "", 0, 0, "outbound proxy, for example an SBC"},
    SettingSpec{"line.outbound_proxy_port", line, number, "", 0, 65535, "its port; 0: found by DNS"},
    SettingSpec{"line.expires", line, number, "", 30, 86400, "registration expiry in seconds"},
    SettingSpec{"line.srtp", line, choice, "off,preferred,required", 0, 0, "media encryption"},
    SettingSpec{"line.codecs", line, choice_list, "opus,g722,pcma,pcmu,g729,ilbc", 0, 0,
                "codecs, best first"},
    SettingSpec{"line.dtmf", line, choice, "rfc2833,info,inband", 0, 0, "how digits travel during a call"},
    SettingSpec{"line.voicemail", line, user_part, "", 0, 64, "number dialled by the voicemail key"},
    // Keys: programmable keys beside the display.
    SettingSpec{"key.type", key, choice, "none,line,blf,speed_dial", 0, 0, "what the key does"},
    SettingSpec{"key.value", key, user_part, "", 0, 64, "number watched or dialled"},
    SettingSpec{"key.label", key, text, "", 0, 64, "text beside the key"},
    SettingSpec{"key.line", key, number, "", 1, max_lines, "line the key belongs to"},
    // Time and language.
    SettingSpec{"time.zone", global, text, "", 0, 64, "IANA time zone, such as Europe/London"},
    SettingSpec{"time.ntp_server", global, host, "", 0, 0, "time server"},
    SettingSpec{"language", global, choice, "en,de,fr,it,es,nl,pt,pl", 0, 0,
                "language of the phone's display"},
    // Where the phone calls home.
    SettingSpec{"provisioning.url", global, url, "", 0, 255, "where the phone calls home"},
    SettingSpec{"provisioning.interval", global, number, "", 300, 2592000, "seconds between call-homes"},
    SettingSpec{"provisioning.user", global, user_part, "", 0, 64,
                "user name that the phone shows us by HTTP Basic or Digest"},
    SettingSpec{"provisioning.password", global, secret, "", 0, 0, "... and its password"},
    SettingSpec{"provisioning.ca_url", global, url, "", 0, 255, "where the phone gets the CA of our server"},
    SettingSpec{"provisioning.validate_server", global, toggle, "", 0, 0,
                "the phone verifies our certificate"},
    SettingSpec{"provisioning.validate_name", global, toggle, "", 0, 0, "... and the name in it"},
    // Access to the device. Passwords are generated per device (R-D6).
    SettingSpec{"security.admin_password", global, secret, "", 0, 0,
                "administrator's password on the device"},
    SettingSpec{"security.user_password", global, secret, "", 0, 0, "user's password on the device"},
    SettingSpec{"security.web_ui", global, toggle, "", 0, 0, "embedded web interface"},
    SettingSpec{"security.menu_lock", global, toggle, "", 0, 0,
                "local menus that change settings are locked"},
    SettingSpec{"security.config_export", global, toggle, "", 0, 0, "export and backup of the settings"},
    SettingSpec{"security.config_upload", global, toggle, "", 0, 0, "phone uploads its local settings"},
    SettingSpec{"security.log_upload", global, toggle, "", 0, 0, "phone uploads its logs"},
    SettingSpec{"security.remote_shell", global, toggle, "", 0, 0, "telnet and SSH"},
    SettingSpec{"security.action_uri", global, toggle, "", 0, 0, "remote control of the phone by HTTP"},
    SettingSpec{"security.xml_browser", global, toggle, "", 0, 0, "pushed XML pages"},
    SettingSpec{"security.settings_by_sip", global, toggle, "", 0, 0, "settings changed by SIP messages"},
    SettingSpec{"security.packet_capture", global, toggle, "", 0, 0, "packet capture and port mirroring"},
    SettingSpec{"security.usb", global, toggle, "", 0, 0, "USB port"},
    SettingSpec{"security.bluetooth", global, toggle, "", 0, 0, "Bluetooth"},
    SettingSpec{"security.direct_ip_call", global, toggle, "", 0, 0, "calls by IP address"},
    SettingSpec{"security.call_forwarding", global, toggle, "", 0, 0, "forwarding set on the device (R-D3)"},
    SettingSpec{"security.sip_only_from_registrar", global, toggle, "", 0, 0, "other SIP is ignored (R-D4)"},
    SettingSpec{"security.sip_validate_server", global, toggle, "", 0, 0, "SIP over TLS verifies the server"},
    SettingSpec{"security.challenge_check_sync", global, toggle, "", 0, 0, "check-sync must authenticate"},
    SettingSpec{"security.reboot_on_check_sync", global, toggle, "", 0, 0,
                "check-sync always restarts the phone"},
    SettingSpec{"security.minimum_tls", global, choice, "1.0,1.1,1.2", 0, 0,
                "oldest TLS the phone may speak"},
    // Other ways to be configured, closed after the first contact.
    SettingSpec{"security.pnp", global, toggle, "", 0, 0, "SIP PnP by multicast"},
    SettingSpec{"security.dhcp_provisioning", global, toggle, "", 0, 0, "DHCP option gives the URL"},
    SettingSpec{"security.redirection", global, toggle, "", 0, 0, "vendor's redirection service"},
    SettingSpec{"security.cloud_management", global, toggle, "", 0, 0, "vendor's cloud management"},
    SettingSpec{"security.tr069", global, toggle, "", 0, 0, "TR-069 and TR-369 management"},
};

}  // namespace

std::span<const SettingSpec> all_settings() {
    return settings_table;
}

const SettingSpec& setting(SettingId id) {
    return settings_table.at(id);
}

std::optional<SettingId> find_setting(std::string_view name) {
    const auto* const found = std::find_if(settings_table.begin(), settings_table.end(),
                                           [&](const SettingSpec& spec) { return spec.name == name; });
    if (found == settings_table.end()) return std::nullopt;
    return static_cast<SettingId>(found - settings_table.begin());
}

}  // namespace provost
