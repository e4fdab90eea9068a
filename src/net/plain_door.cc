#include "net/plain_door.h"

#include "net/listening_socket.h"
#include "net/plain_loop.h"

namespace provost {

namespace {

class LoopPlainDoor final : public PlainDoor {
 public:
    LoopPlainDoor(std::unique_ptr<PlainLoop> loop, std::uint16_t port)
        : loop_(std::move(loop)), port_(port) {}
    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] DoorCounters counters() const override { return loop_->counters(); }

 private:
    std::unique_ptr<PlainLoop> loop_;
    std::uint16_t port_;
};

}  // namespace

Result<std::unique_ptr<PlainDoor>> open_plain_door(const PlainDoorSettings& settings, PlainHandler handler) {
    PROVOST_TRY(auto listening, listen_on(settings.address, settings.port, 1));
    auto loop =
        std::make_unique<PlainLoop>(settings, std::move(handler), listening.sockets.front().release());
    loop->start();
    return std::make_unique<LoopPlainDoor>(std::move(loop), listening.port);
}

}  // namespace provost
