// What a site's firewall lets through follows from the settings (R-D5).
#include "service/site_needs.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

constexpr MediaPorts media{10000, 20000};

std::vector<std::string> needs(const std::string& text) {
    const auto settings = parse_settings(text).value();
    const Layer layer{LayerKind::device, "", &settings};
    std::vector<std::string> shown;
    for (const auto& need : needs_of(merge({&layer, 1}), media))
        shown.push_back(need.purpose + " " + need.protocol + " " + need.host + " " +
                        std::to_string(need.from) +
                        (need.from == need.to ? "" : "-" + std::to_string(need.to)));
    return shown;
}

struct Case {
    const char *name, *settings;
    std::vector<std::string> needs;
};

TEST(SiteNeeds, R_D5_FollowFromTheSettings) {
    const Case cases[] = {
        {"nothing is set", "", {}},
        {"a line by TLS",
         "line.1.user=201\nline.1.registrar_host=sip.example.net\nline.1.transport=tls\n",
         {"media udp sip.example.net 10000-20000", "sip tcp sip.example.net 5061"}},
        {"a port of its own",
         "line.1.user=201\nline.1.registrar_host=sip.example.net\nline.1.registrar_port=5080\n"
         "line.1.transport=udp\n",
         {"media udp sip.example.net 10000-20000", "sip udp sip.example.net 5080"}},
        {"DNS chooses",
         "line.1.user=201\nline.1.registrar_host=sip.example.net\nline.1.transport=dns\n",
         {"media udp sip.example.net 10000-20000", "sip tcp sip.example.net 5060",
          "sip tcp sip.example.net 5061", "sip udp sip.example.net 5060"}},
        {"an outbound proxy stands before the registrar",
         "line.1.user=201\nline.1.registrar_host=sip.example.net\nline.1.outbound_proxy_host=2001:db8::5\n"
         "line.1.outbound_proxy_port=5070\nline.1.transport=tcp\n",
         {"media udp 2001:db8::5 10000-20000", "sip tcp 2001:db8::5 5070"}},
        {"a line that is not in use", "line.2.registrar_host=sip.example.net\n", {}},
        {"settings of all lines; the same need of two lines stands once",
         "line.registrar_host=sip.example.net\nline.transport=tls\nline.1.user=201\nline.2.user=202\n",
         {"media udp sip.example.net 10000-20000", "sip tcp sip.example.net 5061"}},
        {"provisioning, its CA and the time",
         "provisioning.url=https://prov.example.net:8443/p/\n"
         "provisioning.ca_url=https://[2001:db8::1]/ca.pem\ntime.ntp_server=192.0.2.123\n",
         {"ca tcp 2001:db8::1 443", "provisioning tcp prov.example.net 8443", "time udp 192.0.2.123 123"}},
    };
    for (const auto& one : cases) EXPECT_EQ(needs(one.settings), one.needs) << one.name;
}

TEST(SiteFirewall, R_D5_LetsPhonesThroughToNowhereElse) {
    const std::vector<ResolvedNeed> resolved = {
        {{"sip", "tcp", "sip.example.net", 5061, 5061},
         {IpAddress::parse("192.0.2.7").value(), IpAddress::parse("2001:db8::7").value()}},
        {{"media", "udp", "192.0.2.8", 10000, 20000}, {IpAddress::parse("192.0.2.8").value()}}};
    const auto script = site_firewall("head office", resolved,
                                      parse_networks("198.51.100.0/24,2001:db8:1::/64", "phones").value());
    for (const auto* const line :
         {"ip saddr @phones4 ip daddr 192.0.2.7 tcp dport 5061 accept comment \"sip\"",
          "ip6 saddr @phones6 ip6 daddr 2001:db8::7 tcp dport 5061 accept comment \"sip\"",
          "ip saddr @phones4 ip daddr 192.0.2.8 udp dport 10000-20000 accept comment \"media\"",
          "198.51.100.0/24,", "2001:db8:1::/64,", "ip saddr @phones4 counter drop",
          "ip daddr @phones4 counter drop", "ip6 saddr @phones6 counter drop"})
        EXPECT_NE(script.find(line), std::string::npos) << line << "\n" << script;
}

TEST(SiteFirewall, R_D5_ASitesNameEndsNoCommentLine) {
    const auto script = site_firewall("x\nflush ruleset", {}, {});
    EXPECT_EQ(script.find("\nflush"), std::string::npos) << script;
}

}  // namespace
}  // namespace provost
