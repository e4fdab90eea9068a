#include "sim/run.h"

#include "sim/files.h"
#include "sim/fleet.h"

#include <algorithm>

namespace provost::sim {

namespace {

// Everything a run needs, checked before the first connection.
struct Scene {
    Target target;
    TlsClient tls;
    PkiFolder certificates;
    std::vector<ListedDevice> devices;
    World world = {};
};

const PhoneMaker* maker_of(const RunOrder& order, const std::string& vendor) {
    const auto found = std::find_if(order.makers.begin(), order.makers.end(),
                                    [&](const PhoneMaker& maker) { return maker.spec.vendor == vendor; });
    return found == order.makers.end() ? nullptr : &*found;
}

Result<std::vector<ListedDevice>> chosen_devices(const RunOrder& order, const PkiFolder& certificates) {
    PROVOST_TRY(std::vector<ListedDevice> devices, certificates.devices());
    std::erase_if(devices, [&](const auto& device) { return maker_of(order, device.vendor) == nullptr; });
    if (order.phones > 0 && devices.size() > order.phones) devices.resize(order.phones);
    if (!devices.empty()) return devices;
    return fail({.code = "P-9010",
                 .what = "no phones to run",
                 .where = (order.pki / "devices.csv").string(),
                 .fix = "Make some with 'provost simulate pki', or choose other --makers"});
}

Result<std::unique_ptr<Scene>> set_scene(const RunOrder& order) {
    PROVOST_TRY(Target target, parse_target(order.url));
    PROVOST_CHECK(check_target(target, order.url));
    PkiFolder certificates(order.pki);
    const auto authority =
        order.server_authority.empty() ? certificates.server_authority() : order.server_authority;
    PROVOST_TRY(TlsClient tls, TlsClient::make(authority));
    PROVOST_TRY(std::vector<ListedDevice> devices, chosen_devices(order, certificates));
    const auto state = order.pki / "state";
    PROVOST_CHECK(make_folder(state));
    for (const PhoneMaker& maker : order.makers) PROVOST_CHECK(make_folder(state / maker.spec.vendor));
    auto scene = std::make_unique<Scene>(
        Scene{std::move(target), std::move(tls), std::move(certificates), std::move(devices)});
    scene->world = {.tls = &scene->tls,
                    .target = &scene->target,
                    .certificates = &scene->certificates,
                    .state = state,
                    .realm = order.realm,
                    .deadline = order.deadline};
    return scene;
}

// One that may exist as well as not: a good server treats both alike.
MacAddress neighbour(MacAddress mac) {
    return MacAddress(mac.value() ^ 1);
}

void count(VendorTally& tally, const PhoneOutcome& phone) {
    const bool served = phone.own.failure.empty() && phone.own.status == 200;
    const bool refused = phone.own.failure.empty() && phone.own.status == 403;
    ++tally.phones;
    tally.with_secret += phone.with_secret;
    tally.without_secret += served && !phone.with_secret;
    tally.refused += refused && !phone.with_secret;
    tally.unanswered += !served && !refused && !phone.with_secret;
    tally.would_register += !phone.accounts.empty();
    const bool registers = !phone.accounts.empty() || !phone.has_accounts;
    tally.as_expected += phone.oddities.empty() && registers;
}

// What the server answers to someone who shows nothing and asks for nothing known.
AnswerTrace ask_as_stranger(const World& world) {
    const Identity nobody;
    Exchange exchange(
        {.tls = world.tls, .target = world.target, .identity = &nobody, .deadline = world.deadline});
    Answer answer = perform(exchange, {.method = "GET", .path = "stranger", .agent = "stranger", .body = {}});
    return trace_of("stranger", answer);
}

// The next `count` devices of the vendor, from the beginning again after the last one.
std::vector<MacAddress> take_devices(const std::vector<ListedDevice>& all, const std::string& vendor,
                                     std::size_t first, std::size_t count) {
    std::vector<MacAddress> own;
    for (const ListedDevice& device : all) {
        if (device.vendor == vendor) own.push_back(device.mac);
    }
    std::vector<MacAddress> taken;
    for (std::size_t i = 0; i < std::min(count, own.size()); ++i)
        taken.push_back(own[(first + i) % own.size()]);
    return taken;
}

struct FaultGroup {
    const FaultOrder* order;
    const PhoneMaker* maker;
    const AddressList* addresses;
    std::vector<MacAddress> macs;
};

Result<FaultTally> run_group(const World& world, const FaultGroup& group, const AnswerTrace& stranger) {
    const Fault& fault = *group.order->fault;
    const auto make = [&](std::size_t i) {
        const MacAddress mac = group.macs[i], other = neighbour(mac);
        Plan plan = plan_fault(group.maker->spec, names_of(*group.maker, mac), fault, other);
        const auto own = group.addresses->find(mac);
        return Phone::make({.world = &world,
                            .maker = group.maker,
                            .mac = mac,
                            .other = other,
                            .address = own == group.addresses->end() ? "" : own->second,
                            .plan = std::move(plan)});
    };
    PROVOST_TRY(const auto outcomes, run_fleet({.phones = group.macs.size(), .make = make, .progress = {}}));
    FaultTally tally{.fault = std::string(fault.name),
                     .vendor = group.maker->spec.vendor,
                     .expectation = expectation_of(fault, *group.maker),
                     .phones = outcomes.size()};
    for (const PhoneOutcome& outcome : outcomes) {
        const std::string why = deviation(tally.expectation, outcome, stranger);
        if (why.empty())
            ++tally.held;
        else
            tally.deviations.push_back(outcome.mac.lower() + ": " + why);
    }
    return tally;
}

std::string deviation_of_answer(Expectation expectation, const AnswerTrace& answer,
                                const AnswerTrace& stranger) {
    if (!answer.connected) return answer.failure;
    if (expectation == Expectation::handshake) return answer.secured ? "the handshake succeeded" : "";
    if (!answer.failure.empty()) return answer.failure;
    const std::string status = "answered " + std::to_string(answer.status);
    if (expectation == Expectation::served) return answer.status == 200 ? "" : status + ", not served";
    if (expectation == Expectation::by_policy && answer.status == 200) return "";
    if (answer.status != 403) return status + ", not refused";
    return answer.likeness == stranger.likeness ? "" : "its refusal differs from a stranger's";
}

}  // namespace

VendorTally RunReport::total() const {
    VendorTally sum;
    for (const auto& [vendor, tally] : vendors) {
        sum.phones += tally.phones;
        sum.with_secret += tally.with_secret;
        sum.without_secret += tally.without_secret;
        sum.refused += tally.refused;
        sum.unanswered += tally.unanswered;
        sum.would_register += tally.would_register;
        sum.as_expected += tally.as_expected;
    }
    return sum;
}

Result<RunReport> run_boots(const RunOrder& order, const Progress& progress) {
    PROVOST_TRY(const auto scene, set_scene(order));
    const auto make = [&](std::size_t i) {
        const ListedDevice& device = scene->devices[i];
        const PhoneMaker& maker = *maker_of(order, device.vendor);
        Plan plan = plan_boots(maker.spec, names_of(maker, device.mac), order.boots);
        const auto own = order.addresses.find(device.mac);
        return Phone::make({.world = &scene->world,
                            .maker = &maker,
                            .mac = device.mac,
                            .other = neighbour(device.mac),
                            .address = own == order.addresses.end() ? "" : own->second,
                            .factory_reset = order.factory_reset,
                            .plan = std::move(plan)});
    };
    RunReport report;
    PROVOST_TRY(report.phones, run_fleet({.phones = scene->devices.size(),
                                          .concurrency = order.concurrency,
                                          .make = make,
                                          .progress = progress}));
    for (const PhoneOutcome& phone : report.phones) count(report.vendors[phone.vendor], phone);
    return report;
}

Result<std::vector<FaultTally>> run_faults(const RunOrder& order, const std::vector<FaultOrder>& faults,
                                           const Progress& progress) {
    PROVOST_TRY(const auto scene, set_scene(order));
    const AnswerTrace stranger = ask_as_stranger(scene->world);
    std::vector<FaultTally> tallies;
    std::size_t first = 0, done = 0;
    for (const FaultOrder& fault : faults) {
        const auto wanted = static_cast<std::size_t>(fault.count);
        for (const PhoneMaker& maker : order.makers) {
            if (!can_show(*fault.fault, maker)) continue;
            const auto macs = take_devices(scene->devices, maker.spec.vendor, first, wanted);
            if (macs.empty()) continue;
            PROVOST_TRY(FaultTally tally,
                        run_group(scene->world, {&fault, &maker, &order.addresses, macs}, stranger));
            tallies.push_back(std::move(tally));
        }
        first += wanted;
        if (progress) progress(++done, faults.size());
    }
    return tallies;
}

std::string deviation(Expectation expectation, const PhoneOutcome& outcome, const AnswerTrace& stranger) {
    if (outcome.judged.empty()) {
        return outcome.oddities.empty() ? "the fault was not shown" : outcome.oddities.front();
    }
    for (const AnswerTrace& answer : outcome.judged) {
        std::string why = deviation_of_answer(expectation, answer, stranger);
        if (!why.empty()) return why;
    }
    const bool mute = expectation == Expectation::served && outcome.accounts.empty() && outcome.has_accounts;
    return mute ? "it was served, but could not register" : "";
}

}  // namespace provost::sim
