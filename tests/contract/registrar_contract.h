// What every connector must do beside AccountContract that writes into a registrar's database, whatever its
// tables look like. A test instantiates RegistrarContract with its labs.
#pragma once

#include "tests/contract/registrar_lab.h"

#include <chrono>
#include <csignal>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

namespace provost::contract {

class RegistrarContract : public testing::TestWithParam<LabMaker> {
 protected:
    void SetUp() override {
        lab = GetParam().make();
        registrar = lab->open(false);
    }

    // What became of each, as codes; "" is done.
    static std::vector<std::string> push(Registrar& to, const std::vector<OutboxEntry>& entries) {
        const auto told = to.push(entries);
        if (!told) return {"whole: " + told.error().code};
        std::vector<std::string> codes;
        for (const auto& status : *told) codes.push_back(status ? "" : status.error().code);
        return codes;
    }
    std::vector<std::string> push(const std::vector<OutboxEntry>& entries) {
        return push(*registrar, entries);
    }

    // The stored text holds the digest of this password that the connector compares by.
    void expect_logs_in(const OutboxEntry& entry) {
        const auto held = registrar->accounts({entry.user.substr(0, entry.user.size() - 1), ""}, 1000);
        ASSERT_TRUE(held) << held.error().text();
        const auto found =
            std::ranges::find(*held, RegistrarAccount{entry.user, entry.realm}, &HeldAccount::account);
        ASSERT_NE(found, held->end()) << entry.user;
        const bool md5 = registrar->abilities().gives_digests;
        EXPECT_EQ(found->fingerprint, fingerprint_of(md5 ? entry.ha1_md5 : entry.ha1_sha256)) << entry.user;
    }

