// What the operators' desk costs with many devices: pages, searches and figures under many users at once, and
// an import beside phones that call home.
//
//   bench_desk FOLDER [DEVICES [USERS [TENANTS]]]      default 100000, 50, 200; FOLDER is filled
//
// Requests go to the REST resources as the admin door hands them over, by its few workers; TLS and HTTP are
// left out. Each user asks again as soon as it has its answer, which is more than people do.
#include "api/api.h"
#include "app/house_parts.h"
#include "net/admin_door.h"
#include "net/worker_pool.h"
#include "service/import_devices.h"
#include "service/phone_service.h"
#include "service/tenants.h"
#include "service/undo_import.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/desk_questions.h"
#include "tests/bench/must.h"
#include "tests/bench/times.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace {

using namespace provost;
namespace fs = std::filesystem;

constexpr std::uint64_t yealinks = 0x001565000000ULL, snoms = 0x000413000000ULL;
constexpr int requests_of_a_user = 60;

class NoControl final : public ServerControl {
 public:
    Status reload() override { return {}; }
    Status close_epoch() override { return {}; }
    void release_brake() override {}
    [[nodiscard]] ServerState state() const override { return {}; }
    [[nodiscard]] Result<AuditHead> audit_head() const override { return AuditHead(); }
};

// How large the house is.
struct Size {
    std::uint64_t devices = 100'000;
    int users = 50;
    std::uint64_t tenants = 200;
};

