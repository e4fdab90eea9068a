#include "domain/password_rules.h"

#include "domain/person.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

const std::vector<std::string> about{"anna.kowalski", "kowalski", "provost", "admin.example.net"};

bool taken(std::string_view password, bool second = false) {
    return check_password(password, about, second).has_value();
}

TEST(PasswordRules, R_F2_LongEnoughAndNoRulesBesides) {
    EXPECT_FALSE(taken("fourteen chars"));
    EXPECT_TRUE(taken("fifteen letters"));
    EXPECT_TRUE(taken("nur kleine buchstaben"));
    EXPECT_TRUE(taken("жаба пьёт чай в саду"));
    EXPECT_FALSE(taken("äöüäöüß")) << "characters count, not bytes";
    EXPECT_TRUE(taken("gnu7tree", true)) << "eight beside a second factor";
    EXPECT_FALSE(taken("gnu7tre", true));
    std::string longer = "the quick quokka quarrels ";
    while (longer.size() < 900) longer += std::to_string(longer.size()) + " ";
    EXPECT_TRUE(taken(longer));
    EXPECT_FALSE(taken(longer + longer)) << "more than 1024 bytes";
    EXPECT_FALSE(taken("no text \xff\xfe at all here"));
}

TEST(PasswordRules, R_F2_WhatIsGuessedFirstIsRefused) {
    for (const auto* const common :
         {"Password123456!", "PasswordPassword1", "p4ssw0rd12345678", "!!!iloveyou!!!2024",
          "qwertyuiop123456", "123456789012345", "aaaaaaaaaaaaaaaa", "abcabcabcabcabc", "Sommer2024Sommer!",
          "adminadmin12345", "letmeinplease2025", "abcdefghijklmnop", "changeme changeme"})
        EXPECT_FALSE(taken(common)) << common;
    for (const auto* const common : {"password1", "Passw0rd!", "sunshine99", "qwertz123", "Sommer2025"})
        EXPECT_FALSE(taken(common, true)) << common;
}

TEST(PasswordRules, R_F2_WordsOfTheContextAreRefused) {
    for (const auto* const near : {"anna.kowalski12", "Kowalski-Kowalski", "kowalski2024!!!",
                                   "provostprovost1", "admin.example.net", "Pr0v0st-Pr0v0st-1"})
        EXPECT_FALSE(taken(near)) << near;
    EXPECT_TRUE(taken("kowalski rides seven horses"));
}

TEST(PasswordRules, R_F2_TheErrorDoesNotRepeatIt) {
    const auto error = check_password("Password123456!", about, false).error();
    EXPECT_EQ(error.code, "P-8607");
    EXPECT_EQ(error.text().find("Password123456!"), std::string::npos);
}

TEST(Person, R_F2_Logins) {
    for (const auto* const good : {"al", "anna.kowalski", "a_b-c+d@example.net", "4711"})
        EXPECT_TRUE(is_login(good)) << good;
    for (const auto* const bad : {"", "a", "Anna", ".anna", "anna.", "an na", "änna", "a\nb", "anna'--"})
        EXPECT_FALSE(is_login(bad)) << bad;
    EXPECT_FALSE(is_login(std::string(65, 'a')));
}

TEST(Person, R_F2_WhoManagesWhom) {
    using enum Role;
    const Role all[] = {platform, reseller, tenant_admin, support, auditor};
    for (const auto whom : all) {
        EXPECT_TRUE(may_manage(platform, whom));
        EXPECT_EQ(may_manage(reseller, whom), whom != platform);
        EXPECT_EQ(may_manage(tenant_admin, whom), whom != platform && whom != reseller);
        EXPECT_FALSE(may_manage(support, whom));
        EXPECT_FALSE(may_manage(auditor, whom));
    }
}

TEST(Person, R_F2_WhatIsEnoughToSignIn) {
    EXPECT_FALSE(Factors{}.enough());
    EXPECT_FALSE((Factors{true, false, 0, 10}).enough()) << "a password alone, whatever recovery codes";
    EXPECT_FALSE((Factors{false, true, 0, 0}).enough());
    EXPECT_TRUE((Factors{true, true, 0, 0}).enough());
    EXPECT_TRUE((Factors{false, false, 1, 0}).enough());
}

}  // namespace
}  // namespace provost
