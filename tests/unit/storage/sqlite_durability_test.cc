// Killed, out of space, or made to forget: what is left is right.
#include "temporary_store.h"
#include "tests/contract/store_samples.h"

#include <future>
#include <random>
#include <thread>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace provost {
namespace {

using contract::mac;
using contract::sample_device;
using contract::sample_secret;
using contract::sample_tenant;

class SqliteDurability : public SqliteStoreTest {
 protected:
    void put_tenant() {
        change([](Transaction& t) { return t.insert_tenant(sample_tenant("acme")).map([](auto) {}); });
    }
};

// A device, its secret and its audit event come together or not at all.
Change whole_device(std::uint64_t number) {
    return [number](Transaction& t) -> Status {
        PROVOST_CHECK(t.insert_device(sample_device(number, 1)));
        PROVOST_CHECK(t.put_secret(sample_secret(mac(number), "line.1.password", 1)));
        Event event = contract::sample_event("device.created", 1);
        event.device = mac(number);
        return t.insert_event(event).map([](auto) {});
    };
}

// The child: writes until it is killed, and tells each change's number once it was acknowledged.
[[noreturn]] void write_for_ever(const std::filesystem::path& file, std::uint64_t from, int acknowledged) {
    auto store = open_sqlite_store(file, contract::test_audit_keys());
    if (!store) ::_exit(1);
    for (std::uint64_t number = from;; ++number) {
        (*store)->record(contract::visit(mac(number), 1));
        (*store)->submit(whole_device(number), [number, acknowledged](Status done) {
            if (!done || ::write(acknowledged, &number, sizeof number) != sizeof number) ::_exit(2);
        });
        if (number % 16 == 15 &&
            !(*store)->apply([&](Transaction& t) { return t.destroy_secrets(mac(number - 8)); }))
            ::_exit(3);
    }
}

// Kills the child some time after its first acknowledgement; gives the numbers it acknowledged.
std::vector<std::uint64_t> kill_a_writer(const std::filesystem::path& file, std::uint64_t from,
                                         Duration life) {
    int pipe[2];
    if (::pipe(pipe) != 0) return {};
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(pipe[0]);
        write_for_ever(file, from, pipe[1]);
    }
    ::close(pipe[1]);
    std::vector<std::uint64_t> numbers;
    std::thread killer;
    for (std::uint64_t number = 0; ::read(pipe[0], &number, sizeof number) == sizeof number;) {
        numbers.push_back(number);
        if (!killer.joinable())
            killer = std::thread([child, life] {
                std::this_thread::sleep_for(life);
                ::kill(child, SIGKILL);
            });
    }
    if (killer.joinable()) killer.join();
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(pipe[0]);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself: " << WEXITSTATUS(status);
    return numbers;
}

TEST_F(SqliteDurability, KilledAtAnyMomentKeepsEveryAcknowledgedChangeWhole) {
    constexpr int rounds = 30;
    constexpr std::uint64_t stride = 1'000'000;
    open();
    put_tenant();
    store.reset();
    std::mt19937 random(20261124);
    std::size_t acknowledged = 0;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const Duration life(20 + random() % 150);
        const auto numbers = kill_a_writer(file, round * stride, life);
        acknowledged += numbers.size();
        open();
        for (const auto number : numbers) {
            ASSERT_TRUE(store->device(mac(number)).value()) << "round " << round << " lost " << number;
            const bool perhaps_destroyed = number % 16 == 7;
            ASSERT_TRUE(perhaps_destroyed || store->secrets(mac(number)).value().size() == 1) << number;
        }
        const auto newest = store->devices({}, {mac(round * stride + numbers.size()).lower(), 1000}).value();
        for (const auto& device : newest)  // written, perhaps, but killed before it could be told
            EXPECT_EQ(store->last_events({.device = device.mac, .kind = "device.created"}, 5).value().size(),
                      1u);
        store.reset();
    }
    EXPECT_GT(acknowledged, 10u * rounds);
    std::cout << acknowledged << " changes acknowledged in " << rounds << " lives\n";
}

