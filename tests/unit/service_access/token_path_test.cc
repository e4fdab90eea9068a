#include "service/token_path.h"

#include "crypto/random.h"
#include "service/device_access.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(TokenPath, R_A7_StandsInFrontOfWhatThePhoneAsksFor) {
    ASSERT_TRUE(start_random());
    const auto token = make_token();
    EXPECT_EQ(token.size(), token_length);
    EXPECT_NE(token, make_token());
    const auto path = read_token_path("/p/t/" + token + "/0015651122aa.cfg?x=1", "/p/");
    ASSERT_TRUE(path);
    EXPECT_EQ(path->hash, token_hash(token));
    EXPECT_EQ(path->target, "/p/0015651122aa.cfg?x=1");
    auto upper = token;
    for (auto& c : upper) c = static_cast<char>(std::toupper(c));
    EXPECT_EQ(read_token_path("/t/" + upper + "/", "/")->hash, token_hash(token));
    EXPECT_EQ(read_token_path("/t/" + token, "/")->target, "/");
    EXPECT_EQ(read_token_path("/t/" + token + "?a", "/")->target, "/?a");
    EXPECT_FALSE(read_token_path("/" + token + "/x", "/"));
    EXPECT_FALSE(read_token_path("/t/" + token + "/x", "/p/"));
    for (const std::string& wrong : {token.substr(1), token + "a", "1" + token.substr(1), std::string()}) {
        const auto odd = read_token_path("/t/" + wrong + "/x", "/");
        ASSERT_TRUE(odd) << "it is asked for in the folder of tokens";
        EXPECT_FALSE(odd->hash);
    }
}

TEST(TokenPath, R_A7_NoRecordHoldsOne) {
    ASSERT_TRUE(start_random());
    const auto token = make_token();
    EXPECT_EQ(without_tokens("/t/" + token + "/0015651122aa.cfg"), "/t/.../0015651122aa.cfg");
    EXPECT_EQ(without_tokens("/p/x?key=" + token + "&y=1"), "/p/x?key=...&y=1");
    EXPECT_EQ(without_tokens(token), "...");
    EXPECT_EQ(without_tokens("/" + token.substr(0, 41) + "%41" + token.substr(42)), "/...") << "escaped once";
    EXPECT_EQ(without_tokens("/snomD785-0004132211AA.htm?mac=0004132211AA"),
              "/snomD785-0004132211AA.htm?mac=0004132211AA");
    EXPECT_EQ(without_tokens(""), "");
}

TEST(TokenPath, R_A7_TheAddressIsWrittenAsThePhonesTakeIt) {
    const std::string address = "https://fallback.example:8444/p/t/abc/";
    EXPECT_EQ(fill_address("https://HOST/PATH/linphone.xml", address),
              "https://fallback.example:8444/p/t/abc/linphone.xml");
    EXPECT_EQ(fill_address("https://HOST/PATH/TOKEN/microsip.ini", address),
              "https://fallback.example:8444/p/t/abc/microsip.ini");
    EXPECT_EQ(fill_address("https://HOST/PATH/", address), address);
    EXPECT_EQ(fill_address("HOST/PATH", address), "fallback.example:8444/p/t/abc");
    EXPECT_EQ(fill_address("https://HOST/PATH/;<MAC>.cfg", address),
              "https://fallback.example:8444/p/t/abc/;<MAC>.cfg");
    EXPECT_EQ(fill_address("", address), address);
}

}  // namespace
}  // namespace provost
