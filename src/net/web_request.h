// What a request at the admin door asks for, before anybody is asked: pure.
#pragma once

#include "net/request_parser.h"
#include "net/worker_pool.h"
#include "service/api_message.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct WebTarget {
    enum class Kind : std::uint8_t {
        api,     // below /v1
        report,  // of a browser, on what its policy stopped
        file,    // all else
        broken   // an escape that is none, a key given twice, a field that may stand there once
    };
    Kind kind = Kind::broken;
    std::string path;  // decoded
    std::map<std::string, std::string> query;
};

WebTarget read_web_target(const RequestHead& head);

// Whether Host is one of the server's names, which are in lower case; the port does not count, for it may
// have been changed on the way. A page of another name that was led here (DNS rebinding) is refused by it.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

// A name that each machine has for itself: what a browser keeps of it would hold for every other server
// there.
bool is_localhost(std::string_view host);

bool is_known_method(std::string_view method);
// Bytes that a body may have.
std::size_t body_limit(const WebTarget& target);
// How long an answer to it may take: what hashes passwords, reads lists or waits for a phone is slow.
WorkerPool::Pace pace_of(std::string_view method, const WebTarget& target);

// Takes the fields out of `head`; HEAD is asked as GET.
ApiRequest to_api_request(RequestHead& head, WebTarget target, std::string body);
// After the answer: what names a person or lets one in.
void wipe_secrets(ApiRequest& request);

inline constexpr std::size_t import_bytes = 64U << 20U;
inline constexpr std::size_t small_body_bytes = 1U << 20U;
inline constexpr std::size_t strangers_body_bytes = 64U << 10U;
inline constexpr std::size_t report_bytes = 16U << 10U;

}  // namespace provost
