#include "app/server.h"

#include "app/file_limit.h"
#include "app/head_file.h"
#include "app/house_parts.h"
#include "app/keys.h"
#include "app/outbound_targets.h"
#include "app/registrars.h"
#include "app/webhooks.h"
#include "crypto/random.h"
#include "service/log.h"
#include "service/people/people.h"
#include "storage/sqlite/sqlite_store.h"

#include <bit>
#include <condition_variable>

namespace provost {

namespace {

constexpr Duration last_messages = std::chrono::seconds(3);  // to go out at the end

std::vector<DoorTraits> door_traits(const ServerConfig& config) {
    std::vector<DoorTraits> traits{config.door.traits};
    for (const auto& door : config.doors) traits.push_back(door.traits);
    return traits;
}

// A door with more connections than handles would leave none for the store.
void fit_to_file_limit(std::vector<DoorSettings>& doors, const ServerConfig& config) {
    const auto handles = raise_file_limit();
    auto others = other_handles;
    for (const auto* const plain : {&config.metrics, &config.tripwire})
        if (*plain) others += (*plain)->limits.connections;
    if (config.admin) others += config.admin->door.limits.connections;
    if (!fit_connections(doors, handles, others)) return;
    log_event(LogLevel::warning, "process.few-file-handles",
              "the limit on file handles is below the doors' limits on connections, which are lowered",
              {{"handles", std::to_string(handles)},
               {"main", std::to_string(doors.front().limits.connections)},
               {"fix", "LimitNOFILE=65536 in the service, or 'ulimit -Hn'"}});
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerConfig& config, Sandbox sandbox) {
    if (!start_random()) return fail({"P-1104", "the system gives no random numbers", "random"});
    std::unique_ptr<Server> server(new Server(config, std::move(sandbox)));
    PROVOST_CHECK(server->open_parts());
    PROVOST_CHECK(server->open_doors());
    server->started_ = server->clock_.now();
    PROVOST_CHECK(server->watch_updates());
    PROVOST_CHECK(server->open_plain_doors());
    server->keeper_ =
        std::jthread([raw = server.get()](const std::stop_token& stop) { raw->keep_house(stop); });
    return server;
}

Server::~Server() {
    keeper_.request_stop();
    if (keeper_.joinable()) keeper_.join();
    metrics_door_.reset();
    updates_.reset();
    tripwire_door_.reset();
    control_.reset();  // a worker that reloaded holds something in the admin door's TLS library
    admin_.reset();
    if (house_) house_->resync.reset();
    registrar_doors_.reset();
    if (doors_) doors_->stop(std::chrono::seconds(2));
    doors_.reset();
    if (house_) house_->registrar_hub.reset();  // its threads use the house
    if (house_) house_->hooks.reset();          // these too
    api_.reset();                               // imports and undos that run stop after their batch
    // Changes keep their order: with this one done, none is left that needs the services, which go before the
    // store.
    if (store_) (void)store_->apply([](Transaction&) { return Status(); });
    if (const auto closed = audit_ ? audit_->close(clock_.now()) : Status(); !closed)
        log_event(LogLevel::error, "audit.failed", closed.error().what, fields_of(closed.error()));
    if (alerts_) alerts_->finish(last_messages);
}

Status Server::open_parts() {
    PROVOST_TRY(const auto vendors, load_vendors(config_.vendor_folder));
    PROVOST_TRY(auto hardening, load_hardening(config_.hardening_file));
    PROVOST_TRY(auto held, reach_keys(config_));
    keys_ = std::move(held.keys);
    audit_keys_ = std::move(held.audit);
    PROVOST_CHECK(open_audit());
    house_ =
        std::make_unique<House>(House{*store_, *keys_, clock_, policies_, vendors, std::move(hardening)});
    house_->guard = std::make_shared<GuardPost>(*store_, config_.guard);
    PROVOST_CHECK(house_->guard->open(clock_.now()));
    house_->alerts = alerts_;
    if (!config_.nft_file.empty()) nft_file_.emplace(config_.nft_file);
    house_->reviews = std::make_shared<ReviewKeeper>(*store_, config_.review_every);
    policies_.set_doors(door_traits(config_));
    PROVOST_CHECK(policies_.refresh(*store_, house_->hardening));
    housekeeper_ = std::make_unique<Housekeeper>(*house_);
    PROVOST_CHECK(open_registrars_of_house());
    PROVOST_CHECK(open_webhooks_of_house());
    return open_resync();
}

// Without any, too: those of the last start are forgotten.
Status Server::open_webhooks_of_house() {
    PROVOST_TRY(house_->hooks, open_webhooks(config_.webhooks, *house_));
    return {};
}

// Before the first phone is served: nothing is released that no queue takes.
Status Server::open_registrars_of_house() {
    if (config_.registrars.empty()) return {};
    PROVOST_TRY(auto open, open_registrars(config_.registrars, config_.outbound.host, *house_));
    std::vector<RegistrarScope> scopes;
    for (const auto& one : config_.registrars) scopes.push_back(one.scope);
    house_->registrars = std::make_shared<RegistrarDirectory>(policies_, std::move(scopes));
    house_->registrar_hub = std::make_shared<RegistrarHub>(*house_, std::move(open));
    return house_->registrar_hub->open();
}

// Without the block nothing is sent to anybody.
Status Server::open_resync() {
    PROVOST_TRY(notify_sender_, make_sender(config_.resync));
    ResyncKeeper::Ways ways{*notify_sender_, nullptr, config_.resync.route, load_time_zone};
    if (config_.resync.given && house_->registrar_hub) ways.registrars = registrars_of(*house_);
    house_->resync = std::make_shared<ResyncKeeper>(*house_, std::move(ways), config_.resync.pace);
    return house_->resync->open();
}

Status Server::open_audit() {
    SqliteOptions options;
    options.metrics = store_metrics_;
    PROVOST_TRY(store_, open_sqlite_store(config_.data_folder / "provost.db", audit_keys_, options));
    PROVOST_CHECK(open_alerts());
    std::vector<AuditKeeper::Sink> sinks;
    if (!config_.outbound.heads.empty())
        sinks.emplace_back([alerts = alerts_](const AuditHead& head) { return alerts->ship(head); });
    if (const auto& file = config_.audit_head_file; !file.empty())
        sinks.emplace_back([file](const AuditHead& head) { return append_head(file, head); });
    audit_ = std::make_unique<AuditKeeper>(*store_, audit_keys_, std::move(sinks));
    return {};
}

Status Server::open_alerts() {
    PROVOST_TRY(auto targets, make_targets(config_.outbound));
    AlertSettings settings{config_.outbound.pace, config_.outbound.host};
    alerts_ = std::make_shared<AlertKeeper>(*store_, std::move(settings), std::move(targets));
    return alerts_->open(clock_.now());
}

Status Server::watch_updates() {
    if (config_.updates.feed.empty()) return {};
    PROVOST_TRY(auto check, prepare_update_check(config_.updates));
    updates_ = std::make_unique<UpdateWatch>(*store_, std::move(check), config_.updates.every);
    return {};
}

// What goes wrong again and again is logged once a minute, and is one alert.
void Server::watch(std::string_view name, const Status& done) {
    const bool news = complaints_[name].is_news(done);
    if (done) return;
    if (news) log_event(LogLevel::error, name, done.error().what, fields_of(done.error()));
    alerts_->raise(name, done.error(), clock_.now());
}

Status Server::open_doors() {
    std::vector<DoorSettings> doors{config_.door};
    doors.insert(doors.end(), config_.doors.begin(), config_.doors.end());
    fit_to_file_limit(doors, config_);
    PROVOST_TRY(doors_, PhoneDoors::open(doors, *house_));
    PROVOST_TRY(registrar_doors_, RegistrarDoors::open(config_.registrars, *house_));
    trust_ = std::make_unique<Trust>(*house_, doors_->judges());
    api_ = std::make_unique<Api>(*house_, *trust_, *this);
    api_->ask_second_persons(config_.approvals);
    reports_ = std::make_unique<ReportFiles>(config_.reports, [this] { return make_report(); });
    PROVOST_CHECK(open_admin());
    PROVOST_TRY(control_, open_control_door(config_.control_socket, [this](const ApiRequest& request) {
                    return api_->handle(request);
                }));
    return {};
}

Status Server::open_admin() {
    if (!config_.admin) return {};
    PROVOST_TRY(admin_, AdminDesk::open(*config_.admin, clock_));
    SignInSettings sign_in;
    sign_in.origin = admin_->origin();
    sign_in.rp_id = admin_->host();
    PROVOST_TRY(gate_, AdminGate::open(*house_, std::move(sign_in),
                                       [this](const ApiRequest& request) { return api_->handle(request); }));
    admin_->serve([this](const ApiRequest& request, const std::string& peer) {
        return gate_->handle({request, peer});
    });
    return {};
}

// Where nobody can sign in as platform admin yet.
Result<std::optional<std::string>> Server::first_login() {
    if (!admin_) return std::nullopt;
    PROVOST_TRY(const auto link, provost::first_login(*house_));
    if (!link) return std::nullopt;
    return admin_->origin() + link->path;
}

// As a person at the control socket would ask for it.
Result<std::string> Server::make_report() {
    ApiRequest request;
    request.method = "GET";
    request.path = "/v1/fleet/report";
    request.query["format"] = "html";
    request.actor = request.who.name = "clock";
    request.who.tenant.reset();
    auto reply = api_->handle(request);
    if (reply.status == 200) return std::move(reply.body);
    return fail({"P-1117", "the report can't be made", "reports", reply.body.substr(0, 512)});
}

Status Server::open_plain_doors() {
    if (config_.tripwire) PROVOST_CHECK(open_tripwire());
    if (!config_.metrics) return {};
    metrics_ = std::make_unique<ServerMetrics>(ServerMetrics::Parts{
        *house_, *doors_, *housekeeper_, store_metrics_, housekeeping_failures_, config_.data_folder,
        config_.key_folder, tripwire_door_.get(), started_, updates_.get(), sandbox_.on(), admin_.get()});
    PROVOST_TRY(metrics_door_, open_plain_door(*config_.metrics, [this](const PlainRequest& request) {
                    return metrics_->answer(request);
                }));
    return {};
}

// All are told the same, whatever they ask.
Status Server::open_tripwire() {
    std::array<std::uint8_t, sizeof(std::uint64_t)> seed{};
    random_bytes(seed);
    tripwire_ = std::make_unique<Tripwire>(*store_, std::bit_cast<std::uint64_t>(seed));
    PROVOST_TRY(tripwire_door_, open_plain_door(*config_.tripwire, [this](const PlainRequest& request) {
                    tripwire_->note({static_cast<TripwireCall::Kind>(request.kind), request.source,
                                     request.method, request.target, request.host, request.user_agent},
                                    clock_.now());
                    return PlainReply();
                }));
    return {};
}

std::vector<std::pair<std::string, std::uint16_t>> Server::plain_ports() const {
    std::vector<std::pair<std::string, std::uint16_t>> ports;
    if (metrics_door_) ports.emplace_back("metrics", metrics_door_->port());
    for (const auto& [name, port] : registrar_doors_->ports()) ports.emplace_back("registrar-" + name, port);
    if (tripwire_door_) ports.emplace_back("tripwire", tripwire_door_->port());
    if (admin_) ports.emplace_back("admin", admin_->port());
    return ports;
}

void Server::keep_house(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        {
            if (tripwire_) tripwire_->tick(clock_.now());
            const std::lock_guard guard(housekeeping_);
            const auto done = housekeeper_->tick(clock_.now(), std::chrono::steady_clock::now());
            if (!done) housekeeping_failures_->add();
            watch("housekeeping.failed", done);
            watch("audit.failed", audit_->tick(clock_.now(), std::chrono::steady_clock::now()));
            watch("guard.failed", house_->guard->tick(clock_.now()));
            if (nft_file_) watch("firewall.failed", nft_file_->tick(*store_, clock_.now()));
            watch("review.failed", house_->reviews->tick(clock_.now()));
            watch("alert.failed", alerts_->tick(clock_.now()));
            watch("report.failed", reports_->tick(clock_.now()));
        }
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

Status Server::reload() {
    PROVOST_TRY(const auto commit, doors_->prepare_reload());
    PROVOST_TRY(const auto others, registrar_doors_->prepare_reload());
    std::function<void()> admin = [] {};
    if (admin_) {
        PROVOST_TRY(admin, admin_->prepare_reload());
    }
    PROVOST_CHECK(trust_->reload());
    PROVOST_CHECK(policies_.refresh(*store_, house_->hardening));
    commit();
    for (const auto& other : others) other();
    admin();
    return {};
}

Status Server::close_epoch() {
    const std::lock_guard guard(housekeeping_);
    return housekeeper_->close_epoch(clock_.now());
}

ServerState Server::state() const {
    ServerState state;
    state.version = PROVOST_VERSION;
    state.started = started_;
    state.address = config_.door.address;
    state.port = doors_->main_port();
    state.doors = doors_->states();
    if (admin_) state.admin = admin_->state();
    state.counters = sum_of_counters(state.doors);
    const auto verdicts = doors_->verdicts();
    state.counters.insert(state.counters.end(),
                          {{"verdict_cache_hits", verdicts.hits}, {"verdict_cache_misses", verdicts.misses}});
    const auto guard = house_->guard->counters(clock_.now());
    state.counters.insert(state.counters.end(), guard.begin(), guard.end());
    if (const auto epochs = keys_->epochs()) {
        state.epoch = epochs->current;
        state.epoch_started = epochs->started;
    }
    state.key_holder = config_.key_holder_socket.empty() ? "in process" : "process of its own";
    state.sandbox = sandbox_.text();
    state.braked = housekeeper_->braked();
    return state;
}

}  // namespace provost
