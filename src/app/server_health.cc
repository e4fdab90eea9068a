// Whether the server can serve phones, told on loopback only.
#include "app/server_metrics.h"

#include <algorithm>
#include <future>

namespace provost {

namespace {

constexpr auto store_patience = std::chrono::seconds(2);
constexpr auto store_answer_holds = std::chrono::seconds(2);  // one write each so long, however often asked

std::string text_page(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

}  // namespace

PlainReply ServerMetrics::answer(const PlainRequest& request) {
    if (request.kind != PlainRequest::Kind::request) return {400, "text/plain", "not a request\n"};
    if (request.method != "GET" && request.method != "HEAD") return {403, "text/plain", "only GET\n"};
    if (request.target == "/metrics") return {200, std::string(exposition_type), metrics()};
    if (request.target == "/healthz") return {200, "text/plain", "ok\n"};
    if (request.target != "/readyz") return {404, "text/plain", "/metrics, /healthz, /readyz\n"};
    const auto found = obstacles();
    if (found.empty()) return {200, "text/plain", "ready\n" + away_registrars()};
    return {503, "text/plain", text_page(found)};
}

std::vector<std::string> ServerMetrics::obstacles() {
    std::vector<std::string> found;
    if (auto store = store_obstacle(); !store.empty()) found.push_back(std::move(store));
    if (const auto epochs = parts_.house.keys.epochs(); !epochs)
        found.push_back("keys: " + epochs.error().text());
    for (const char* const file : {"root.key", "epochs.keys"}) {
        if (parts_.key_folder.empty()) break;  // they are the key holder's
        std::error_code error;
        if (!std::filesystem::exists(parts_.key_folder / file, error))
            found.push_back("keys: " + std::string(file) + " is missing from the key folder");
    }
    const auto now = parts_.house.clock.now();
    for (const auto& door : parts_.doors.metrics()) {
        const bool valid = std::any_of(door.identities.begin(), door.identities.end(), [&](const auto& one) {
            return one.not_before <= now && now < one.not_after;
        });
        if (!valid)
            found.push_back("identity: door '" + door.name + "' has no certificate that is valid now");
    }
    return found;
}

// Asks the writer itself: a disk that is full or hangs is found out before a phone comes.
std::string ServerMetrics::store_obstacle() {
    const auto now = std::chrono::steady_clock::now();
    if (store_asked_ != decltype(store_asked_){} && now - store_asked_ < store_answer_holds)
        return last_store_obstacle_;
    const auto written = std::make_shared<std::promise<Status>>();
    auto outcome = written->get_future();
    const auto text = to_rfc3339(parts_.house.clock.now());
    parts_.house.store.submit(
        [text](Transaction& transaction) { return transaction.put_note("ready.last", text); },
        [written](Status status) { written->set_value(std::move(status)); });
    if (outcome.wait_for(store_patience) != std::future_status::ready)
        last_store_obstacle_ = "store: no answer within 2 s";
    else if (const auto status = outcome.get(); !status)
        last_store_obstacle_ = "store: " + status.error().text();
    else
        last_store_obstacle_.clear();
    store_asked_ = std::chrono::steady_clock::now();
    return last_store_obstacle_;
}

}  // namespace provost
