// A listener without TLS: one request a connection, one answer, the end. For what holds no secret: metrics on
// loopback, and the tripwire.
#pragma once

#include "base/result.h"
#include "net/phone_door.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace provost {

struct PlainRequest {
    enum class Kind : std::uint8_t {
        request,
        garbage,  // bytes that are no request, or more than one may have; target is how they begin
        silence   // it left, or was cut off, before a whole request had come
    };
    Kind kind = Kind::silence;
    std::string source;            // the peer's address
    std::string method, target;    // as sent, at most 512 bytes each
    std::string host, user_agent;  // the same
};

struct PlainReply {
    int status = 403;
    std::string content_type = "text/plain";
    std::string body = "Forbidden\n";
};

// On the door's own thread; must not throw. What it gives for `silence` is sent to nobody.
using PlainHandler = std::function<PlainReply(const PlainRequest&)>;

struct PlainDoorSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    DoorLimits limits;       // header_seconds for the whole request, write_seconds for the answer
};

class PlainDoor {
 public:
    virtual ~PlainDoor() = default;  // stops
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual DoorCounters counters() const = 0;  // no handshakes
};

// Begins to listen. P-7003.
Result<std::unique_ptr<PlainDoor>> open_plain_door(const PlainDoorSettings& settings, PlainHandler handler);

}  // namespace provost
