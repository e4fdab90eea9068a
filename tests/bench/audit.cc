// Writes an audit trail of many entries, as deliveries make them, tells what an entry costs the writer, and
// verifies it as 'provost audit verify' does.
//
//   bench_audit FOLDER [ENTRIES]     10000000; FOLDER is filled, about 2.7 GB; where it is filled already it
//   is verified only
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/must.h"
#include "vault/audit_key_file.h"
#include "vault/audit_start_file.h"
#include "vault/file_key_holder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace provost;

namespace {

namespace fs = std::filesystem;

AuditEntry entry(std::int64_t number, Timestamp now) {
    AuditEntry e;
    e.at = now;
    e.kind = number % 2 == 0 ? "delivery.begun" : "delivery.ended";
    e.device = MacAddress(0x001565000000 + static_cast<std::uint64_t>(number / 2 % 100'000));
    e.tenant = number % 1000;
    e.generation = 1 + number / 200'000;
    e.proof = "certificate";
    e.fingerprint.emplace().fill(static_cast<std::uint8_t>(number));
    e.source = "203.0.113." + std::to_string(number % 250);
    e.outcome = number % 2 == 0 ? "first-delivery" : "complete";
    e.actor = "server";
    e.detail = "delivery " + std::to_string(number / 2) + ", yealink, TLSv1.3 TLS_AES_256_GCM_SHA384";
    return e;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void write_trail(const fs::path& folder, std::int64_t entries) {
    constexpr std::int64_t at_once = 10'000;  // a change; a step of the ratchet after each
    fs::create_directories(folder / "keys");
    fs::permissions(folder / "keys", fs::perms::owner_all);
    const SystemClock clock;
    must(make_key_files(folder / "keys", clock.now()));
    must(make_audit_keys(folder / "keys", "made by a benchmark"));
    const auto store = must(open_sqlite_store(folder / "provost.db", must(open_audit_keys(folder / "keys"))));
    const auto begin = std::chrono::steady_clock::now();
    for (std::int64_t done = 0; done < entries; done += at_once) {
        must(store->apply([&](Transaction& transaction) -> Status {
            for (std::int64_t i = done; i < std::min(done + at_once, entries); ++i)
                PROVOST_CHECK(transaction.audit(entry(i, clock.now())));
            return {};
        }));
        must(store->ratchet_audit());
    }
    const double seconds = seconds_since(begin);
    std::printf("%lld entries in %.1f s: %.2f us each\n", static_cast<long long>(entries), seconds,
                seconds * 1e6 / static_cast<double>(entries));
}

int verify_trail(const fs::path& folder) {
    const auto begin = std::chrono::steady_clock::now();
    AuditVerifier verifier({must(read_audit_start(folder / "keys/audit.start"))}, {});
    must(read_audit(folder / "provost.db", [&](const AuditRow& row) { verifier.take(row); }));
    const auto verdict = verifier.finish();
    std::printf("%lld entries verified in %.1f s, %lld MACs, %lld faults\n",
                static_cast<long long>(verdict.entries), seconds_since(begin),
                static_cast<long long>(verdict.macs_checked), static_cast<long long>(verdict.faulty));
    return verdict.faulty == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_audit FOLDER [ENTRIES]\n");
        return 2;
    }
    const fs::path folder(argv[1]);
    if (!fs::exists(folder / "provost.db"))
        write_trail(folder, argc > 2 ? std::strtoll(argv[2], nullptr, 10) : 10'000'000);
    return verify_trail(folder);
}
