// The admin listener as the server runs it: the door, who answers behind it, and what is told of it.
#pragma once

#include "api/api.h"
#include "api/csp_report.h"
#include "app/admin_config.h"
#include "net/admin_door.h"

#include <functional>
#include <memory>
#include <string>

namespace provost {

class AdminDesk {
 public:
    // Who may ask, and what they are told; on worker threads.
    using Handler = std::function<ApiReply(const ApiRequest&, const std::string& peer)>;

    // P-1102 security.txt, and as open_admin_door says, with "admin" as where.
    static Result<std::unique_ptr<AdminDesk>> open(const AdminSettings& settings, const Clock& clock);
    void serve(Handler handler);

    [[nodiscard]] std::uint16_t port() const { return door_->port(); }
    [[nodiscard]] std::string origin() const { return settings_.origin(port()); }
    [[nodiscard]] std::string host() const { return settings_.host(port()); }
    [[nodiscard]] Result<std::function<void()>> prepare_reload();
    [[nodiscard]] const AdminDoor& door() const { return *door_; }
    [[nodiscard]] AdminState state() const;

 private:
    AdminDesk(AdminSettings settings, const Clock& clock) : settings_(std::move(settings)), clock_(clock) {}

    const AdminSettings settings_;
    const Clock& clock_;
    CspReports reports_;
    std::unique_ptr<AdminDoor> door_;  // goes first
};

}  // namespace provost
