// Sealing, opening, moving and forgetting secrets.
#include "vault_test_folder.h"

#include <thread>

#include <fcntl.h>
#include <rapidcheck.h>
#include <unistd.h>

namespace provost {
namespace {

const SecretBinding binding{7, MacAddress(0x001565112233), "line.1.password", 3};
constexpr const char* password = "correct horse battery staple";

class SealedSecrets : public HeldKeysTest {
 protected:
    SealedSecret seal(const std::string& text = password) {
        return holder->seal(binding, Secret::copy_of(text)).value();
    }
    // What it opens to, or the code of the refusal.
    std::string opened(const SecretBinding& bound, const SealedSecret& sealed) {
        const auto secret = holder->open({bound, sealed});
        return secret ? std::string(secret->expose()) : secret.error().code;
    }
};
INSTANTIATE_TEST_SUITE_P(Keys, SealedSecrets, both_ways, reach_name);

TEST_P(SealedSecrets, R_B8_OpenToWhatWasSealed) {
    for (const auto& text :
         {std::string(password), std::string(), std::string(5000, 'x'), std::string("\0\xff", 2)})
        EXPECT_EQ(opened(binding, seal(text)), text);
    const auto sealed = seal();
    EXPECT_EQ(sealed.ciphertext.size(), std::string(password).size() + 16);
    EXPECT_EQ(as_text(sealed.ciphertext).find("horse"), std::string_view::npos);
}

TEST_P(SealedSecrets, R_B8_NeverRepeatAKeyOrANonce) {
    const auto a = seal(), b = seal();
    EXPECT_NE(a.nonce, b.nonce);
    EXPECT_NE(a.wrapped_key, b.wrapped_key);
    EXPECT_NE(a.ciphertext, b.ciphertext);
    EXPECT_NE(a.commitment, b.commitment);
}

TEST_P(SealedSecrets, R_B8_OpenForNothingElseThanTheyWereSealedFor) {
    const auto sealed = seal();
    auto other = binding;
    other.tenant = 8;
    EXPECT_EQ(opened(other, sealed), "P-5001");
    other = binding;
    other.device = MacAddress(0x001565112234);
    EXPECT_EQ(opened(other, sealed), "P-5001");
    other = binding;
    other.purpose = "line.2.password";
    EXPECT_EQ(opened(other, sealed), "P-5001");
    other = binding;
    other.generation = 2;
    EXPECT_EQ(opened(other, sealed), "P-5001");
}

TEST_P(SealedSecrets, R_B8_DoNotOpenWithAnyBitChangedOrPartSwapped) {
    const auto sealed = seal();
    const auto other = seal("another secret of that very size");
    for (auto part : {&SealedSecret::wrapped_key, &SealedSecret::commitment, &SealedSecret::nonce,
                      &SealedSecret::ciphertext}) {
        for (std::size_t bit = 0; bit < (sealed.*part).size() * 8; ++bit) {
            auto damaged = sealed;
            (damaged.*part)[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
            ASSERT_EQ(opened(binding, damaged), "P-5001") << bit;
        }
        auto swapped = sealed;
        swapped.*part = other.*part;
        EXPECT_EQ(opened(binding, swapped), "P-5001");
        auto shorter = sealed;
        (shorter.*part).pop_back();
        EXPECT_EQ(opened(binding, shorter), "P-5001");
        (shorter.*part).clear();
        EXPECT_EQ(opened(binding, shorter), "P-5001");
    }
    auto suite = sealed;
    suite.suite = 2;
    EXPECT_EQ(opened(binding, suite), "P-5001");
}

TEST_P(SealedSecrets, R_B8_OpenForAnyBindingButTheirOwnNever) {
    rc::check(
        [&](std::int64_t tenant, std::int64_t generation, const std::string& purpose, std::uint64_t mac) {
            const SecretBinding mine{tenant, MacAddress(mac), purpose, generation};
            const auto sealed = holder->seal(mine, Secret::copy_of(password)).value();
            RC_ASSERT(holder->open({mine, sealed}).has_value());
            SecretBinding near = mine;
            near.purpose += '\0';
            RC_ASSERT(!holder->open({near, sealed}).has_value());
            RC_ASSERT(mine == binding || !holder->open({binding, sealed}).has_value());
        });
}

TEST_P(SealedSecrets, MoveToTheNextEpochAndOutliveTheirs) {
    const auto old = seal();
    EXPECT_EQ(old.epoch, 1);
    EXPECT_EQ(holder->begin_epoch(at(10)).value(), 2);
    EXPECT_EQ(holder->begin_epoch(at(11)).error().code, "P-5002");
    EXPECT_EQ(holder->epochs()->started, at(10));
    EXPECT_EQ(opened(binding, old), password);
    const auto moved = holder->rewrap(binding, old).value();
    EXPECT_EQ(moved.epoch, 2);
    EXPECT_EQ(moved.ciphertext, old.ciphertext);
    auto wrong = binding;
    wrong.generation = 9;
    EXPECT_EQ(holder->rewrap(wrong, old).error().code, "P-5001");
    auto relabelled = moved;
    relabelled.epoch = 1;
    EXPECT_EQ(opened(binding, relabelled), "P-5001");
    EXPECT_EQ(holder->destroy_epoch(2).error().code, "P-5011");
    ASSERT_TRUE(holder->destroy_epoch(1));
    EXPECT_EQ(opened(binding, old), "P-5001");
    EXPECT_EQ(opened(binding, moved), password);
    EXPECT_EQ(holder->rewrap(binding, old).error().code, "P-5001");
    hold_anew();
    EXPECT_EQ(holder->epochs()->alive, std::vector<std::int64_t>{2});
    EXPECT_EQ(opened(binding, old), "P-5001");
    EXPECT_EQ(opened(binding, moved), password);
}

TEST_P(SealedSecrets, R_B1_ADestroyedEpochLeavesNoByteOfItsSlot) {
    const auto file = folder / "epochs.keys";
    const auto before = bytes_of(file).substr(2 * 4096, 72);  // slot 0: nonce, sealed key, tag
    EXPECT_NE(before, std::string(72, '\0'));
    ASSERT_TRUE(holder->begin_epoch(at(1)));
    ASSERT_TRUE(holder->destroy_epoch(1));
    const auto after = bytes_of(file);
    EXPECT_EQ(after.substr(2 * 4096, 4096), std::string(4096, '\0'));
    for (std::size_t i = 0; i + 16 <= before.size(); ++i)
        ASSERT_EQ(after.find(before.substr(i, 16)), std::string::npos) << "byte " << i;
    // Epochs go round through all slots without growing the file.
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(holder->begin_epoch(at(2 + i)));
        ASSERT_TRUE(holder->destroy_epoch(holder->epochs()->alive.front()));
    }
    EXPECT_EQ(bytes_of(file).size(), after.size());
    EXPECT_EQ(holder->epochs()->current, 12);
}

TEST_P(SealedSecrets, R_B8_OpenTogetherOrNotAtAll) {
    std::vector<StoredSecret> stored;
    for (int i = 0; i < 200; ++i) {  // more than one message takes
        SecretBinding own = binding;
        own.purpose = "line." + std::to_string(i) + ".password";
        stored.push_back({own, holder->seal(own, Secret::copy_of(std::to_string(i))).value()});
    }
    auto another = binding;
    another.generation = 4;
    stored.push_back({another, holder->seal(another, Secret::copy_of("200")).value()});
    const auto secrets = holder->open_all(stored).value();
    ASSERT_EQ(secrets.size(), stored.size());
    for (std::size_t i = 0; i < secrets.size(); ++i) EXPECT_EQ(secrets[i].expose(), std::to_string(i));
    EXPECT_TRUE(holder->open_all({})->empty());
    stored[150].binding.purpose = "line.1.password";
    EXPECT_EQ(holder->open_all(stored).error().code, "P-5001");
}

TEST_P(SealedSecrets, AreServedToManyThreadsWhileEpochsChange) {
    std::vector<std::thread> threads;
    for (int n = 0; n < 3; ++n)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const auto sealed = seal();
                const auto secret = holder->open({binding, sealed});  // its epoch may have ended meanwhile
                if (secret)
                    EXPECT_EQ(secret->expose(), password);
                else
                    EXPECT_EQ(secret.error().code, "P-5001");
            }
        });
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(holder->begin_epoch(at(i)));
        EXPECT_TRUE(holder->destroy_epoch(holder->epochs()->alive.front()));
    }
    for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace provost
