// What every connector must do, whatever it tells: a database, FreeSWITCH, a program of the operator's. A
// test instantiates AccountContract with its labs.
#pragma once

#include "tests/contract/account_lab.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost::contract {

class AccountContract : public testing::TestWithParam<AccountLabMaker> {
 protected:
    static constexpr const char* realm = "sip.example";

    void SetUp() override {
        lab = GetParam().make();
        registrar = lab->open();
    }

    OutboxEntry queued(const std::string& user, const std::string& password) {
        return lab->queued(entry_of(user, password));
    }
    OutboxEntry withdrawn(const std::string& user) { return lab->queued(withdrawal_of(user)); }

    // Whether each was done; empty: nothing is known of any.
    std::vector<bool> push(const std::vector<OutboxEntry>& entries) {
        const auto told = registrar->push(entries);
        std::vector<bool> done;
        if (told)
            for (const auto& one : *told) done.push_back(one.has_value());
        return done;
    }
    void expect_done(const std::vector<OutboxEntry>& entries) {
        EXPECT_EQ(push(entries), std::vector<bool>(entries.size(), true));
    }

    // The digest that a login is held against.
    [[nodiscard]] const std::string& digest_of(const OutboxEntry& entry) const {
        return registrar->abilities().gives_digests ? entry.ha1_md5 : entry.ha1_sha256;
    }
    bool lets_in(const OutboxEntry& entry) {
        return lab->stored(account_of(entry)).find(digest_of(entry)) != std::string::npos;
    }

    static bool is_ascii(const std::string& text) {
        return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    }

    std::unique_ptr<AccountLab> lab;
    std::unique_ptr<Registrar> registrar;
};

TEST_P(AccountContract, R_F4_new_again_newer_and_withdrawn) {
    const auto first = queued("4711", "first");
    expect_done({first});
    const auto once = lab->stored({"4711", realm});
    EXPECT_TRUE(lets_in(first));
    expect_done({first});
    EXPECT_EQ(lab->stored({"4711", realm}), once);
    const auto second = queued("4711", "second");
    expect_done({second});
    EXPECT_TRUE(lets_in(second));
    EXPECT_FALSE(lets_in(first));
    EXPECT_EQ(lab->rows(), 1);
    const auto end = withdrawn("4711");
    for (int i = 0; i < 2; ++i) {
        expect_done({end});
        EXPECT_EQ(lab->stored({"4711", realm}), "");
        EXPECT_EQ(lab->rows(), 0);
    }
    const auto third = queued("4711", "third");
    expect_done({third});
    EXPECT_TRUE(lets_in(third));
}

TEST_P(AccountContract, R_F4_order_within_a_batch_counts) {
    const std::vector batch{queued("4711", "first"), withdrawn("4711"), queued("4712", "other"),
                            queued("4711", "second"), queued("4711", "last")};
    for (int i = 0; i < 2; ++i) {
        expect_done(batch);
        EXPECT_TRUE(lets_in(batch.back()));
        EXPECT_TRUE(lets_in(batch[2]));
        EXPECT_EQ(lab->rows(), 2);
    }
}

TEST_P(AccountContract, R_F4_bad_ones_among_good_are_refused_alone) {
    auto no_digest = entry_of("4712", "c");
    no_digest.ha1_md5.clear();
    no_digest.ha1_sha256.clear();
    const std::vector batch{queued("4711", "a"), queued("", "b"), lab->queued(no_digest),
                            queued(std::string("47\0 13", 6), "d"), queued("4714", "e")};
    EXPECT_EQ(push(batch), (std::vector<bool>{true, false, false, false, true}));
    EXPECT_TRUE(lets_in(batch.front()));
    EXPECT_TRUE(lets_in(batch.back()));
    EXPECT_EQ(lab->rows(), 2);
}

// A registrar of a small character set may say no to a name, and nothing else happens.
TEST_P(AccountContract, R_F4_odd_names_are_names_and_nothing_else) {
    std::vector<OutboxEntry> entries;
    for (const auto* const user : {"x'; DROP TABLE subscriber; --",
                                   "a\"b",
                                   "%",
                                   "_",
                                   "\\",
                                   "\\'",
                                   "?",
                                   "$1",
                                   "\xc3\xbcml\xc3\xa4ut",
                                   "' OR '1'='1",
                                   "a b",
                                   "@",
                                   "`",
                                   "x') ON CONFLICT DO NOTHING; --",
                                   "\xf0\x9f\x93\x9e",
                                   "<user id='x'/>",
                                   "a&amp;b&c=d",
                                   "{\"op\": \"withdraw\"}",
                                   "a+b%2B",
                                   "]]>"})
        entries.push_back(queued(user, user));
    const auto done = push(entries);
    ASSERT_EQ(done.size(), entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& user = entries[i].user;
        if (done[i])
            EXPECT_TRUE(lets_in(entries[i])) << user;
        else
            EXPECT_FALSE(is_ascii(user)) << user;
    }
    const auto taken = static_cast<int>(std::ranges::count(done, true));
    EXPECT_EQ(lab->rows(), taken);
    expect_done({withdrawn("%")});
    EXPECT_EQ(lab->rows(), taken - 1);
}

TEST_P(AccountContract, R_F4_away_and_back_nothing_is_lost_or_doubled) {
    const auto before = queued("4711", "before");
    expect_done({before});
    lab->leave();
    const std::vector batch{queued("4711", "after"), queued("4712", "a"), withdrawn("4712"),
                            queued("4713", "a")};
    EXPECT_EQ(push(batch), std::vector<bool>()) << "nobody can know";
    lab->come_back();
    EXPECT_TRUE(lets_in(before)) << "nothing was half done";
    for (int i = 0; i < 2; ++i) {
        expect_done(batch);
        EXPECT_TRUE(lets_in(batch.front()));
        EXPECT_TRUE(lets_in(batch.back()));
        EXPECT_EQ(lab->rows(), 2);
    }
}

}  // namespace provost::contract
