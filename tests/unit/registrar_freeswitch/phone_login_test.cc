// Whether what a phone answered to FreeSWITCH shows that it has the password (R-B1). The responses were
// reckoned by another program.
#include "registrar/freeswitch/phone_login.h"

#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace provost::registrar {
namespace {

constexpr const char* ha1_of_new = "e42aaca207722961bbdde599a742e9f8";  // 4711:sip.example.net:first
constexpr const char* ha1_of_old = "42b92acf9f4ce5c7b488117b2709671c";  // 4711:sip.example.net:old
constexpr const char* response_of_rfc_2069 = "2b0eef765f8d1e9d475d60ac01a7dc2d";

PhoneLogin right() {
    return {"REGISTER",
            "sip:sip.example.net",
            "2f3d0f6e-6b6a-4f6c-9a56-5b8f4e0c7d11",
            "091126f74d9b29f7d4514a4f66f24bdd",
            "auth",
            "00000001",
            "0a4f113b"};
}

struct Case {
    const char* name;
    std::function<void(PhoneLogin&)> change;
    bool shows = false;
};

const std::vector<Case> cases{
    {"as it is", [](PhoneLogin&) {}, true},
    {"in capitals", [](PhoneLogin& login) { login.response = "091126F74D9B29F7D4514A4F66F24BDD"; }, true},
    {"without qop",
     [](PhoneLogin& login) {
         login.qop = login.count = login.client_nonce = "";
         login.response = response_of_rfc_2069;
     },
     true},
    {"without a count, as FreeSWITCH reckons it",
     [](PhoneLogin& login) { login.count = "", login.response = response_of_rfc_2069; }, true},
    {"with the old password", [](PhoneLogin& login) { login.response = "ea9bdc1fcc87688d7b145cb50d29518b"; }},
    {"for a call",
     [](PhoneLogin& login) { login.method = "INVITE", login.response = "14682c6bb49dfbe098d3f61d432ddd8d"; }},
    {"with the integrity of the body",
     [](PhoneLogin& login) { login.qop = "auth-int", login.response = "1c611c71a762fe68683b479678ca14d6"; }},
    {"without qop but with its response", [](PhoneLogin& login) { login.qop = ""; }},
    {"with another nonce", [](PhoneLogin& login) { login.nonce.back() = '2'; }},
    {"with another count", [](PhoneLogin& login) { login.count = "00000002"; }},
    {"with another client nonce", [](PhoneLogin& login) { login.client_nonce += "0"; }},
    {"with another address", [](PhoneLogin& login) { login.uri = "sip:other.example.net"; }},
    {"without an address", [](PhoneLogin& login) { login.uri = ""; }},
    {"without a nonce", [](PhoneLogin& login) { login.nonce = ""; }},
    {"without a method", [](PhoneLogin& login) { login.method = ""; }},
    {"without a response", [](PhoneLogin& login) { login.response = ""; }},
    {"with part of one", [](PhoneLogin& login) { login.response.pop_back(); }},
    {"with more than one", [](PhoneLogin& login) { login.response += "0"; }},
    {"with no hexadecimal one", [](PhoneLogin& login) { login.response = std::string(32, 'x'); }},
};

TEST(PhoneLogin, R_B1_ShowsThePasswordByItsResponseAlone) {
    for (const auto& one : cases) {
        auto login = right();
        one.change(login);
        EXPECT_EQ(shows_password(login, Secret::copy_of(ha1_of_new)), one.shows) << one.name;
        EXPECT_FALSE(shows_password(login, Secret())) << one.name << ", and there is no digest";
    }
}

TEST(PhoneLogin, R_B1_OldAndNewAreToldApart) {
    auto login = right();
    EXPECT_FALSE(shows_password(login, Secret::copy_of(ha1_of_old)));
    login.response = "ea9bdc1fcc87688d7b145cb50d29518b";
    EXPECT_TRUE(shows_password(login, Secret::copy_of(ha1_of_old)));
}

}  // namespace
}  // namespace provost::registrar
