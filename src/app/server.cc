#include "app/server.h"

#include "app/head_file.h"
#include "app/house_parts.h"
#include "crypto/random.h"
#include "storage/sqlite/sqlite_store.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"

#include <condition_variable>

#include <spdlog/spdlog.h>

namespace provost {

namespace {

std::vector<DoorTraits> door_traits(const ServerConfig& config) {
    std::vector<DoorTraits> traits{config.door.traits};
    for (const auto& door : config.doors) traits.push_back(door.traits);
    return traits;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerConfig& config) {
    if (!start_random()) return fail({"P-1104", "the system gives no random numbers", "random"});
    std::unique_ptr<Server> server(new Server(config));
    PROVOST_CHECK(server->open_parts());
    PROVOST_CHECK(server->open_doors());
    server->started_ = server->clock_.now();
    server->keeper_ =
        std::jthread([raw = server.get()](const std::stop_token& stop) { raw->keep_house(stop); });
    return server;
}

Server::~Server() {
    keeper_.request_stop();
    if (keeper_.joinable()) keeper_.join();
    control_.reset();
    if (doors_) doors_->stop(std::chrono::seconds(2));
    doors_.reset();
    // Changes keep their order: with this one done, none is left that needs the services, which go before the
    // store.
    if (store_) (void)store_->apply([](Transaction&) { return Status(); });
    if (const auto closed = audit_ ? audit_->close(clock_.now()) : Status(); !closed)
        spdlog::error("audit: " + closed.error().text());
}

Status Server::open_parts() {
    PROVOST_TRY(const auto vendors, load_vendors(config_.vendor_folder));
    PROVOST_TRY(auto hardening, load_hardening(config_.hardening_file));
    PROVOST_TRY(keys_, open_key_files(config_.key_folder));
    PROVOST_CHECK(open_audit());
    house_ =
        std::make_unique<House>(House{*store_, *keys_, clock_, policies_, vendors, std::move(hardening)});
    house_->guard = std::make_shared<GuardPost>(*store_, config_.guard);
    PROVOST_CHECK(house_->guard->open(clock_.now()));
    policies_.set_doors(door_traits(config_));
    PROVOST_CHECK(policies_.refresh(*store_, house_->hardening));
    housekeeper_ = std::make_unique<Housekeeper>(*house_);
    return {};
}

// Keys are made at the first start of an installation that has none, and never where a trail is there
// already.
Status Server::open_audit() {
    const auto database = config_.data_folder / "provost.db";
    if (!has_audit_keys(config_.key_folder) && !has_audit(database))
        PROVOST_CHECK(make_audit_keys(config_.key_folder, "made at the first start"));
    PROVOST_TRY(audit_keys_, open_audit_keys(config_.key_folder));
    PROVOST_TRY(store_, open_sqlite_store(database, audit_keys_));
    std::vector<AuditKeeper::Sink> sinks;
    if (const auto& file = config_.audit_head_file; !file.empty())
        sinks.emplace_back([file](const AuditHead& head) { return append_head(file, head); });
    audit_ = std::make_unique<AuditKeeper>(*store_, audit_keys_, std::move(sinks));
    if (has_audit_start(config_.key_folder))
        spdlog::warn(
            "audit.start lies in the key folder still: take it off this host, or whoever takes the "
            "host over can rewrite the audit trail");
    return {};
}

Status Server::open_doors() {
    std::vector<DoorSettings> doors{config_.door};
    doors.insert(doors.end(), config_.doors.begin(), config_.doors.end());
    PROVOST_TRY(doors_, PhoneDoors::open(doors, *house_));
    trust_ = std::make_unique<Trust>(*house_, doors_->judges());
    api_ = std::make_unique<Api>(*house_, *trust_, *this);
    PROVOST_TRY(control_, open_control_door(config_.control_socket, [this](const ApiRequest& request) {
                    return api_->handle(request);
                }));
    return {};
}

void Server::keep_house(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        {
            const std::lock_guard guard(housekeeping_);
            const auto done = housekeeper_->tick(clock_.now(), std::chrono::steady_clock::now());
            if (!done) spdlog::error("housekeeping: " + done.error().text());
            const auto audited = audit_->tick(clock_.now(), std::chrono::steady_clock::now());
            if (!audited) spdlog::error("audit: " + audited.error().text());
            const auto watched = house_->guard->tick(clock_.now());
            if (!watched) spdlog::error("guard: " + watched.error().text());
        }
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

Status Server::reload() {
    PROVOST_TRY(const auto commit, doors_->prepare_reload());
    PROVOST_CHECK(trust_->reload());
    PROVOST_CHECK(policies_.refresh(*store_, house_->hardening));
    commit();
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
    state.counters = sum_of_counters(state.doors);
    const auto verdicts = doors_->verdicts();
    state.counters.insert(state.counters.end(),
                          {{"verdict_cache_hits", verdicts.hits}, {"verdict_cache_misses", verdicts.misses}});
    const auto guard = house_->guard->counters(clock_.now());
    state.counters.insert(state.counters.end(), guard.begin(), guard.end());
    state.epoch = keys_->current_epoch();
    state.epoch_started = keys_->epoch_started();
    state.braked = housekeeper_->braked();
    return state;
}

}  // namespace provost