// Bytes as a sealed secret has them: found again anywhere in a file.
StoredSecret canary(std::mt19937& random, MacAddress device, const std::string& purpose) {
    StoredSecret secret = sample_secret(device, purpose, 0);
    for (auto* part : {&secret.sealed.wrapped_key, &secret.sealed.ciphertext, &secret.sealed.nonce})
        for (auto& byte : *part) byte = static_cast<std::uint8_t>(random());
    return secret;
}

std::size_t found_in(const std::string& bytes, const std::vector<StoredSecret>& canaries) {
    std::size_t found = 0;
    for (const auto& secret : canaries)
        for (const auto* part : {&secret.sealed.wrapped_key, &secret.sealed.ciphertext})
            found += bytes.find(as_text({part->data(), 24})) != std::string::npos;
    return found;
}

TEST_F(SqliteDurability, R_B1_DestroyedSecretsLeaveNoBytesInAnyFile) {
    open();
    put_tenant();
    std::mt19937 random(7);
    std::vector<std::uint64_t> order;
    std::vector<StoredSecret> canaries;
    for (std::uint64_t i = 0; i < 600; ++i) order.push_back(i);
    for (const auto i : order)
        change([&](Transaction& t) -> Status {
            PROVOST_CHECK(t.insert_device(sample_device(i, 1)));
            for (const char* purpose : {"line.1.password", "security.admin_password"}) {
                canaries.push_back(canary(random, mac(i), purpose));
                PROVOST_CHECK(t.put_secret(canaries.back()));
            }
            return {};
        });
    EXPECT_EQ(found_in(stored_bytes(), canaries), 2 * canaries.size());
    std::shuffle(order.begin(), order.end(), random);
    for (const auto i : order) {
        if (i % 3 == 0)  // replaced first, as a rotation does
            change([&](Transaction& t) { return t.put_secret(canary(random, mac(i), "line.1.password")); });
        change([&](Transaction& t) { return t.destroy_secrets(mac(i)); });
    }
    ASSERT_TRUE(store->checkpoint());
    EXPECT_EQ(found_in(stored_bytes(), canaries), 0u);
}