    std::unique_ptr<RegistrarLab> lab;
    std::unique_ptr<Registrar> registrar;
};

TEST_P(RegistrarContract, one_bad_among_many_is_refused_alone) {
    lab->make_foreign({"4713", "sip.example"});
    const auto before = lab->stored({"4713", "sip.example"});
    auto no_digest = entry_of("4714", "d");
    no_digest.ha1_md5.clear();
    const auto codes =
        push({entry_of("4711", "a"), entry_of("", "b"), entry_of("4712", "c"), no_digest,
              entry_of("4713", "e"), entry_of(std::string("47\0 15", 6), "f"),
              entry_of(std::string(65, 'x'), "g"), entry_of("4716 ", "h"), entry_of("4717", "i")});
    EXPECT_EQ(codes, (std::vector<std::string>{"", "P-8206", "", "P-8206", "P-8205", "P-8206", "P-8206",
                                               "P-8206", ""}));
    EXPECT_EQ(lab->rows(), 4);
    EXPECT_EQ(lab->stored({"4713", "sip.example"}), before);
    expect_logs_in(entry_of("4717", "i"));
}

TEST_P(RegistrarContract, what_others_made_is_left_alone) {
    const RegistrarAccount foreign{"4711", "sip.example"};
    lab->make_foreign(foreign);
    const auto before = lab->stored(foreign);
    const auto refused = registrar->push(std::vector{entry_of("4711", "a")}).value().front();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-8205");
    EXPECT_THAT(refused.error().fix, testing::HasSubstr("adopt: true"));
    EXPECT_EQ(push({withdrawal_of("4711")}), std::vector<std::string>{""});
    EXPECT_EQ(lab->stored(foreign), before);
    EXPECT_TRUE(registrar->accounts({}, 10)->empty());
}

TEST_P(RegistrarContract, what_others_made_is_taken_over_where_that_is_wanted) {
    lab->make_foreign({"4711", "sip.example"});
    const auto adopting = lab->open(true);
    const auto entry = entry_of("4711", "a");
    EXPECT_EQ(push(*adopting, {entry, entry}), (std::vector<std::string>{"", ""}));
    EXPECT_EQ(lab->clear_passwords(), 0);
    expect_logs_in(entry);
    const auto before = lab->stored({"4711", "sip.example"});
    EXPECT_EQ(push({withdrawal_of("4711")}), std::vector<std::string>{""});
    EXPECT_NE(lab->stored({"4711", "sip.example"}), before);
    EXPECT_THAT(lab->stored({"4711", "sip.example"}), testing::Not(testing::HasSubstr(entry.ha1_md5)));
    EXPECT_TRUE(registrar->accounts({}, 10)->empty());
}

TEST_P(RegistrarContract, R_F4_accounts_come_in_order_by_pages_with_their_fingerprints) {
    std::vector<OutboxEntry> entries;
    for (const auto* const user : {"b", "D", "a", "aa", "\xc3\xbc", "z", "10", "9"})
        entries.push_back(entry_of(user, user));
    EXPECT_EQ(push(entries), std::vector<std::string>(entries.size(), ""));
    lab->delete_behind_our_back({"aa", "sip.example"});
    lab->make_foreign({"c", "sip.example"});
    std::erase_if(entries, [](const auto& entry) { return entry.user == "aa"; });
    std::ranges::sort(entries, {}, &OutboxEntry::user);
    std::vector<HeldAccount> held;
    RegistrarAccount after;
    for (int i = 0; i < 10; ++i) {
        const auto page = registrar->accounts(after, 2);
        ASSERT_TRUE(page) << page.error().text();
        held.insert(held.end(), page->begin(), page->end());
        if (page->size() < 2) break;
        after = page->back().account;
    }
    ASSERT_EQ(held.size(), entries.size());
    for (std::size_t i = 0; i < held.size(); ++i) {
        EXPECT_EQ(held[i].account, (RegistrarAccount{entries[i].user, "sip.example"}));
        const bool md5 = registrar->abilities().gives_digests;
        EXPECT_EQ(held[i].fingerprint, fingerprint_of(md5 ? entries[i].ha1_md5 : entries[i].ha1_sha256));
    }
}

TEST_P(RegistrarContract, digest_is_the_one_that_was_told) {
    const auto entry = entry_of("4711", "a");
    push({entry});
    const auto held = registrar->digest({"4711", "sip.example"});
    if (!registrar->abilities().gives_digests) {
        EXPECT_EQ(held.error().code, "P-8210");
        return;
    }
    ASSERT_TRUE(held) << held.error().text();
    ASSERT_TRUE(*held);
    EXPECT_EQ((*held)->expose(), entry.ha1_md5);
    EXPECT_FALSE(registrar->digest({"4712", "sip.example"}).value());
    EXPECT_FALSE(registrar->digest({"4711", "other.example"}).value());
}

TEST_P(RegistrarContract, R_B5_no_clear_password_is_ever_stored) {
    push({entry_of("4711", "a"), entry_of("4712", "b"), entry_of("4711", "c")});
    EXPECT_EQ(lab->clear_passwords(), 0);
}

TEST_P(RegistrarContract, R_F4_registrations_are_told_in_the_right_time) {
    using std::chrono::hours;
    using std::chrono::minutes;
    push({entry_of("4711", "a"), entry_of("4712", "b"), entry_of("4713", "c")});
    const auto now = std::chrono::floor<std::chrono::seconds>(SystemClock().now());
    lab->make_foreign({"4714", "sip.example"});
    lab->phone_registers({"4714", "sip.example"}, now, now + hours(1));
    lab->phone_registers({"4711", "sip.example"}, now - minutes(5), now + minutes(55));
    lab->phone_registers({"4712", "sip.example"}, now - minutes(10), now + minutes(50));
    lab->phone_registers({"4713", "sip.example"}, now - minutes(61), now - minutes(1));
    const auto found = registrar->registrations(now - minutes(30), 10);
    ASSERT_TRUE(found) << found.error().text();
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ(found->front().account, (RegistrarAccount{"4712", "sip.example"}));
    EXPECT_EQ(found->front().renewed, now - minutes(10));
    EXPECT_EQ(found->front().until, now + minutes(50));
    EXPECT_EQ(found->front().contact, "sip:4712@192.0.2.7:5060;transport=tls");
    EXPECT_EQ(found->front().user_agent, "Phone 1.0");
    EXPECT_EQ(registrar->registrations(now - minutes(30), 1)->size(), 1U);
    const auto later = registrar->registrations(now - minutes(7), 10).value();
    ASSERT_EQ(later.size(), 1U);
    EXPECT_EQ(later.front().account.user, "4711");
    EXPECT_EQ(registrar->registrations_of({"4712", "sip.example"})->size(), 1U);
    EXPECT_TRUE(registrar->registrations_of({"4713", "sip.example"})->empty());
}

TEST_P(RegistrarContract, R_F4_a_database_that_was_away_is_found_again) {
    push({entry_of("4711", "a")});
    lab->leave();
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(push({entry_of("4712", "b")}), std::vector<std::string>{"whole: P-8201"});
    EXPECT_EQ(registrar->accounts({}, 10).error().code, "P-8201");
    EXPECT_EQ(registrar->registrations({}, 10).error().code, "P-8201");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3 * registrar::call_limit);
    lab->come_back();
    EXPECT_EQ(push({entry_of("4712", "b")}), std::vector<std::string>{""});
    lab->leave();
    lab->come_back();  // nobody noticed: the old connection is dead, and the call is made nevertheless
    EXPECT_EQ(push({entry_of("4713", "c")}), std::vector<std::string>{""});
    EXPECT_EQ(lab->rows(), 3);
}

