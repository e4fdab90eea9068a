#include "crypto/base_text.h"

#include "crypto/keyed_hash.h"
#include "crypto/random.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

std::string decoded(std::string_view text) {
    const auto bytes = from_base64(text);
    return bytes ? std::string(bytes->view()) : "refused";
}

// RFC 4648 section 10.
TEST(Base64, ReadsPaddedTextAndNothingElse) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("Zg=="), "f");
    EXPECT_EQ(decoded("Zm8="), "fo");
    EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
    for (const auto* const wrong :
         {"Zg", "Zg=", "Zg===", "Zm9v ", " Zm9v", "Zm9v\n", "Zm-_", "Zh==", "=", "Zg==Zg=="})
        EXPECT_EQ(decoded(wrong), "refused") << wrong;
    EXPECT_EQ(decoded(std::string(1024, 'A')).size(), 768u);
    EXPECT_EQ(decoded(std::string(1028, 'A')), "refused");
}

// The same section, in lower case and without padding.
TEST(Base32, WritesWhatNoKeypadChanges) {
    const auto encoded = [](std::string_view text) { return to_base32(as_bytes(text)); };
    EXPECT_EQ(encoded(""), "");
    EXPECT_EQ(encoded("f"), "my");
    EXPECT_EQ(encoded("fo"), "mzxq");
    EXPECT_EQ(encoded("foo"), "mzxw6");
    EXPECT_EQ(encoded("foob"), "mzxw6yq");
    EXPECT_EQ(encoded("fooba"), "mzxw6ytb");
    EXPECT_EQ(encoded("foobar"), "mzxw6ytboi");
    EXPECT_EQ(encoded(std::string(32, '\xff')).size(), 52u);
}

TEST(KeyedHash, IsTheObjectsOwn) {
    ASSERT_TRUE(start_random());
    const KeyedHash one, other;
    EXPECT_EQ(one.of("text"), one.of("text"));
    EXPECT_NE(one.of("text"), one.of("texT"));
    EXPECT_NE(one.of("text"), other.of("text"));
}

}  // namespace
}  // namespace provost
