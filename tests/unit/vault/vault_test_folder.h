// A key folder for one test.
#pragma once

#include "tests/contract/socket_holder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace provost {

inline Timestamp at(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(1'800'000'000 + seconds));
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// In place, as a disk would be damaged: the file keeps its mode.
inline void overwrite(const std::filesystem::path& file, const std::string& bytes) {
    ::chmod(file.c_str(), 0600);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class KeyFolder : public testing::Test {
 protected:
    KeyFolder() {
        auto name = (std::filesystem::temp_directory_path() / "provost-keys-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    ~KeyFolder() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    void make() {
        const auto made = make_key_files(folder, at(0));
        ASSERT_TRUE(made) << made.error().text();
    }
    std::unique_ptr<KeyHolder> open() {
        auto opened = open_key_files(folder);
        EXPECT_TRUE(opened) << opened.error().text();
        return opened ? std::move(*opened) : nullptr;
    }
    // The code of the refusal; "" if it opens.
    std::string refusal() {
        const auto opened = open_key_files(folder);
        if (opened) return "";
        EXPECT_FALSE(opened.error().fix.empty()) << opened.error().text();
        return opened.error().code;
    }

    std::filesystem::path folder;
};

// The same keys reached either way: what holds for the one must hold for the other.
enum class Reach { in_process, over_the_socket };

class HeldKeysTest : public KeyFolder, public testing::WithParamInterface<Reach> {
 protected:
    void SetUp() override {
        make();
        ASSERT_TRUE(make_audit_keys(folder, "a test"));
        hold();
    }
    void hold() {
        if (GetParam() == Reach::over_the_socket) {
            process.emplace(folder);
            auto held = process->connect();
            holder = std::move(held.keys);
            audit = std::move(held.audit);
        } else {
            holder = open();
            audit = open_audit_keys(folder).value();
        }
        ASSERT_TRUE(holder);
    }
    // As a restart of whoever has them.
    void hold_anew() {
        holder.reset();
        audit.reset();
        process.reset();
        hold();
    }

    std::optional<contract::SocketHolder> process;
    std::unique_ptr<KeyHolder> holder;
    std::shared_ptr<AuditKeys> audit;
};

inline const auto both_ways = testing::Values(Reach::in_process, Reach::over_the_socket);
inline std::string reach_name(const testing::TestParamInfo<Reach>& info) {
    return info.param == Reach::in_process ? "InProcess" : "OverTheSocket";
}

}  // namespace provost
