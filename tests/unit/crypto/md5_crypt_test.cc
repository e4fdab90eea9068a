#include "crypto/md5_crypt.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

std::string hash_of(std::string_view password, std::string_view salt) {
    return md5_crypt(Secret::copy_of(password), salt);
}

// As `openssl passwd -1 -salt SALT PASSWORD` says; the first is also a maker's published factory value.
TEST(Md5Crypt, IsWhatOthersMake) {
    EXPECT_EQ(hash_of("1234", "FZ6rOGS1"), "$1$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx70");
    EXPECT_EQ(hash_of("admin", "FZ6rOGS1"), "$1$FZ6rOGS1$k9ZhUpbibwNfsMYmmEY9t/");
    EXPECT_EQ(hash_of("", "abc"), "$1$abc$Or2rbeUYTvt12aiVzMuS/.");
    EXPECT_EQ(hash_of("k7Wq9ZpXfR3tYv2mNb8sHd4g", "./AZaz09"), "$1$./AZaz09$2W4Xr3pX4LucCdExKsSiV/");
    EXPECT_EQ(hash_of("aaaaaaaaaaaaaaaa", "x"), "$1$x$1b1sgk8cSPQ5j/a0GkWz7.");
    EXPECT_EQ(hash_of("bbbbbbbbbbbbbbbbb", "12345678"), "$1$12345678$eeOxu7SJaX3PWfnBTb5v40");
    EXPECT_EQ(hash_of("cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "q.q/"),
              "$1$q.q/$wglcDyrdErqR/LJ5kXTG40");
    EXPECT_EQ(hash_of("p\xc3\xa4"
                      "ss w\xc3\xb6"
                      "rd",
                      "zz"),
              "$1$zz$8I4WrUde5sP3MjZCJ/E9D/");
}

TEST(Md5Crypt, TakesEightCharactersOfSalt) {
    EXPECT_EQ(hash_of("x", "12345678"), hash_of("x", "123456789"));
    EXPECT_NE(hash_of("x", "12345678"), hash_of("x", "1234567"));
    const auto salt = crypt_salt("001565aabbcc security.admin_password");
    EXPECT_EQ(salt.size(), 8U);
    EXPECT_EQ(salt, crypt_salt("001565aabbcc security.admin_password"));
    EXPECT_NE(salt, crypt_salt("001565aabbcd security.admin_password"));
    EXPECT_TRUE(is_md5_crypt(hash_of("x", salt)));
}

TEST(Md5Crypt, KnowsItsForm) {
    EXPECT_TRUE(is_md5_crypt("$1$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx70"));
    EXPECT_TRUE(is_md5_crypt("$1$$54ZXSmjh7nod.kXFRyLx70"));
    for (const char* const text :
         {"", "1234", "$1$", "$1$FZ6rOGS1", "$1$FZ6rOGS1$", "$1$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx7",
          "$1$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx701", "$1$FZ6rOGS12$54ZXSmjh7nod.kXFRyLx70",
          "$5$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx70", "$1$FZ6-OGS1$54ZXSmjh7nod.kXFRyLx70",
          "$1$FZ6rOGS1$54ZXSmjh7nod kXFRyLx70"})
        EXPECT_FALSE(is_md5_crypt(text)) << text;
}

}  // namespace
}  // namespace provost