TEST_P(RegistrarContract, R_F4_killed_in_the_middle_of_a_batch_nothing_is_half_done) {
    push({entry_of("m", "a")});
    const auto before = lab->stored({"m", "sip.example"});
    lab->lock_row({"m", "sip.example"});
    std::vector<OutboxEntry> batch;
    for (int i = 0; i < 20; ++i) batch.push_back(entry_of("4" + std::to_string(i), "b"));
    batch.push_back(entry_of("m", "b"));  // it waits here
    const pid_t child = fork();
    if (child == 0) {
        const auto own = lab->open(false);
        [[maybe_unused]] const auto told = own->push(batch);
        _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it did not wait";
    ASSERT_TRUE(lab->admin().order("COMMIT"));
    EXPECT_EQ(lab->stored({"m", "sip.example"}), before);
    EXPECT_EQ(lab->rows(), 1);
    EXPECT_EQ(push(batch), std::vector<std::string>(batch.size(), ""));
    EXPECT_EQ(lab->rows(), 21);
}

TEST_P(RegistrarContract, R_F4_two_that_tell_the_same_at_once_leave_one_truth) {
    std::vector<OutboxEntry> up, down;
    for (int i = 0; i < 20; ++i) {
        up.push_back(entry_of("4" + std::to_string(i), "up"));
        down.insert(down.begin(), entry_of("4" + std::to_string(i), "down"));
    }
    push(up);
    const auto repeat = [&](std::vector<OutboxEntry> entries) {
        const auto own = lab->open(false);
        for (int i = 0; i < 20; ++i) {
            const auto told = own->push(entries);
            if (!told) continue;
            if (std::ranges::all_of(*told, [](const Status& status) { return status.has_value(); }))
                return true;
        }
        return false;
    };
    auto other = std::async(std::launch::async, repeat, down);
    EXPECT_TRUE(repeat(up));
    EXPECT_TRUE(other.get());
    EXPECT_EQ(lab->rows(), 20);
    for (const auto& entry : up) {
        const auto kept = lab->stored({entry.user, entry.realm});
        const auto other_entry = entry_of(entry.user, "down");
        const auto has = [&](const OutboxEntry& one) {
            return kept.find(one.ha1_md5) != std::string::npos ||
                   kept.find(one.ha1_sha256) != std::string::npos;
        };
        EXPECT_NE(has(entry), has(other_entry)) << kept;
    }
}

}  // namespace provost::contract
