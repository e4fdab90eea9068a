// The outbox and the registrars' queues.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

class RegistrarContract : public StoreContract {
 protected:
    OutboxEntry entry(int number, OutboxState state = OutboxState::due, bool withdraw = false) {
        OutboxEntry one;
        one.at = at(number);
        one.tenant = tenant;
        one.device = mac(static_cast<std::uint64_t>(number));
        one.generation = 1;
        one.line = "line.1";
        one.user = "u" + std::to_string(number);
        one.realm = "example.org";
        one.withdraw = withdraw;
        if (!withdraw) one.ha1_md5 = "aa", one.ha1_sha256 = "bb";
        one.state = state;
        return one;
    }

    OutboxEntry put(OutboxEntry one) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(one.id, t.put_outbox(one));
            return {};
        });
        return one;
    }
    OutboxEntry put_queued(OutboxEntry one, const std::vector<std::string>& registrars, Timestamp now) {
        one = put(std::move(one));
        change([&](Transaction& t) { return t.registrar_queue().queue(one, registrars, now); });
        return one;
    }
    void tell(const std::string& registrar, const OutboxEntry& one, Timestamp now) {
        change([&](Transaction& t) { return t.registrar_queue().told(registrar, one.id, now); });
    }
    void refuse(const std::string& registrar, const OutboxEntry& one, Timestamp due) {
        change([&](Transaction& t) { return t.registrar_queue().refused(registrar, one, "no", due); });
    }
    std::vector<std::int64_t> due(const std::string& registrar, Timestamp now, std::size_t limit = 100) {
        std::vector<std::int64_t> ids;
        const auto found = store->registrar_queue().due(registrar, now, limit).value();
        for (const auto& one : found) ids.push_back(one.entry.id);
        return ids;
    }
    OutboxEntry stored(std::int64_t id) {
        const auto all = store->outbox(false, {}).value();
        for (const auto& one : all)
            if (one.id == id) return one;
        return {};
    }
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(RegistrarContract, R_B5_SentWhenTheLastRegistrarHasItAndThenWithoutDigests) {
    const auto one = put_queued(entry(1), {"a", "b"}, at(10));
    EXPECT_THAT(due("a", at(10)), ElementsAre(one.id));
    EXPECT_THAT(due("a", at(9)), IsEmpty());
    EXPECT_THAT(due("c", at(10)), IsEmpty());
    tell("a", one, at(11));
    EXPECT_THAT(due("a", at(20)), IsEmpty());
    EXPECT_THAT(due("b", at(20)), ElementsAre(one.id));
    EXPECT_FALSE(stored(one.id).sent);
    EXPECT_EQ(stored(one.id).ha1_md5, "aa") << "b needs it still";
    EXPECT_EQ(store->registrar_queue().told("a", one.id).value(), at(11));
    EXPECT_FALSE(store->registrar_queue().told("b", one.id).value());
    tell("b", one, at(12));
    const auto sent = stored(one.id);
    EXPECT_EQ(sent.sent, at(12));
    EXPECT_EQ(sent.ha1_md5, "");
    EXPECT_EQ(sent.ha1_sha256, "");
    EXPECT_EQ(sent.fingerprint, fingerprint_of("aa"));
    EXPECT_THAT(store->outbox(true, {}).value(), IsEmpty());
}

TEST_P(RegistrarContract, ToldTwiceIsToldOnce) {
    const auto one = put_queued(entry(1), {"a"}, at(10));
    tell("a", one, at(11));
    tell("a", one, at(12));
    EXPECT_EQ(stored(one.id).sent, at(11));
    change([&](Transaction& t) { return t.registrar_queue().queue(one, {"a"}, at(13)); });
    EXPECT_THAT(due("a", at(20)), IsEmpty()) << "queued twice neither";
}

