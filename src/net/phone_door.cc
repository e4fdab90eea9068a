#include "net/phone_door.h"

#include "net/listening_socket.h"
#include "net/phone_loop.h"

namespace provost {

namespace {

class LoopDoor final : public PhoneDoor {
 public:
    LoopDoor(const DoorSettings& settings, JudgeCertificate& judge, DeliverConfiguration& deliver, Gate* gate)
        : core_(settings, judge, deliver, gate) {}
    ~LoopDoor() override { stop(Duration(0)); }

    Status open() {
        PROVOST_CHECK(reload());
        const auto& settings = core_.settings;
        PROVOST_TRY(auto listening, listen_on(settings.address, settings.port, settings.threads));
        port_ = listening.port;
        for (auto& fd : listening.sockets) loops_.push_back(std::make_unique<PhoneLoop>(core_, fd.release()));
        for (const auto& loop : loops_) loop->start();
        return {};
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    Result<std::function<void()>> prepare_reload() override {
        const auto profile = core_.settings.traits.old_tls ? TlsProfile::old : TlsProfile::modern;
        PROVOST_TRY(auto context, make_tls_context(core_.settings.identities, core_.library.get(), profile));
        auto dates = std::make_shared<const std::vector<IdentityDates>>(dates_of(context.get()));
        return std::function<void()>([this, context = std::move(context), dates = std::move(dates)] {
            core_.tls.store(context);
            core_.identities.store(dates);
        });
    }

    [[nodiscard]] DoorCounters counters() const override {
        DoorCounters all{core_.accepted,           core_.budget.open(), core_.handshakes,
                         core_.handshake_failures, core_.requests,      core_.shed};
        for (std::size_t i = 0; i < handshake_faults; ++i) all.faults[i] = core_.faults[i].value();
        return all;
    }
    [[nodiscard]] HistogramReading handshake_duration() const override {
        return core_.handshake_duration.read();
    }
    [[nodiscard]] std::vector<IdentityDates> identities() const override { return *core_.identities.load(); }

    void stop(Duration grace) override {
        for (const auto& loop : loops_) loop->wind_down(grace);
        for (const auto& loop : loops_) loop->join();
    }

 private:
    DoorCore core_;
    std::vector<std::unique_ptr<PhoneLoop>> loops_;
    std::uint16_t port_ = 0;
};

}  // namespace

std::string_view to_text(HandshakeFault fault) {
    static constexpr std::array<std::string_view, handshake_faults> names{
        "left", "timed-out", "not-tls", "version", "cipher", "certificate", "alert", "other"};
    return names[static_cast<std::size_t>(fault)];
}

Result<std::unique_ptr<PhoneDoor>> open_phone_door(const DoorSettings& settings, JudgeCertificate& judge,
                                                   DeliverConfiguration& deliver, Gate* gate) {
    auto door = std::make_unique<LoopDoor>(settings, judge, deliver, gate);
    PROVOST_CHECK(door->open());
    return door;
}

}  // namespace provost
