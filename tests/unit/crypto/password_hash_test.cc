#include "crypto/password_hash.h"

#include "crypto/random.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(PasswordHash, R_F2_Argon2idAtItsFloorAndPeppered) {
    ASSERT_TRUE(start_random());
    PasswordHasher hasher;
    const auto password = Secret::copy_of("correct horse battery"), pepper = Secret::copy_of("pepper"),
               other = Secret::copy_of("other pepper"), wrong = Secret::copy_of("correct horse batterz");
    const auto stored = hasher.hash(password, pepper).value();
    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << stored;
    EXPECT_NE(hasher.hash(password, pepper).value(), stored) << "a salt of its own";
    using Asker = PasswordHasher::Asker;
    EXPECT_TRUE(hasher.fits({stored, password, pepper}, Asker::stranger).value());
    EXPECT_FALSE(hasher.fits({stored, wrong, pepper}, Asker::stranger).value());
    EXPECT_FALSE(hasher.fits({stored, password, other}, Asker::stranger).value());
    EXPECT_FALSE(hasher.fits({"", password, pepper}, Asker::known).value());
    EXPECT_FALSE(hasher.fits({"", Secret(), pepper}, Asker::known).value()) << "nobody's hash fits nothing";
}

// Strangers queue behind each other; who is known passes them.
TEST(PasswordHash, R_F2_StrangersLeaveAPlace) {
    ASSERT_TRUE(start_random());
    PasswordHasher hasher;
    const auto password = Secret::copy_of("x"), pepper = Secret::copy_of("pepper");
    const std::string none;
    std::vector<std::thread> strangers;
    for (int i = 0; i < 4; ++i)
        strangers.emplace_back([&] {
            (void)hasher.fits({none, password, pepper}, PasswordHasher::Asker::stranger);
        });
    EXPECT_FALSE(hasher.fits({none, password, pepper}, PasswordHasher::Asker::known).value());
    for (auto& one : strangers) one.join();
}

}  // namespace
}  // namespace provost
