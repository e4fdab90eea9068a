// Whatever is done to a trail is found, and the verifier says where.
#include "service/audit_verifier.h"

#include "tests/contract/audit_keys_of_tests.h"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

using contract::AuditKeysOfTests;
using testing::HasSubstr;

// A trail in memory, as the store writes one: a step of the ratchet after every `step_length` entries.
struct Trail {
    explicit Trail(int length, int step_length = 4) {
        append(std::string(audit_keyed));
        for (int i = 1; i < length; ++i) {
            if (i % step_length == 0) (void)keys.ratchet(tail);
            append("delivery.begun");
        }
    }
    void append(const std::string& kind) {
        AuditRow row;
        auto& e = row.entry;
        e.seq = tail.seq + 1;
        e.step = keys.step();
        e.at = from_millis(1'790'000'000'000 + e.seq);
        e.uptime = 1000 + e.seq;
        e.kind = kind;
        e.device = MacAddress(0x001565000000 + static_cast<std::uint64_t>(e.seq));
        e.tenant = 1;
        e.generation = 2;
        e.proof = "certificate";
        e.fingerprint = kind == audit_keyed ? keys.id() : Sha256{7};
        e.source = "192.0.2.1";
        e.outcome = "first-delivery";
        e.actor = "server";
        e.detail = "delivery 17";
        seal(row, tail.link);
        tail = {e.seq, row.link};
        rows.push_back(row);
    }
    void seal(AuditRow& row, const AuditLink& before) const {
        Bytes bytes;
        canonical_bytes(row.entry, bytes);
        row.link = audit_link(before, bytes);
        row.mac = keys.mac(keys.step(), row.link).value();
    }
    [[nodiscard]] AuditHead head() const {
        return sign_head(keys, tail, from_millis(1'790'000'100'000)).value();
    }
    [[nodiscard]] AuditVerdict verify(std::vector<AuditHead> heads = {}) const {
        return verify({keys.start()}, std::move(heads));
    }
    [[nodiscard]] AuditVerdict verify(std::vector<AuditStart> starts, std::vector<AuditHead> heads) const {
        AuditVerifier verifier(std::move(starts), std::move(heads));
        for (const auto& row : rows) verifier.take(row);
        return verifier.finish();
    }

    AuditKeysOfTests keys;
    AuditTail tail;
    std::vector<AuditRow> rows;
};

// One fault, of this entry, with these words.
void expect_fault(const AuditVerdict& verdict, std::int64_t seq, const std::string& words) {
    ASSERT_EQ(verdict.faulty, 1) << (verdict.faults.size() > 1 ? verdict.faults[1].what : "");
    EXPECT_EQ(verdict.faults[0].seq, seq);
    EXPECT_THAT(verdict.faults[0].what, HasSubstr(words));
}

TEST(AuditVerifier, R_C7_AWholeTrailIsWhole) {
    const Trail trail(23);
    const auto verdict = trail.verify({trail.head()});
    EXPECT_EQ(verdict.faulty, 0);
    EXPECT_EQ(verdict.entries, 23);
    EXPECT_EQ(verdict.macs_checked, 23);
    EXPECT_EQ(verdict.heads_checked, 1);
    EXPECT_EQ(verdict.last, trail.tail);
    EXPECT_TRUE(verdict.notes.empty());
}

TEST(AuditVerifier, R_C7_EachFieldThatIsChangedIsFound) {
    const std::vector<std::function<void(AuditEntry&)>> changes = {
        [](AuditEntry& e) { e.at += Duration(1); },
        [](AuditEntry& e) { ++e.uptime; },
        [](AuditEntry& e) { e.kind += "x"; },
        [](AuditEntry& e) { e.device.reset(); },
        [](AuditEntry& e) { e.device = MacAddress(1); },
        [](AuditEntry& e) { ++e.tenant; },
        [](AuditEntry& e) { ++e.generation; },
        [](AuditEntry& e) { e.proof = "basic"; },
        [](AuditEntry& e) { e.fingerprint.reset(); },
        [](AuditEntry& e) { (*e.fingerprint)[31] ^= 1; },
        [](AuditEntry& e) { e.source.pop_back(); },
        [](AuditEntry& e) { e.outcome.clear(); },
        [](AuditEntry& e) { e.actor = "cli:root"; },
        [](AuditEntry& e) { e.detail[0] ^= 1; },
        [](AuditEntry& e) { std::swap(e.actor, e.detail); }};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Trail trail(12);
        changes[i](trail.rows[5].entry);
        SCOPED_TRACE(i);
        expect_fault(trail.verify(), 6, "changed");
    }
}