Device device_of(std::uint64_t number, std::uint64_t tenants, Timestamp now) {
    const bool snom = number % 3 == 0;
    Device device;
    device.mac = MacAddress((snom ? snoms : yealinks) + number);
    device.tenant = static_cast<TenantId>(1 + number % tenants);
    device.site = number % 5 == 0 ? "" : "site " + std::to_string(number % 4);
    device.vendor = snom ? "snom" : "yealink";
    device.model = snom ? "D785" : number % 2 == 0 ? "T54W" : "T46U";
    device.firmware = snom ? "10.1.184.15" : number % 7 == 0 ? "96.86.0.70" : "96.86.0.75";
    device.state = number % 11 == 0   ? DeviceState::armed
                   : number % 97 == 0 ? DeviceState::expired
                                      : DeviceState::provisioned;
    device.generation = 1;
    if (device.state == DeviceState::armed) device.armed_until = now + std::chrono::hours(24 * 14);
    if (device.state == DeviceState::provisioned) {
        device.last_seen = now - std::chrono::seconds(number % 100'000);
        device.last_source =
            "198.51." + std::to_string(number / 250 % 250) + "." + std::to_string(number % 250);
    }
    put(device.settings, parse_setting_key("line.1.user").value(), std::to_string(100'000 + number));
    put(device.settings, parse_setting_key("line.1.label").value(), "Room " + std::to_string(number % 5000));
    return device;
}

void fill(Store& store, const Size& size, Timestamp now) {
    constexpr std::uint64_t batch = 5000;
    for (std::uint64_t begin = 0; begin < size.devices; begin += batch)
        must(store.apply([&](Transaction& transaction) -> Status {
            for (auto i = begin; i < std::min(begin + batch, size.devices); ++i)
                PROVOST_CHECK(transaction.insert_device(device_of(i, size.tenants, now)));
            return {};
        }));
}

// As the admin door does it: a worker asks, the user waits.
ApiReply ask_by(WorkerPool& workers, Api& api, const ApiRequest& request) {
    std::promise<ApiReply> reply;
    if (!workers.submit([&] { reply.set_value(api.handle(request)); }, WorkerPool::Pace::quick))
        give_up("no room for a request");
    return reply.get_future().get();
}

// Each user asks one of the questions after the other, drawn at random.
void ask(Api& api, const std::vector<Question>& questions, int users) {
    const AdminDoorSettings door;
    WorkerPool workers(door.workers, door.waiting);
    workers.start();
    std::mutex mutex;
    std::map<std::string, std::vector<double>> millis;
    std::vector<std::thread> threads;
    for (int user = 0; user < users; ++user)
        threads.emplace_back([&, user] {
            std::mt19937 draw(static_cast<unsigned>(user));
            std::vector<std::pair<std::string, double>> own;
            for (int i = 0; i < requests_of_a_user; ++i) {
                const auto& question = questions[draw() % questions.size()];
                ApiRequest request;
                request.method = "GET";
                request.path = question.path;
                request.query = question.query;
                request.who.role = Role::platform;
                request.who.tenant.reset();
                const auto begin = Steady::now();
                const auto reply = ask_by(workers, api, request);
                own.emplace_back(question.name, millis_since(begin));
                if (reply.status != 200) give_up(question.name + ": " + reply.body);
            }
            const std::lock_guard lock(mutex);
            for (const auto& [name, took] : own) millis[name].push_back(took);
        });
    for (auto& thread : threads) thread.join();
    for (auto& [name, all] : millis) print_times(name, std::move(all));
}

// Phones that take their configuration without secrets, one after the other, at a steady pace.
std::vector<double> call_home(PhoneService& phones, std::uint64_t devices, const std::atomic<bool>& stop) {
    std::mt19937_64 draw(7);
    std::vector<double> millis;
    auto next = Steady::now();
    while (!stop) {
        const auto number = draw() % devices / 3 * 3;
        const MacAddress mac(snoms + number);
        auto evidence = std::make_shared<Evidence>();
        evidence->vendor = "snom";
        evidence->mac = mac;
        evidence->prefix_allowed = true;
        evidence->key.emplace().fill(1);
        DeviceRequest request;
        request.method = Method::get;
        request.target = "/snomD785-" + mac.upper() + ".htm";
        request.user_agent = "Mozilla/4.0 (compatible; snomD785-SIP 10.1.184.15 1.0 " + mac.upper() + ")";
        request.source = "198.51.100.7";
        const auto begin = Steady::now();
        std::promise<void> answered;
        phones.handle(evidence, std::move(request), [&](DeviceReply) { answered.set_value(); });
        answered.get_future().wait();
        millis.push_back(millis_since(begin));
        next += std::chrono::milliseconds(5);
        std::this_thread::sleep_until(next);
    }
    return millis;
}

void import(House& house, PhoneService& phones, const Size& size) {
    const auto beside = [&](const std::string& what, const auto& work) {
        std::atomic<bool> stop = false;
        auto calling = std::async(std::launch::async, [&] { return call_home(phones, size.devices, stop); });
        work();
        stop = true;
        print_times("call home, " + what, calling.get());
    };
    beside("nothing beside it", [] { std::this_thread::sleep_for(std::chrono::seconds(5)); });
    const auto csv = device_list(size.devices, size.tenants);
    ImportDevices importer(house);
    const auto on = [](std::size_t, std::size_t) { return true; };
    ImportOptions options;
    options.actor = "bench";
    options.who.tenant.reset();
    ImportRecord record;
    record.number = options.number = 1;
    must(house.store.apply([&](Transaction& transaction) { return transaction.imports().insert(record); }));
    ImportDevices::Plan plan;
    auto begin = Steady::now();
    beside("list being checked", [&] { plan = must(importer.check(csv, options, on)); });
    const auto checked = millis_since(begin) / 1000;
    begin = Steady::now();
    beside("list being written", [&] { must(importer.apply(plan, on)); });
    const auto written = millis_since(begin) / 1000;
    begin = Steady::now();
    const auto preview = must(preview_undo(house, record.number, options.who, 1000));
    const auto previewed = millis_since(begin) / 1000;
    begin = Steady::now();
    beside("list being undone",
           [&] { must(UndoImport(house, record.number, options.who).run([] { return true; })); });
    std::printf(
        "import of %zu rows (%zu refused): checked in %.1f s, written in %.1f s; undo previewed in %.1f s,"
        " done in %.1f s (%zu removed)\n",
        plan.report.applied, plan.report.refused, checked, written, previewed, millis_since(begin) / 1000,
        preview.removed);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_desk FOLDER [DEVICES [USERS [TENANTS]]]\n");
        return 2;
    }
    const fs::path folder(argv[1]);
    Size size;
    if (argc > 2) size.devices = std::strtoull(argv[2], nullptr, 10);
    if (argc > 3) size.users = std::atoi(argv[3]);
    if (argc > 4) size.tenants = std::strtoull(argv[4], nullptr, 10);
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
    for (std::uint64_t i = 0; i < size.tenants; ++i) {
        Tenants::Draft draft;
        draft.slug = "t" + std::to_string(i);
        draft.settings = {{"line.registrar_host", "sip.example"}};
        must(TenantService(house).create(draft, "bench"));
    }
    const auto begin = Steady::now();
    fill(*store, size, clock.now());
    std::printf("%llu devices of %llu tenants, filled in %.1f s; %d users\n",
                static_cast<unsigned long long>(size.devices), static_cast<unsigned long long>(size.tenants),
                millis_since(begin) / 1000, size.users);
    Trust trust(house, {});
    NoControl control;
    Api api(house, trust, control);
    PhoneService phones(house, DoorTraits());
    ask(api, pages, 1);
    ask(api, searches, 1);
    std::printf("-- %d users at once\n", size.users);
    ask(api, pages, size.users);
    ask(api, searches, size.users);
    ask(api, overview, 1);
    std::printf("-- import\n");
    import(house, phones, size);
}