TEST_P(RegistrarContract, ARefusalKeepsBackItsAccountAlone) {
    const auto first = put_queued(entry(1), {"a"}, at(10));
    const auto other = put_queued(entry(2), {"a"}, at(10));
    refuse("a", first, at(30));
    const auto second = put_queued(entry(1), {"a"}, at(11));
    EXPECT_THAT(due("a", at(29)), ElementsAre(other.id));
    EXPECT_THAT(due("a", at(30)), ElementsAre(other.id, first.id, second.id)) << "in the account's order";
    EXPECT_EQ(store->registrar_queue().next_due("a").value(), at(10));
    const auto state = store->registrar_queue().state("a").value();
    EXPECT_EQ(state.waiting, 3);
    EXPECT_EQ(state.refused, 1);
    EXPECT_EQ(state.oldest, at(1));
    const auto refused = store->registrar_queue().refused("a", 10).value();
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].tries, 1);
    EXPECT_EQ(refused[0].trouble, "no");
    EXPECT_EQ(refused[0].due, at(30));
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto count, t.registrar_queue().replay("a", "u1", at(12)));
        EXPECT_EQ(count, 2);
        return {};
    });
    EXPECT_THAT(due("a", at(12)), ElementsAre(other.id, first.id, second.id));
}

TEST_P(RegistrarContract, R_B2_HeldIsToldOnceReleasedAndThenComesLast) {
    const auto old = put_queued(entry(1), {"a"}, at(10));
    const auto held = put(entry(1, OutboxState::held));
    const auto other = put_queued(entry(2), {"a"}, at(10));
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto found, t.registrar_queue().held(held.device));
        EXPECT_EQ(found.size(), 1u);
        PROVOST_TRY(const auto newest, t.registrar_queue().account(account_of(held)));
        EXPECT_EQ(newest->id, old.id) << "what is held is not what the registrar has";
        return {};
    });
    EXPECT_EQ(store->counts().value().outbox_held, 1);
    EXPECT_EQ(store->counts().value().outbox_waiting, 2);
    EXPECT_EQ(store->outbox(true, {}).value().size(), 3u);
    auto released = held;
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(released.id, t.registrar_queue().release(held));
        return t.registrar_queue().queue(released, {"a"}, at(11));
    });
    EXPECT_THAT(due("a", at(11)), ElementsAre(old.id, other.id, released.id));
    EXPECT_GT(released.id, other.id);
    EXPECT_EQ(store->registrar_queue().account(account_of(held)).value()->id, released.id);
}

TEST_P(RegistrarContract, VoidIsNeverToldAndHasNoDigests) {
    const auto old = put_queued(entry(1), {"a", "b"}, at(10));
    tell("a", old, at(11));
    const auto held = put(entry(1, OutboxState::held));
    auto others = entry(1);
    others.device = mac(9);
    others = put(others);
    const auto withdrawal = put_queued(entry(1, OutboxState::due, true), {"a", "b"}, at(12));
    change([&](Transaction& t) { return t.registrar_queue().make_void_before(withdrawal, true); });
    EXPECT_EQ(stored(held.id).state, OutboxState::voided);
    EXPECT_EQ(stored(held.id).ha1_md5, "");
    EXPECT_EQ(stored(old.id).state, OutboxState::due);
    change([&](Transaction& t) { return t.registrar_queue().make_void_before(withdrawal, false); });
    EXPECT_EQ(stored(old.id).state, OutboxState::voided);
    EXPECT_EQ(stored(others.id).state, OutboxState::due) << "another device's is not touched";
    EXPECT_THAT(due("b", at(20)), ElementsAre(withdrawal.id));
    tell("b", old, at(13));
    EXPECT_FALSE(stored(old.id).sent) << "told while it became void";
    tell("a", withdrawal, at(14));
    tell("b", withdrawal, at(14));
    EXPECT_EQ(stored(old.id).id, 0) << "what came before is forgotten";
    EXPECT_EQ(stored(withdrawal.id).sent, at(14));
}

TEST_P(RegistrarContract, TheNewestOfEachAccountInOrder) {
    for (const int number : {3, 1, 2}) put_queued(entry(number), {"a"}, at(10));
    const auto newer = put(entry(2));
    put(entry(1, OutboxState::held));
    const auto all = store->registrar_queue().accounts({}, 10).value();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].user, "u1");
    EXPECT_EQ(all[1].id, newer.id);
    EXPECT_EQ(all[2].user, "u3");
    EXPECT_EQ(store->registrar_queue().accounts(account_of(all[0]), 1).value().at(0).user, "u2");
    EXPECT_FALSE(store->registrar_queue().account({"u4", "example.org"}).value());
}

