#include "app/admin_desk.h"

#include "app/read_file.h"

namespace provost {

namespace {

constexpr std::size_t longest_contact = 16U << 10U;

Error at_admin(Error error) {
    error.where = "admin" + (error.where.empty() ? std::string() : ": " + error.where);
    return error;
}

}  // namespace

Result<std::unique_ptr<AdminDesk>> AdminDesk::open(const AdminSettings& settings, const Clock& clock) {
    std::unique_ptr<AdminDesk> desk(new AdminDesk(settings, clock));
    auto door = settings.door;
    if (!settings.security_file.empty()) {
        auto text = read_file(settings.security_file, longest_contact);
        if (!text) return fail(at_admin(text.error()));
        door.security_contact = std::move(*text);
    }
    auto opened = open_admin_door(door);
    if (!opened) return fail(at_admin(opened.error()));
    desk->door_ = std::move(*opened);
    return desk;
}

void AdminDesk::serve(Handler handler) {
    door_->serve(
        {std::move(handler), [this](const std::string& body) { reports_.note(body, clock_.now()); }});
}

Result<std::function<void()>> AdminDesk::prepare_reload() {
    auto commit = door_->prepare_reload();
    if (!commit) return fail(at_admin(commit.error()));
    return commit;
}

AdminState AdminDesk::state() const {
    const auto counters = door_->counters();
    AdminState state;
    state.address = settings_.door.address;
    state.port = port();
    state.origin = origin();
    state.names = settings_.door.names;
    state.web_files = counters.files;
    state.counters = {{"accepted", counters.door.accepted},
                      {"open", counters.door.open},
                      {"handshakes", counters.door.handshakes},
                      {"handshake_failures", counters.door.handshake_failures},
                      {"requests", counters.door.requests},
                      {"shed", counters.door.shed},
                      {"busy", counters.busy},
                      {"wrong_hosts", counters.wrong_hosts},
                      {"csp_reports", counters.reports},
                      {"waiting", counters.waiting},
                      {"streams", counters.streams}};
    return state;
}

}  // namespace provost
