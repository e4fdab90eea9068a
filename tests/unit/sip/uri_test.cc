#include "sip/uri.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(SipUri, R_F3_reads_what_registrars_store) {
    const auto uri = parse_sip_uri("sip:4711@192.0.2.7:5062;transport=tcp;line=ab12").value();
    EXPECT_EQ(uri.user, "4711");
    EXPECT_EQ(uri.host, "192.0.2.7");
    EXPECT_EQ(uri.port, 5062);
    EXPECT_EQ(uri.transport(), SipTransport::tcp);
    EXPECT_EQ(uri.text(), "sip:4711@192.0.2.7:5062;transport=tcp;line=ab12");
}

TEST(SipUri, Transport_and_port_follow_the_scheme_where_nothing_says_them) {
    struct Row {
        const char* text;
        SipTransport transport;
        std::uint16_t port;
    };
    for (const auto& row :
         {Row{"sip:a@h.example", SipTransport::udp, 5060}, Row{"sips:a@h.example", SipTransport::tls, 5061},
          Row{"sip:h.example;transport=TLS", SipTransport::tls, 5061},
          Row{"<sip:[2001:db8::7]:5070;transport=udp>;expires=60", SipTransport::udp, 5070},
          Row{"\"A\" <sip:a@h.example;lr;transport=tcp?Subject=x>", SipTransport::tcp, 5060}}) {
        const auto uri = parse_sip_uri(row.text);
        ASSERT_TRUE(uri) << row.text;
        EXPECT_EQ(uri->transport(), row.transport) << row.text;
        EXPECT_EQ(uri->port_or_default(), row.port) << row.text;
    }
    EXPECT_EQ(parse_sip_uri("sip:[2001:db8::7]:5070")->text(), "sip:[2001:db8::7]:5070");
}

TEST(SipUri, Refuses_what_is_none) {
    for (const char* const text : {"", "4711", "tel:+44", "http://h", "sip:", "sip:@h", "sip:a@", "sip:a@h:0",
                                   "sip:a@h:65536", "sip:a@h:5x", "sip:a b@h", "sip:a@h\r\nX: y",
                                   "sip:a@[2001:db8::7", "<sip:a@h", "sip:a@h;x=\"y\"", "sip:a@@h"}) {
        const auto uri = parse_sip_uri(text);
        ASSERT_FALSE(uri) << text;
        EXPECT_EQ(uri.error().code, "P-8301");
    }
    EXPECT_FALSE(parse_sip_uri("sip:a@h;x=" + std::string(600, 'y')));
}

}  // namespace
}  // namespace provost
