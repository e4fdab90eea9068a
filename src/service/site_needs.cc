#include "service/site_needs.h"

#include "domain/text.h"
#include "service/configuration.h"
#include "service/tenants.h"
#include "vendor/url_part.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace provost {

namespace {

constexpr std::size_t devices_at_once = 1000;
constexpr std::uint16_t sip_port = 5060, sips_port = 5061, ntp_port = 123;

std::uint16_t port_in(std::string_view text) {
    std::uint16_t port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port;
}

std::string without_brackets(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    return std::string(host);
}

std::string_view value_of(const EffectiveSettings& settings, std::string_view name) {
    const auto* const found = find(settings, {find_setting(name).value(), 0});
    return found == nullptr ? std::string_view() : found->value;
}

void add_url(std::string_view purpose, std::string_view url, std::set<SiteNeed>& needs) {
    const auto host = without_brackets(url_part(url, UrlPart::host));
    if (host.empty()) return;
    const auto port = port_in(url_part(url, UrlPart::port));
    needs.insert({std::string(purpose), "tcp", host, port, port});
}

void add_sip(const std::string& host, std::uint16_t port, std::string_view transport,
             std::set<SiteNeed>& needs) {
    const bool by_dns = transport.empty() || transport == "dns";
    const auto add = [&](const char* protocol, std::uint16_t usual) {
        const auto there = port == 0 ? usual : port;
        needs.insert({"sip", protocol, host, there, there});
    };
    if (by_dns || transport == "udp") add("udp", sip_port);
    if (by_dns || transport == "tcp") add("tcp", sip_port);
    if (by_dns || transport == "tls") add("tcp", sips_port);
}

void add_line(const EffectiveSettings& settings, std::uint16_t line, MediaPorts media,
              std::set<SiteNeed>& needs) {
    auto host = line_setting(settings, "line.outbound_proxy_host", line);
    auto port = line_setting(settings, "line.outbound_proxy_port", line);
    if (host.empty()) {
        host = line_setting(settings, "line.registrar_host", line);
        port = line_setting(settings, "line.registrar_port", line);
    }
    if (host.empty()) return;
    const auto there = without_brackets(host);
    add_sip(there, port_in(port), line_setting(settings, "line.transport", line), needs);
    needs.insert({"media", "udp", there, media.from, media.to});
}

std::string ports_of(const SiteNeed& need) {
    return need.from == need.to ? std::to_string(need.from)
                                : std::to_string(need.from) + "-" + std::to_string(need.to);
}

void add_phones(std::string& script, const Networks& phones, bool v4) {
    for (const auto& network : phones)
        if (network.address.is_v4() == v4) script += "    " + network.text() + ",\n";
}

void add_set(std::string& script, const Networks& phones, bool v4) {
    script += std::string("  set phones") + (v4 ? "4 {\n    type ipv4_addr\n" : "6 {\n    type ipv6_addr\n");
    script += "    flags interval\n    auto-merge\n";
    std::string elements;
    add_phones(elements, phones, v4);
    if (!elements.empty()) script += "    elements = {\n" + elements + "    }\n";
    script += "  }\n";
}

void add_rules(std::string& script, const ResolvedNeed& resolved) {
    const auto& need = resolved.need;
    for (const auto& address : resolved.addresses) {
        const bool v4 = address.is_v4();
        script += std::string("    ") +
                  (v4 ? "ip saddr @phones4 ip daddr " : "ip6 saddr @phones6 ip6 daddr ") + address.text() +
                  " " + need.protocol + " dport " + ports_of(need) + " accept comment \"" + need.purpose +
                  "\"\n";
    }
}

}  // namespace

std::vector<SiteNeed> needs_of(const EffectiveSettings& settings, MediaPorts media) {
    std::set<SiteNeed> needs;
    add_url("provisioning", value_of(settings, "provisioning.url"), needs);
    add_url("ca", value_of(settings, "provisioning.ca_url"), needs);
    if (const auto host = value_of(settings, "time.ntp_server"); !host.empty())
        needs.insert({"time", "udp", without_brackets(host), ntp_port, ntp_port});
    for (const auto line : lines_in_use(settings)) add_line(settings, line, media, needs);
    return {needs.begin(), needs.end()};
}

Result<std::map<SiteNeed, std::int64_t>> site_needs(const House& house, const std::string& tenant,
                                                    const std::string& site, MediaPorts media) {
    const auto policies = house.policies.current();
    PROVOST_TRY(const auto* const view, find_tenant(*policies, tenant));
    DeviceFilter filter;
    filter.tenant = view->tenant.id;
    std::map<SiteNeed, std::int64_t> needs;
    std::int64_t devices = 0;
    static const Settings no_defaults;
    for (Page page{"", devices_at_once};;) {
        PROVOST_TRY(const auto some, house.store.devices(filter, page));
        for (const auto& device : some) {
            if (device.site != site || device.state == DeviceState::retired) continue;
            ++devices;
            const auto* const vendor = house.vendors->find(device.vendor);
            const auto layers = policies->layers(device, vendor == nullptr ? no_defaults : vendor->defaults);
            for (auto& need : needs_of(merge(layers), media)) ++needs[std::move(need)];
        }
        if (some.size() < devices_at_once) break;
        page.after = some.back().mac.lower();
    }
    if (devices == 0)
        return fail({"P-2016",
                     "tenant '" + tenant + "' has no device at a site '" + printable(site, 64) + "'", "site",
                     "", "'provost device list --tenant " + tenant + "' shows those there are."});
    return needs;
}

std::string site_firewall(const std::string& site, const std::vector<ResolvedNeed>& needs,
                          const Networks& phones) {
    std::string script = "# What the phones of site '" + printable(site, 64) +
                         "' may reach. Load it on the site's router: nft -f FILE\n"
                         "table inet provost_site\n"
                         "delete table inet provost_site\n"
                         "table inet provost_site {\n";
    add_set(script, phones, true);
    add_set(script, phones, false);
    script +=
        "  chain forward {\n"
        "    type filter hook forward priority filter; policy accept;\n"
        "    ct state established,related accept\n";
    for (const auto& need : needs) add_rules(script, need);
    script +=
        "    ip saddr @phones4 counter drop\n"
        "    ip daddr @phones4 counter drop\n"
        "    ip6 saddr @phones6 counter drop\n"
        "    ip6 daddr @phones6 counter drop\n"
        "  }\n"
        "}\n";
    return script;
}

}  // namespace provost
