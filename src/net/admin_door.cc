#include "net/admin_door.h"

#include "net/admin_loop.h"
#include "net/admin_session.h"
#include "net/listening_socket.h"

namespace provost {

namespace {

class LoopAdminDoor final : public AdminDoor {
 public:
    LoopAdminDoor(const AdminDoorSettings& settings, WebFiles files) : core_(settings, std::move(files)) {}

    // What may still bring something to a session ends before the sessions do.
    ~LoopAdminDoor() override {
        core_.streams.stop();
        core_.workers.stop();
        loop_.reset();
    }

    Status open() {
        PROVOST_TRY(const auto commit, prepare_reload());
        commit();
        PROVOST_TRY(auto listening, listen_on(core_.settings.address, core_.settings.port, 1));
        port_ = listening.port;
        loop_ = std::make_unique<AdminLoop>(core_, listening.sockets.front().release());
        return {};
    }

    void serve(AdminHandlers handlers) override {
        core_.handlers = std::move(handlers);
        core_.workers.start();
        core_.streams.start();
        loop_->start();
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    Result<std::function<void()>> prepare_reload() override {
        PROVOST_TRY(auto context,
                    make_tls_context(core_.settings.identities, core_.library.get(), TlsProfile::web));
        auto dates = std::make_shared<const std::vector<IdentityDates>>(dates_of(context.get()));
        return std::function<void()>([this, context = std::move(context), dates = std::move(dates)] {
            core_.tls.store(context);
            core_.identities.store(dates);
        });
    }

    [[nodiscard]] AdminCounters counters() const override {
        AdminCounters all;
        all.door = {core_.accepted.value(),           core_.budget.open(),    core_.handshakes.value(),
                    core_.handshake_failures.value(), core_.requests.value(), core_.shed.value()};
        for (std::size_t i = 0; i < handshake_faults; ++i) all.door.faults[i] = core_.faults[i].value();
        all.busy = core_.busy.value();
        all.wrong_hosts = core_.wrong_hosts.value();
        all.reports = core_.reports.value();
        all.waiting = core_.workers.waiting();
        all.streams = core_.streams.open();
        all.files = core_.files.size();
        return all;
    }
    [[nodiscard]] HistogramReading handshake_duration() const override {
        return core_.handshake_duration.read();
    }
    [[nodiscard]] std::vector<IdentityDates> identities() const override { return *core_.identities.load(); }

 private:
    AdminCore core_;
    std::unique_ptr<AdminLoop> loop_;
    std::uint16_t port_ = 0;
};

}  // namespace

Result<std::unique_ptr<AdminDoor>> open_admin_door(const AdminDoorSettings& settings) {
    WebFiles files;
    if (!settings.web.empty()) {
        PROVOST_TRY(files, WebFiles::read(settings.web));
    }
    auto door = std::make_unique<LoopAdminDoor>(settings, std::move(files));
    PROVOST_CHECK(door->open());
    return door;
}

}  // namespace provost
