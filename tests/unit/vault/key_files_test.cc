// The two files of keys: what is made, what is refused, what a crash leaves.
#include "vault/epoch_file.h"
#include "vault_test_folder.h"

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace provost {
namespace {

namespace fs = std::filesystem;

class KeyFiles : public KeyFolder {
 protected:
    fs::path root() const { return folder / "root.key"; }
    fs::path epochs() const { return folder / "epochs.keys"; }
};

TEST_F(KeyFiles, AreMadeOnceForTheirOwnerAlone) {
    make();
    EXPECT_EQ(fs::file_size(root()), 32u);
    EXPECT_EQ(fs::status(root()).permissions(), fs::perms::owner_read);
    EXPECT_EQ(fs::status(epochs()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const auto before = bytes_of(root()) + bytes_of(epochs());
    EXPECT_EQ(make_key_files(folder, at(1)).error().code, "P-5003");
    EXPECT_EQ(bytes_of(root()) + bytes_of(epochs()), before);
    const auto holder = open();
    EXPECT_EQ(holder->epochs()->current, 1);
    EXPECT_EQ(holder->epochs()->started, at(0));
    EXPECT_EQ(holder->epochs()->alive, std::vector<std::int64_t>{1});
}

TEST_F(KeyFiles, AreNeverMadeAnewWhereOneIsLost) {
    make();
    fs::rename(root(), folder / "aside");
    EXPECT_EQ(refusal(), "P-5004");
    EXPECT_EQ(make_key_files(folder, at(1)).error().code, "P-5003");
    EXPECT_FALSE(fs::exists(root()));
    fs::rename(folder / "aside", root());
    fs::rename(epochs(), folder / "aside");
    EXPECT_EQ(refusal(), "P-5005");
    EXPECT_EQ(make_key_files(folder, at(1)).error().code, "P-5003");
    EXPECT_FALSE(fs::exists(epochs()));
}

// Half a root key left behind would pass for keys that are there already, and nothing could be made any more.
TEST_F(KeyFiles, R_B8_AFullDiskLeavesNoHalfOfOne) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit half{16, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &half), 0);
    const auto made = make_key_files(folder, at(0));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, "P-5003");
    EXPECT_TRUE(fs::is_empty(folder));
    make();
    EXPECT_EQ(refusal(), "");
}

TEST_F(KeyFiles, AreRefusedWhereOthersCouldReadThem) {
    make();
    for (const mode_t lax : {0440, 0404, 0420, 0410}) {
        ::chmod(root().c_str(), lax);
        EXPECT_EQ(refusal(), "P-5004") << std::oct << lax;
    }
    ::chmod(root().c_str(), 0400);
    ::chmod(epochs().c_str(), 0640);
    EXPECT_EQ(refusal(), "P-5006");
    ::chmod(epochs().c_str(), 0600);
    ::chmod(folder.c_str(), 0750);
    EXPECT_EQ(refusal(), "P-5006");
    ::chmod(folder.c_str(), 0700);
    EXPECT_EQ(refusal(), "");
    fs::rename(root(), folder / "elsewhere");
    fs::create_symlink(folder / "elsewhere", root());
    EXPECT_EQ(refusal(), "P-5004");
}

TEST_F(KeyFiles, OfAnotherUserAreRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
    make();
    ASSERT_EQ(::chown(root().c_str(), 12345, 0), 0);
    EXPECT_EQ(refusal(), "P-5004");
    ASSERT_EQ(::chown(root().c_str(), 0, 0), 0);
    ASSERT_EQ(::chown(folder.c_str(), 12345, 0), 0);
    EXPECT_EQ(refusal(), "P-5006");
}

TEST_F(KeyFiles, OfAnotherRootKeyOrSizeAreRefused) {
    make();
    const auto key = bytes_of(root());
    overwrite(root(), std::string(32, 'k'));
    EXPECT_EQ(refusal(), "P-5007");
    for (const auto& wrong : {key.substr(1), key + "\n", std::string()}) {
        overwrite(root(), wrong);
        EXPECT_EQ(refusal(), "P-5004");
    }
    overwrite(root(), key);
    EXPECT_EQ(refusal(), "");
}

TEST_F(KeyFiles, AreHeldByOneProcess) {
    make();
    const auto holder = open();
    EXPECT_EQ(refusal(), "P-5012");
}

// The epochs' keys as an opened file has them, so that nothing can pass for a key that it is not.
using Snapshot = std::vector<std::pair<std::int64_t, std::string>>;

Key key_of(const fs::path& file) {
    Key key;
    const auto bytes = bytes_of(file);
    std::copy(bytes.begin(), bytes.end(), key.data());
    return key;
}

Snapshot snapshot(const EpochFile& file) {
    Snapshot keys;
    for (const auto& epoch : file.epochs())
        if (epoch) keys.emplace_back(epoch->number, std::string(as_text({epoch->key.data(), key_size})));
    std::sort(keys.begin(), keys.end());
    return keys;
}

class EpochFileTest : public KeyFiles {
 protected:
    void SetUp() override {
        make();
        root_key = key_of(root());
        // Two epochs, in slots 1 and 2, after some changes.
        auto file = EpochFile::open(epochs(), root_key).value();
        ASSERT_TRUE(file->put({2, at(2), Key::random()}));
        ASSERT_TRUE(file->put({3, at(3), Key::random()}));
        ASSERT_TRUE(file->erase(1));
        keys = snapshot(*file);
    }
    // nullopt: refused.
    std::optional<Snapshot> reopened() {
        const auto file = EpochFile::open(epochs(), root_key);
        return file ? std::optional(snapshot(**file)) : std::nullopt;
    }

    Key root_key;
    Snapshot keys;
};

TEST_F(EpochFileTest, CutOffAnywhereIsRefused) {
    const auto bytes = bytes_of(epochs());
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
        overwrite(epochs(), bytes.substr(0, size));
        EXPECT_FALSE(reopened()) << size;
    }
    overwrite(epochs(), bytes);
    EXPECT_EQ(reopened(), keys);
}

