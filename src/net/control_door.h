// The operators' door: HTTP/1.1 over a Unix socket (mode 0600), for the REST resources of api/.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"

namespace provost {

struct ApiRequest {
    std::string method;                          // upper case
    std::string path;                            // percent-decoded, without query
    std::map<std::string, std::string> query;    // decoded
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // at most 64 MiB
    std::string actor;                           // "unix:root", from the peer's credentials
};
struct ApiReply {
    int status = 200;
    std::string content_type = "application/json";
    std::map<std::string, std::string> headers;
    std::string body;
};
using ApiHandler = std::function<ApiReply(const ApiRequest&)>;  // on a worker thread; must not throw

class ControlDoor {
 public:
    virtual ~ControlDoor() = default;  // stops
};

// Replaces a stale socket file; P-7010 if another server answers on it or the folder can't be written.
Result<std::unique_ptr<ControlDoor>> open_control_door(const std::filesystem::path& socket, ApiHandler handler);

// The client's side, for the CLI. P-7011 if no server answers there.
Result<ApiReply> call_control_door(const std::filesystem::path& socket, const ApiRequest& request);

}  // namespace provost
