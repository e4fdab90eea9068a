// What a use of the keys costs in the server's own process, and over the socket of a key holder.
//
//   bench_keys FOLDER      a new folder, for keys
#include "tests/contract/socket_holder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace provost;

namespace {

namespace fs = std::filesystem;

constexpr int rounds = 2000;

// The median of the rounds, in microseconds.
template <class Work>
double median_of(Work work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        times.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
    return times[rounds / 2];
}

void measure(const char* name, KeyHolder& keys, AuditKeys& audit) {
    std::vector<StoredSecret> visit;
    for (const auto* const purpose :
         {"line.1.password", "security.admin_password", "security.user_password"}) {
        const SecretBinding binding{7, MacAddress(0x001565112233), purpose, 3};
        visit.push_back(
            {binding, keys.seal(binding, Secret::copy_of("correct horse battery staple")).value()});
    }
    const auto password = Secret::copy_of("correct horse battery staple");
    std::printf("%-12s open 3 secrets %6.1f us   seal one %6.1f us   MAC of an entry %6.1f us\n", name,
                median_of([&] { (void)keys.open_all(visit).value(); }),
                median_of([&] { (void)keys.seal(visit[0].binding, password).value(); }),
                median_of([&] { (void)audit.mac(0, {}).value(); }));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const fs::path folder(arguments[1]);
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    if (!make_key_files(folder, SystemClock().now()) || !make_audit_keys(folder, "a benchmark")) return 1;
    {
        const auto keys = open_key_files(folder).value();
        measure("in process", *keys, *open_audit_keys(folder).value());
    }
    OpenLimits limits;
    limits.all = limits.tenant = {1e6, 1e6};
    limits.alarm_per_minute = 1'000'000;
    const contract::SocketHolder process(folder, limits);
    const auto held = process.connect();
    measure("by socket", *held.keys, *held.audit);
    return 0;
}
