// What looking up, deciding, mapping and rendering one call-home costs with few and with many devices in the
// store.
//
//   bench_scale FOLDER [FEW] [MANY]      default 1000 and 1000000; FOLDER is filled, about 300 MB for a
//   million
//
// The request goes through PhoneService as a door hands it over, up to the rendered answer; TLS and HTTP are
// left out, since they do not know how many devices there are.
#include "app/house_parts.h"
#include "service/phone_service.h"
#include "service/tenants.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/must.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

namespace {

using namespace provost;
namespace fs = std::filesystem;

constexpr std::uint64_t first_mac = 0x001565000000ULL;
constexpr int visits = 20'000;

Device device_of(std::uint64_t number) {
    Device device;
    device.mac = MacAddress(first_mac + number);
    device.tenant = 1;
    device.vendor = "yealink";
    device.model = "T54W";
    device.state = DeviceState::provisioned;
    device.generation = 1;
    put(device.settings, parse_setting_key("line.1.user").value(), "u" + std::to_string(number));
    return device;
}

void fill(Store& store, std::uint64_t from, std::uint64_t to) {
    constexpr std::uint64_t batch = 5000;
    for (auto begin = from; begin < to; begin += batch)
        must(store.apply([&](Transaction& transaction) -> Status {
            for (auto i = begin; i < std::min(begin + batch, to); ++i)
                PROVOST_CHECK(transaction.insert_device(device_of(i)));
            return {};
        }));
}

// Median microseconds of one visit, over devices drawn at random.
double median_visit(PhoneService& phones, std::uint64_t devices) {
    std::mt19937_64 draw(7);
    std::vector<double> micros;
    for (int i = 0; i < visits; ++i) {
        const MacAddress mac(first_mac + draw() % devices);
        auto evidence = std::make_shared<Evidence>();
        evidence->vendor = "yealink";
        evidence->mac = mac;
        evidence->prefix_allowed = true;
        evidence->key.emplace().fill(1);
        DeviceRequest request;
        request.method = Method::get;
        request.target = "/" + mac.lower() + ".cfg";
        request.user_agent = "Yealink SIP-T54W 96.86.0.70 " + mac.colons();
        request.source = "127.0.0.1";
        const auto begin = std::chrono::steady_clock::now();
        phones.handle(evidence, std::move(request), [](DeviceReply reply) {
            if (reply.status != 200) std::abort();
        });
        micros.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::nth_element(micros.begin(), micros.begin() + visits / 2, micros.end());
    return micros[visits / 2];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_scale FOLDER [FEW] [MANY]\n");
        return 2;
    }
    const fs::path folder(argv[1]);
    const std::uint64_t few = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000;
    const std::uint64_t many = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1'000'000;
    fs::create_directories(folder / "keys");
    fs::permissions(folder / "keys", fs::perms::owner_all);
    const SystemClock clock;
    must(make_key_files(folder / "keys", clock.now()));
    const auto keys = must(open_key_files(folder / "keys"));
    must(make_audit_keys(folder / "keys", "made by a benchmark"));
    const auto store = must(open_sqlite_store(folder / "provost.db", must(open_audit_keys(folder / "keys"))));
    PolicyBoard policies;
    const fs::path source(PROVOST_SOURCE_DIR);
    House house{*store,
                *keys,
                clock,
                policies,
                must(load_vendors(source / "vendors")),
                must(load_hardening(source / "policy/hardening.yaml"))};
    must(policies.refresh(*store, house.hardening));
    Tenants::Draft acme;
    acme.slug = "acme";
    acme.settings = {{"line.registrar_host", "sip.acme.example"}};
    must(TenantService(house).create(acme, "bench"));
    PhoneService phones(house, DoorTraits());

    fill(*store, 0, few);
    median_visit(phones, few);  // warms up
    const double at_few = median_visit(phones, few);
    const auto begin = std::chrono::steady_clock::now();
    fill(*store, few, many);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    median_visit(phones, many);
    const double at_many = median_visit(phones, many);
    std::printf("devices %10llu: median %.1f us a visit\n", static_cast<unsigned long long>(few), at_few);
    std::printf("devices %10llu: median %.1f us a visit (filled in %.0f s)\n",
                static_cast<unsigned long long>(many), at_many, seconds);
    std::printf("ratio %.2f\n", at_many / at_few);
}
