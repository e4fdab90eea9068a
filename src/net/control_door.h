// The operators' door: HTTP/1.1 over a Unix socket (mode 0600), for the REST resources of api/.
#pragma once

#include "base/result.h"
#include "service/api_message.h"

#include <filesystem>
#include <memory>
#include <string>

namespace provost {

class ControlDoor {
 public:
    virtual ~ControlDoor() = default;  // stops
};

// Replaces a stale socket file; P-7010 if another server answers on it or the folder can't be written.
Result<std::unique_ptr<ControlDoor>> open_control_door(const std::filesystem::path& socket,
                                                       ApiHandler handler);

// The client's side, for the CLI. P-7011 if no server answers there.
Result<ApiReply> call_control_door(const std::filesystem::path& socket, const ApiRequest& request);

}  // namespace provost
