// The way of one phone request from its claim to its answer: load, decide, record durably, render.
#pragma once

#include "base/secret.h"
#include "domain/decide.h"
#include "service/handshake_log.h"
#include "service/records.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// As net/ hands it over; the views live until `done` was called.
struct DeviceRequest {
    Method method = Method::other;
    std::string target;                           // path and query as sent, at most 8 KB
    std::string user_agent;                       // at most 512 bytes
    std::string source;                           // peer's address
    std::string tls;                              // "TLSv1.3 TLS_AES_256_GCM_SHA384"
    std::shared_ptr<const Secret> authorization;  // the header's value; null: none, or more than one
    std::vector<std::string> extra_fields;        // names of the fields that begin with "x-", in lower case
    std::string body;                             // at doors that keep bodies; else thrown away
};

struct DeviceReply {
    int status = 403;
    bool refusal = false;                   // the connection ends after it
    std::vector<std::string> authenticate;  // WWW-Authenticate, a challenge each
    std::string_view content_type;          // static or of the vendor file
    OutputBuffer body;
    std::int64_t delivery = 0;  // not 0: tell `transferred` how the transfer ended
};

class DeliverConfiguration {
 public:
    virtual ~DeliverConfiguration() = default;

    // Calls `done` exactly once: before it returns where no secret is involved, else from the store's writer
    // once the delivery record is durable. Never throws.
    virtual void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                        std::function<void(DeviceReply)> done) = 0;

    // How the transfer of a reply with `delivery` ended: complete (the peer's system took the whole body and
    // the peer closed in order or asked again) or broken.
    virtual void transferred(std::int64_t delivery, Transfer how) = 0;

    // A peer that could not be asked for anything, as its handshake came to nothing. Any thread.
    virtual void handshake_failed(std::string_view source, HandshakeTrouble trouble) {
        (void)source, (void)trouble;
    }
};

}  // namespace provost