TEST_F(SqliteDurability, R_B1_DestroyedSecretsLeaveTheJournalWithinASecondUnderLoad) {
    open();
    put_tenant();
    std::atomic<bool> stop = false;
    std::thread load([&] {
        for (int i = 0; !stop; ++i)
            change([&](Transaction& t) { return t.put_note("n", std::to_string(i)); });
    });
    std::mt19937 random(8);
    for (std::uint64_t i = 0; i < 3; ++i) {
        const auto secret = canary(random, mac(i), "line.1.password");
        change([&](Transaction& t) -> Status {
            PROVOST_CHECK(t.insert_device(sample_device(i, 1)));
            return t.put_secret(secret);
        });
        EXPECT_EQ(found_in(stored_bytes(), {secret}), 2u);
        change([](Transaction& t) -> Status {
            for (std::uint64_t n = 0; n < 3; ++n) PROVOST_CHECK(t.destroy_secrets(mac(n)));
            return {};
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(1000));
        EXPECT_EQ(found_in(stored_bytes(), {secret}), 0u);
    }
    stop = true;
    load.join();
}

// Files of this process can't grow while it lives.
class SmallDisk {
 public:
    explicit SmallDisk(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
    rlimit before_{};
};

// In a process of its own, whose limit bounds nobody else's files. Its exit status is the step that failed.
int run_out_of_space(const std::filesystem::path& file) {
    auto store = open_sqlite_store(file, contract::test_audit_keys()).value();
    if (!store->apply([](Transaction& t) { return t.insert_tenant(sample_tenant("acme")).map([](auto) {}); }))
        return 1;
    std::uint64_t written = 0;
    {
        const SmallDisk disk(std::filesystem::file_size(file.string() + "-wal") + 400'000);
        const Change many = [&](Transaction& t) -> Status {
            for (std::uint64_t i = 0; i < 50; ++i) PROVOST_CHECK(whole_device(written + i)(t));
            return {};
        };
        Status done;
        for (; (done = store->apply(many)) && written < 100'000; written += 50)
            store->record(contract::visit(mac(0), 1));
        if (done || done.error().code != "P-6010" || done.error().fix.empty()) return 2;
        const SmallDisk nothing(512);  // copying the log back makes room in it, so it would heal by itself
        store->record(contract::visit(mac(0), 2));
        if (store->apply(many)) return 3;
        if (store->device(mac(written)).value()) return 4;  // half of a change that failed
        if (!store->device(mac(written - 1)).value()) return 5;
    }
    bool healed = false;  // it looks each second
    for (int i = 0; i < 300 && !healed; ++i) {
        healed = bool(store->apply(whole_device(written)));
        if (!healed) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (!healed) return 6;
    const auto seen = [&] { return store->device(mac(0)).value()->last_seen; };
    for (int i = 0; i < 300 && seen() != contract::at(2); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (seen() != contract::at(2)) return 7;  // the visit recorded in bad times was lost
    return store->counts().value().devices == static_cast<std::int64_t>(written + 1) ? 0 : 8;
}

TEST_F(SqliteDurability, AFullDiskFailsTheBatchWholeAndHeals) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(run_out_of_space(file));
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0) << "the step of run_out_of_space that failed";
    open();
    EXPECT_TRUE(store->device(mac(0)).value());
}

TEST_F(SqliteDurability, AFullQueueRefusesAndDropsTheOldestEvents) {
    SqliteOptions options;
    options.changes_waiting = 2;
    options.events_waiting = 3;
    open(options);
    std::promise<void> holding, release;
    store->submit(
        [&](Transaction&) -> Status {
            holding.set_value();
            release.get_future().wait();
            return {};
        },
        nullptr);
    holding.get_future().wait();
    std::vector<std::string> codes;
    for (int i = 0; i < 3; ++i)
        store->submit([](Transaction&) -> Status { return {}; },
                      [&](Status done) { codes.push_back(done ? "" : done.error().code); });
    EXPECT_EQ(codes, std::vector<std::string>{"P-6011"});
    for (int i = 0; i < 5; ++i) store->record(contract::visit(mac(1), i));
    release.set_value();
    open(options);
    const auto events = store->events({}, 0, 10).value();
    ASSERT_EQ(events.size(), 4u);
    EXPECT_EQ(events[0].kind, "store.events-dropped");
    EXPECT_EQ(events[0].detail.substr(0, 2), "2 ");
    EXPECT_EQ(events[1].at, contract::at(2));
}

TEST_F(SqliteDurability, OnlyTheNewestEventsAreKept) {
    SqliteOptions options;
    options.events_kept = 100;
    open(options);
    for (int i = 0; i < 20; ++i)
        change([&](Transaction& t) -> Status {
            for (int n = 0; n < 50; ++n)
                PROVOST_CHECK(t.insert_event(contract::sample_event("e", i * 50 + n)));
            return {};
        });
    const auto events = store->events({}, 0, 1000).value();
    ASSERT_EQ(events.size(), 100u);
    EXPECT_EQ(events.back().at, contract::at(999));
    EXPECT_EQ(store->counts().value().events, 100);
}

TEST_F(SqliteDurability, VisitsAreOnDiskWithinATenthOfASecond) {
    open();
    put_tenant();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    store->record(contract::visit(mac(1), 1));
    const auto recorded = std::chrono::steady_clock::now();
    while (store->counts().value().events == 0 &&
           std::chrono::steady_clock::now() - recorded < std::chrono::seconds(5))
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const auto took = std::chrono::steady_clock::now() - recorded;
    EXPECT_GE(took, std::chrono::milliseconds(40)) << "it waits for company";
    EXPECT_LT(took, std::chrono::milliseconds(500)) << "100 ms, and the test machine's own delays";
}

}  // namespace
}  // namespace provost