TEST(AuditVerifier, R_C7_EachBitOfLinkAndMacCounts) {
    for (const std::size_t bit : {0, 7, 100, 255}) {
        Trail trail(12);
        trail.rows[5].link[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const auto verdict = trail.verify();
        ASSERT_FALSE(verdict.faults.empty());
        EXPECT_EQ(verdict.faults[0].seq, 6);
    }
    for (std::size_t bit = 0; bit < 128; ++bit) {
        Trail trail(12);
        trail.rows[5].mac[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        expect_fault(trail.verify(), 6, "forged");
    }
}

TEST(AuditVerifier, R_C7_EveryRemovedEntryIsMissed) {
    for (std::size_t gone = 0; gone < 11; ++gone) {
        Trail trail(12);
        trail.rows.erase(trail.rows.begin() + static_cast<std::ptrdiff_t>(gone));
        const auto verdict = trail.verify();
        ASSERT_FALSE(verdict.faults.empty()) << gone;
        EXPECT_EQ(verdict.faults[0].seq, static_cast<std::int64_t>(gone) + 1);
        EXPECT_THAT(verdict.faults[0].what, HasSubstr("missing"));
    }
}

TEST(AuditVerifier, R_C7_TwoThatChangedPlacesAreFound) {
    for (std::size_t one = 0; one + 1 < 12; ++one) {
        Trail trail(12);
        std::swap(trail.rows[one], trail.rows[one + 1]);
        std::swap(trail.rows[one].entry.seq, trail.rows[one + 1].entry.seq);
        const auto verdict = trail.verify();
        ASSERT_FALSE(verdict.faults.empty()) << one;
        EXPECT_EQ(verdict.faults[0].seq, static_cast<std::int64_t>(one) + 1);
    }
}

TEST(AuditVerifier, R_C7_WhatIsCutOffTheEndIsMissedByAHead) {
    Trail trail(12);
    const auto head = trail.head();
    trail.rows.resize(9);
    EXPECT_EQ(trail.verify().faulty, 0) << "nothing within says that there was more";
    expect_fault(trail.verify({head}), 10, "entries 10 to 12 are missing at the end");
}

TEST(AuditVerifier, R_C7_ARewrittenTrailIsFoundByAHeadWithoutAnyKey) {
    Trail trail(12);
    const auto head = trail.head();
    trail.rows[5].entry.device = MacAddress(1);
    for (std::size_t i = 5; i < trail.rows.size(); ++i) trail.seal(trail.rows[i], trail.rows[i - 1].link);
    EXPECT_EQ(trail.verify({}, {}).faulty, 0) << "the links alone can be made by anybody";
    const auto verdict = trail.verify({}, {head});
    ASSERT_EQ(verdict.faulty, 1);
    EXPECT_THAT(verdict.faults[0].what, HasSubstr("rewritten"));
    EXPECT_FALSE(verdict.notes.empty());
}

// Who takes the server over has the keys as they are then; those of the steps before are gone.
TEST(AuditVerifier, R_C7_WhoHasTodaysKeysCannotRewriteThePast) {
    Trail trail(12);  // the keys are in step 2: entries 9 to 12
    for (std::size_t from = 0; from < 8; ++from) {
        Trail forged(trail);
        forged.rows[from].entry.device = MacAddress(1);
        for (std::size_t i = from; i < forged.rows.size(); ++i)
            forged.seal(forged.rows[i], i == 0 ? AuditLink{} : forged.rows[i - 1].link);
        const auto verdict = forged.verify();
        ASSERT_GE(verdict.faulty, 1) << from;
        EXPECT_EQ(verdict.faults[0].seq, static_cast<std::int64_t>(from) + 1);
    }
    // Nor can they cut the end off an older step and go on from there.
    Trail cut(trail);
    cut.rows.erase(cut.rows.begin() + 6, cut.rows.begin() + 8);
    for (std::size_t i = 6; i < cut.rows.size(); ++i) {
        cut.rows[i].entry.seq = static_cast<std::int64_t>(i) + 1;
        cut.seal(cut.rows[i], cut.rows[i - 1].link);
    }
    const auto verdict = cut.verify();
    ASSERT_GE(verdict.faulty, 1);
    EXPECT_EQ(verdict.faults[0].seq, 7);
}

TEST(AuditVerifier, R_C7_NewKeysAreNamedUnlessTheirStartIsGiven) {
    Trail trail(6);
    AuditKeysOfTests second;
    AuditRow row;
    row.entry.seq = 7;
    row.entry.kind = audit_keyed;
    row.entry.fingerprint = second.id();
    Bytes bytes;
    canonical_bytes(row.entry, bytes);
    row.link = audit_link(trail.tail.link, bytes);
    row.mac = second.mac(second.step(), row.link).value();
    trail.rows.push_back(row);
    expect_fault(trail.verify(), 7, to_hex(second.id()));
    const auto both = trail.verify({trail.keys.start(), second.start()}, {});
    EXPECT_EQ(both.faulty, 0);
    EXPECT_EQ(both.macs_checked, 7);
}

TEST(AuditVerifier, R_C7_AHeadThatWasNotSignedByTheTrailsKeyIsRefused) {
    const Trail trail(12);
    auto head = trail.head();
    head.signature[3] ^= 1;
    expect_fault(trail.verify({head}), 12, "wrong signature");
    const AuditKeysOfTests other;
    expect_fault(trail.verify({sign_head(other, trail.tail, Timestamp()).value()}), 12, "were not given");
}

TEST(AuditHead, IsALineThatIsReadBack) {
    const Trail trail(3);
    const auto head = trail.head();
    const auto line = to_line(head);
    EXPECT_EQ(parse_head(line), head);
    EXPECT_EQ(parse_head("Nov 26 02:00:00 host provost: " + line), head);
    EXPECT_TRUE(is_signed_by(trail.keys.start().public_key, head));
    for (std::size_t length = 0; length < line.size(); ++length)
        EXPECT_FALSE(parse_head(line.substr(0, length)));
    EXPECT_FALSE(parse_head("provost-audit-head 1 key= seq= at= link= signature="));
}

TEST(AuditEntry, R_C7_WhatStrangersSentIsPrintableAndShort) {
    AuditEntry entry;
    entry.source = "1.2.3.4\n{\"seq\":9}";
    entry.detail = std::string(9000, 'x') + "\x1b[2J";
    entry.actor = "J\xc3\xb6";
    escape(entry);
    EXPECT_EQ(entry.source, "1.2.3.4\\x0a{\"seq\":9}");
    EXPECT_LE(entry.detail.size(), 520u);
    EXPECT_EQ(entry.actor, "J\\xc3\\xb6");
}

TEST(AuditEntry, R_C7_NoTwoEntriesShareTheirBytes) {
    AuditEntry one, two;
    one.actor = "ab", one.detail = "c";
    two.actor = "a", two.detail = "bc";
    Bytes first, second;
    canonical_bytes(one, first);
    canonical_bytes(two, second);
    EXPECT_NE(first, second);
    two = one;
    two.device = MacAddress(0);
    canonical_bytes(two, second);
    EXPECT_NE(first, second) << "no device is not the device of zeros";
}

// Any one change to any trail, wherever the steps of the ratchet fall.
RC_GTEST_PROP(AuditVerifierProperty, R_C7_AnyChangeRemovalOrSwapIsFoundWhereItIs, ()) {
    const auto length = *rc::gen::inRange(3, 40);
    Trail trail(length, *rc::gen::inRange(1, 9));
    const auto head = trail.head();
    RC_ASSERT(trail.verify({head}).faulty == 0);
    const auto where = static_cast<std::size_t>(*rc::gen::inRange(0, length));
    auto& row = trail.rows[where];
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            row.entry.detail[static_cast<std::size_t>(*rc::gen::inRange(0, 11))] ^=
                static_cast<char>(1 << *rc::gen::inRange(0, 7));
            break;
        case 1:
            row.mac[static_cast<std::size_t>(*rc::gen::inRange(0, 16))] ^= 4;
            break;
        case 2:
            row.link[static_cast<std::size_t>(*rc::gen::inRange(0, 32))] ^= 4;
            break;
        case 3:
            trail.rows.erase(trail.rows.begin() + static_cast<std::ptrdiff_t>(where));
            break;
        default:
            row.entry.at += Duration(*rc::gen::inRange(1, 100000));
            break;
    }
    const auto verdict = trail.verify({head});
    RC_ASSERT(verdict.faulty >= 1);
    RC_ASSERT(verdict.faults[0].seq == static_cast<std::int64_t>(where) + 1);
}

}  // namespace
}  // namespace provost