TEST_F(EpochFileTest, WithAnyByteDamagedOpensWithEveryKeyOrIsRefused) {
    const auto bytes = bytes_of(epochs());
    int refused = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto within = i % EpochFile::block_size;
        if (within >= 200 && within % 331 != 0) continue;  // far into a block all bytes are alike
        auto damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        overwrite(epochs(), damaged);
        const auto found = reopened();
        refused += found ? 0 : 1;
        EXPECT_EQ(found.value_or(keys), keys) << "byte " << i;
    }
    EXPECT_EQ(refused, 2 * (24 + 32 + 16)) << "the bytes of the two sealed slots, and no other";
}

TEST_F(EpochFileTest, WithWholeBlocksLostOpensWithEveryKeyOrIsRefused) {
    const auto bytes = bytes_of(epochs());
    const auto blocks = bytes.size() / EpochFile::block_size;
    for (std::size_t lost = 1; lost < 1u << blocks; ++lost) {
        auto damaged = bytes;
        for (std::size_t i = 0; i < damaged.size(); ++i)
            if (lost >> (i / EpochFile::block_size) & 1) damaged[i] = 0;
        overwrite(epochs(), damaged);
        const auto found = reopened();
        EXPECT_EQ(found.value_or(keys), keys) << "blocks " << lost;
        const bool needed = (lost & 3) == 3 || (lost & 0b11000) != 0;  // both headers, or a slot in use
        EXPECT_EQ(found.has_value(), !needed) << "blocks " << lost;
    }
}

// Cuts a change after so many bytes in so many writes, as a crash would.
EpochFile::WriteBlock cut_after(std::size_t writes, std::size_t bytes) {
    return [left = writes, bytes](int descriptor, std::size_t index, const EpochFile::Block& block) mutable {
        if (left > 0) {
            --left;
            return EpochFile::write_block(descriptor, index, block);
        }
        const auto offset = static_cast<off_t>(index * block.size());
        EXPECT_EQ(::pwrite(descriptor, block.data(), bytes, offset), static_cast<ssize_t>(bytes));
        return false;
    };
}

TEST_F(EpochFileTest, AChangeCutAtAnyByteLeavesItAsBeforeOrAsAfter) {
    ASSERT_TRUE(EpochFile::open(epochs(), root_key).value()->erase(2));
    const auto one = *reopened();
    const auto bytes = bytes_of(epochs());
    for (std::size_t writes = 0; writes < 3; ++writes)
        for (std::size_t cut = 0; cut <= 136; ++cut) {  // no block has more that is not zero
            overwrite(epochs(), bytes);
            {
                const auto file = EpochFile::open(epochs(), root_key, cut_after(writes, cut)).value();
                EXPECT_EQ(file->put({4, at(4), Key::random()}).error().code, "P-5009");
                EXPECT_EQ(file->erase(3).error().code, "P-5009") << "no change over a half-written one";
            }
            const auto found = reopened();
            ASSERT_TRUE(found) << writes << " writes and " << cut << " bytes";
            EXPECT_TRUE(*found == one || (found->size() == 2 && (*found)[0] == one[0] && writes > 0));
            EXPECT_EQ(reopened(), found) << "tidied for good";
        }
}