TEST_P(RegistrarContract, WhoseCredentialsAreGood) {
    const auto mine = put(entry(1));
    auto second = entry(1);
    second.user = "other";
    second = put(second);
    auto withdrawn = entry(1);
    withdrawn.user = "gone";
    put(withdrawn);
    withdrawn.withdraw = true;
    put(withdrawn);
    auto taken = entry(1);
    taken.user = "taken";
    put(taken);
    taken.device = mac(2);
    put(taken);
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto living, t.registrar_queue().living(mac(1)));
        EXPECT_EQ(living.size(), 2u);
        EXPECT_EQ(living.at(0).id, mine.id);
        EXPECT_EQ(living.at(1).id, second.id);
        return {};
    });
}

TEST_P(RegistrarContract, ChangingWhoIsServedKeepsWhatWasTold) {
    const auto one = put_queued(entry(1), {"a", "b"}, at(10));
    tell("a", one, at(11));
    change([&](Transaction& t) { return t.registrar_queue().queue(one, {"a", "c"}, at(12)); });
    EXPECT_THAT(due("a", at(20)), IsEmpty());
    EXPECT_THAT(due("b", at(20)), IsEmpty());
    EXPECT_THAT(due("c", at(20)), ElementsAre(one.id));
    change([&](Transaction& t) { return t.registrar_queue().queue(one, {"a"}, at(13)); });
    EXPECT_EQ(stored(one.id).sent, at(13)) << "all that serve it have it";
}

TEST_P(RegistrarContract, AWithdrawalIsToldAgain) {
    const auto one = put_queued(entry(1, OutboxState::due, true), {"a"}, at(10));
    tell("a", one, at(11));
    change([&](Transaction& t) { return t.registrar_queue().tell_again("a", one, at(12)); });
    EXPECT_THAT(due("a", at(12)), ElementsAre(one.id));
}

TEST_P(RegistrarContract, TheBellRingsAfterTheCommit) {
    std::atomic<int> rings = 0;
    store->on_queued([&] { ++rings; });
    const auto one = put(entry(1));
    EXPECT_EQ(rings, 0);
    change([&](Transaction& t) { return t.registrar_queue().queue(one, {"a"}, at(10)); });
    EXPECT_EQ(rings, 1);
    (void)store->apply([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.registrar_queue().queue(one, {"b"}, at(10)));
        return fail({"P-0000", "no"});
    });
    EXPECT_EQ(rings, 1) << "nothing was queued";
    store->on_queued(nullptr);
}

TEST_P(RegistrarContract, R_B2_RotationIsKeptAndFound) {
    auto device = sample_device(1, tenant);
    insert(device);
    insert(sample_device(2, tenant));
    device.rotation = RotationRequest{at(5), RotationCause::suspicion, true};
    device.credentials_since = at(3);
    device.state = DeviceState::provisioned;
    change([&](Transaction& t) { return t.update_device(device); });
    const auto back = store->device(mac(1)).value();
    EXPECT_EQ(back->rotation, device.rotation);
    EXPECT_EQ(back->credentials_since, at(3));
    DeviceFilter filter;
    filter.not_rotated = true;
    EXPECT_THAT(macs(filter), ElementsAre(mac(1)));
    EXPECT_THAT(store->stale_credentials(tenant, at(9), 10).value(), IsEmpty()) << "it is asked already";
    device.rotation.reset();
    change([&](Transaction& t) { return t.update_device(device); });
    EXPECT_THAT(macs(filter), IsEmpty());
    EXPECT_THAT(store->stale_credentials(tenant, at(9), 10).value(), ElementsAre(mac(1)));
    EXPECT_THAT(store->stale_credentials(tenant, at(3), 10).value(), IsEmpty());
}

}  // namespace provost::contract
