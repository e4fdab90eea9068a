// What making a configuration costs: layers merged, settings mapped, parameters written, secrets at hand.
//
//   bench_render [ROUNDS]      default 2000 renderings a vendor
//
// For every vendor one typical phone: the model with the most keys, two lines in use where it has them, ten
// BLF keys where it has them, the whole hardening profile, and every secret of a first delivery. Prints the
// median microseconds of mapping and of writing by vendor, of both over all vendors, and of the hardening
// check: `lint` for a file that brings secrets, read back each time, `gate` for one that does not and was
// found clean before.
#include "app/house_parts.h"
#include "domain/life_cycle.h"
#include "service/configuration.h"
#include "service/hardening_gate.h"
#include "tests/bench/must.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace {

using namespace provost;
namespace fs = std::filesystem;

SettingKey key(std::string_view text) {
    return must(parse_setting_key(text));
}

const ModelSpec& largest_model(const VendorSpec& vendor) {
    return *std::max_element(vendor.models.begin(), vendor.models.end(), [](const auto& a, const auto& b) {
        return std::pair(std::min(a.keys, 10), a.lines) < std::pair(std::min(b.keys, 10), b.lines);
    });
}

bool can(const VendorSpec& vendor, std::string_view name) {
    const auto id = find_setting(name);
    return std::any_of(vendor.parameters.begin(), vendor.parameters.end(),
                       [&](const ParameterRule& rule) { return rule.setting == id; });
}

Device phone(const VendorSpec& vendor, const std::string& transport, const std::string& type) {
    const auto& model = largest_model(vendor);
    Device device;
    const auto prefix = vendor.mac_prefixes.empty() ? 0x020000U : vendor.mac_prefixes.front();
    device.mac = MacAddress((static_cast<std::uint64_t>(prefix) << 24) + 1);
    device.tenant = 1;
    device.vendor = vendor.id;
    device.model = model.id;
    for (int line = 1; line <= std::min(model.lines, 2); ++line) {
        const auto at = "line." + std::to_string(line);
        put(device.settings, key(at + ".user"), "u7f3k2m9x" + std::to_string(line));
        put(device.settings, key(at + ".display_name"), "Reception & Desk " + std::to_string(line));
    }
    for (int n = 1; can(vendor, "key.type") && n <= std::min(model.keys, 10); ++n) {
        const auto at = "key." + std::to_string(n);
        put(device.settings, key(at + ".type"), type);
        put(device.settings, key(at + ".value"), std::to_string(200 + n));
        put(device.settings, key(at + ".label"), "Colleague " + std::to_string(n));
        put(device.settings, key(at + ".line"), "1");
    }
    put(device.settings, key("line.transport"), transport);
    return device;
}

// The best that the vendor's phones have of SIP over TLS and of BLF keys.
Device typical_phone(const VendorSpec& vendor, const std::shared_ptr<const PolicySnapshot>& policy) {
    for (const auto* const type : {"blf", "speed_dial"})
        for (const auto* const transport : {"tls", "tcp", "udp"}) {
            auto device = phone(vendor, transport, type);
            if (make_configuration(device, vendor, policy, {device.model, ""}, true, {})) return device;
        }
    return phone(vendor, "tls", "none");
}

Tenant tenant() {
    Tenant acme;
    acme.id = 1;
    acme.slug = "acme";
    put(acme.settings, key("line.registrar_host"), "sip.acme.example");
    put(acme.settings, key("provisioning.url"), "https://provision.acme.example/p/");
    put(acme.settings, key("time.ntp_server"), "ntp.acme.example");
    put(acme.settings, key("language"), "en");
    return acme;
}

class SomeSecret final : public SecretSource {
 public:
    [[nodiscard]] std::string_view secret(SettingKey) const override {
        return "bbNq7wXr4TzKd9VmPy3HcJf6LsGn8RtE";
    }
    [[nodiscard]] std::string_view hashed(SettingKey, SecretForm) const override {
        return "$1$FZ6rOGS1$54ZXSmjh7nod.kXFRyLx70";
    }
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double micros(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
}

struct Cost {
    double map = 0, write = 0, both = 0, lint = 0, gate = 0;  // median microseconds
    std::size_t parameters = 0, bytes = 0;
};

Cost measure(const VendorShelf& shelf, const VendorSpec& vendor,
             const std::shared_ptr<const PolicySnapshot>& policy, int rounds) {
    const auto device = typical_phone(vendor, policy);
    const auto& syntax = shelf.syntax(vendor, device.model);
    const SomeSecret secrets;
    Cost cost;
    std::vector<double> map, write, both, lint, gate;
    HardeningGate known;
    const auto later = must(make_configuration(device, vendor, policy, {device.model, ""}, false, {}));
    OutputBuffer later_file;
    must(syntax.render(later.parameters, secrets, later_file));
    for (int i = -rounds / 10; i < rounds; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        auto made = must(make_configuration(device, vendor, policy, {device.model, ""}, true, {}));
        const auto mapped = std::chrono::steady_clock::now();
        OutputBuffer out;
        must(syntax.render(made.parameters, secrets, out));
        const auto written = std::chrono::steady_clock::now();
        if (i < 0) continue;  // warms up
        map.push_back(micros(mapped - begin));
        write.push_back(micros(written - mapped));
        both.push_back(micros(written - begin));
        cost.parameters = made.parameters.size();
        cost.bytes = out.size();
        const auto before = std::chrono::steady_clock::now();
        must(known.check({shelf, vendor, device, {device.model, ""}, made}, out.view()));
        const auto linted = std::chrono::steady_clock::now();
        must(known.check({shelf, vendor, device, {device.model, ""}, later}, later_file.view()));
        lint.push_back(micros(linted - before));
        gate.push_back(micros(std::chrono::steady_clock::now() - linted));
    }
    cost.map = median(std::move(map));
    cost.write = median(std::move(write));
    cost.both = median(std::move(both));
    cost.lint = median(std::move(lint));
    cost.gate = median(std::move(gate));
    return cost;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2'000;
    const fs::path source(PROVOST_SOURCE_DIR);
    const auto shelf = must(load_vendors(source / "vendors"));
    const auto policy = must(
        PolicySnapshot::make({tenant()}, {}, {}, must(load_hardening(source / "policy/hardening.yaml"))));
    std::printf("%-18s %10s %8s %8s %8s %8s %8s %8s\n", "vendor", "parameters", "bytes", "map us", "write us",
                "both us", "lint us", "gate us");
    std::vector<double> all;
    for (const auto& vendor : shelf->catalogue().vendors()) {
        const auto cost = measure(*shelf, vendor, policy, rounds);
        std::printf("%-18s %10zu %8zu %8.1f %8.1f %8.1f %8.1f %8.1f\n", vendor.id.c_str(), cost.parameters,
                    cost.bytes, cost.map, cost.write, cost.both, cost.lint, cost.gate);
        all.push_back(cost.both);
    }
    const double worst = *std::max_element(all.begin(), all.end());
    std::printf("over all vendors: median %.1f us, worst %.1f us\n", median(all), worst);
}
