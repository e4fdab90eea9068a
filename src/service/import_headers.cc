#include "service/import_headers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace provost {

namespace {

using Header = std::pair<std::string_view, std::string_view>;

constexpr std::array known_headers = {
    Header{"mac address", "mac"},
    Header{"mac_address", "mac"},
    Header{"macaddress", "mac"},
    Header{"mac addr", "mac"},
    Header{"device mac", "mac"},
    Header{"device mac address", "mac"},
    Header{"device_mac_address", "mac"},
    Header{"device_address", "mac"},
    Header{"customer", "tenant"},
    Header{"company", "tenant"},
    Header{"brand", "vendor"},
    Header{"manufacturer", "vendor"},
    Header{"device_vendor", "vendor"},
    Header{"device model", "model"},
    Header{"device_model", "model"},
    Header{"phone model", "model"},
    Header{"location", "site"},
    Header{"site name", "site"},
    Header{"site_name", "site"},
    Header{"extension", "line.1.user"},
    Header{"ext", "line.1.user"},
    Header{"assign extension", "line.1.user"},
    Header{"user", "line.1.user"},
    Header{"user_id", "line.1.user"},
    Header{"sip user id", "line.1.user"},
    Header{"auth_id", "line.1.auth_user"},
    Header{"authenticate id", "line.1.auth_user"},
    Header{"display name", "line.1.display_name"},
    Header{"display_name", "line.1.display_name"},
    Header{"label", "line.1.label"},
    Header{"device_label", "line.1.label"},
    Header{"server_address", "line.1.registrar_host"},
    Header{"sip_port", "line.1.registrar_port"},
    Header{"sip_transport", "line.1.transport"},
    Header{"outbound_proxy_primary", "line.1.outbound_proxy_host"},
    Header{"register_expires", "line.1.expires"},
};

// What the other side knows of a phone and nobody has to say here.
constexpr std::array<std::string_view, 32> said_for_nothing = {
    "device_uuid",
    "device_line_uuid",
    "device_profile_uuid",
    "device_uuid_alternate",
    "domain_uuid",
    "device_template",
    "device_username",
    "device_enabled",
    "device_enabled_date",
    "device_description",
    "device_firmware_version",
    "device_provisioned_date",
    "device_provisioned_method",
    "device_provisioned_ip",
    "device_provisioned_agent",
    "line_number",
    "server_address_primary",
    "server_address_secondary",
    "outbound_proxy_secondary",
    "shared_line",
    "enabled",
    "serial number",
    "sn",
    "firmware version",
    "device status",
    "status",
    "ip",
    "ip address",
    "last seen",
    "template",
    "provisioning method",
    "provisioning profile",
};

}  // namespace

std::optional<std::string_view> known_header(std::string_view name) {
    const auto* const known = std::ranges::find(known_headers, name, &Header::first);
    if (known != known_headers.end()) return known->second;
    if (std::ranges::find(said_for_nothing, name) != said_for_nothing.end()) return std::string_view();
    return std::nullopt;
}

}  // namespace provost