TEST_F(EpochFileTest, R_B1_ADestructionCutAtAnyByteLosesNoOtherKeyAndIsFinishedLater) {
    const auto bytes = bytes_of(epochs());
    const Snapshot after(keys.begin() + 1, keys.end());
    for (std::size_t writes = 0; writes < 3; ++writes)
        for (std::size_t cut = 0; cut <= 136; ++cut) {
            overwrite(epochs(), bytes);
            const auto wrong = EpochFile::open(epochs(), root_key, cut_after(writes, cut)).value()->erase(2);
            EXPECT_EQ(wrong.error().code, "P-5009");
            const auto found = reopened();
            ASSERT_TRUE(found) << writes << " writes and " << cut << " bytes";
            EXPECT_TRUE(*found == keys || *found == after);
            EXPECT_TRUE(EpochFile::open(epochs(), root_key).value()->erase(2));
            const auto slot = bytes_of(epochs()).substr(3 * EpochFile::block_size, EpochFile::block_size);
            EXPECT_EQ(slot, std::string(EpochFile::block_size, '\0'));
        }
}

// Fails the writes of these numbers, counted from 0, each torn at the same place.
EpochFile::WriteBlock failing(std::set<std::size_t> numbers, std::size_t bytes) {
    return
        [=, next = std::size_t{0}](int descriptor, std::size_t index, const EpochFile::Block& block) mutable {
            if (!numbers.contains(next++)) return EpochFile::write_block(descriptor, index, block);
            const auto offset = static_cast<off_t>(index * block.size());
            EXPECT_EQ(::pwrite(descriptor, block.data(), bytes, offset), static_cast<ssize_t>(bytes));
            return false;
        };
}

TEST_F(EpochFileTest, R_B1_AfterWritesThatFailItHealsAndCanBeKilledMeanwhile) {
    const auto bytes = bytes_of(epochs());
    for (std::size_t first = 0; first < 3; ++first)
        for (std::size_t second = first + 1; second < 9; ++second)
            for (const std::size_t torn : {0U, 20U, 136U}) {
                overwrite(epochs(), bytes);
                {
                    const auto file =
                        EpochFile::open(epochs(), root_key, failing({first, second}, torn)).value();
                    ASSERT_FALSE(file->erase(2));
                    EXPECT_EQ(snapshot(*file), keys) << "it lives, to be erased again";
                    const bool again = bool(file->erase(2));
                    if (!again) {
                        const auto killed = bytes_of(epochs());
                        const auto copy = folder / "copy";
                        overwrite(copy, killed);
                        fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write);
                        ASSERT_TRUE(EpochFile::open(copy, root_key)) << first << " and " << second;
                        fs::remove(copy);
                        ASSERT_TRUE(file->erase(2)) << first << " and " << second;
                    }
                    bool put = bool(file->put({4, at(4), Key::random()}));
                    for (int tries = 0; !put && tries < 2; ++tries)
                        put = bool(file->put({4, at(4), Key::random()}));
                    ASSERT_TRUE(put) << first << " and " << second;
                }
                const auto found = reopened();
                ASSERT_TRUE(found);
                ASSERT_EQ(found->size(), 2U);
                EXPECT_EQ((*found)[0], keys[1]);
                EXPECT_EQ((*found)[1].first, 4);
            }
}

TEST_F(EpochFileTest, KilledAtAnyMomentOpensAgain) {
    std::mt19937 random(5);
    std::int64_t newest = 3;
    for (int round = 0; round < 20; ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto holder = open_key_files(folder).value();
            while (true) {
                if (holder->epochs()->alive.size() == 2 && !holder->destroy_epoch(holder->epochs()->alive[0]))
                    ::_exit(1);
                if (!holder->begin_epoch(at(9))) ::_exit(2);
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 120));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
        const auto holder = open();
        ASSERT_TRUE(holder);
        EXPECT_GE(holder->epochs()->current, newest);
        newest = holder->epochs()->current;
    }
    EXPECT_GT(newest, 10);
}

}  // namespace
}  // namespace provost
