#include "service/alert_keeper.h"

#include "crypto/random.h"
#include "domain/text.h"
#include "service/event_catalogue.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost {

namespace {

constexpr const char* outbox_note = "alerts.outbox";
constexpr std::size_t page_size = 500, most_pages = 20;
constexpr Duration keep_period = std::chrono::minutes(1);

std::string make_id() {
    std::array<std::uint8_t, 12> bytes{};
    random_bytes(bytes);
    return "msg_" + to_hex(bytes);
}

// The first line is the number of the event that was read last.
std::string stored(std::int64_t read, const std::vector<std::string>& parts) {
    auto text = std::to_string(read) + "\n";
    for (const auto& part : parts) text += part;
    return text;
}

}  // namespace

AlertKeeper::AlertKeeper(Store& store, AlertSettings settings, std::vector<AlertTarget> targets)
    : store_(store), settings_(std::move(settings)), groups_(settings_.pace) {
    for (auto& target : targets) couriers_.push_back(std::make_unique<Courier>(std::move(target)));
}

AlertKeeper::~AlertKeeper() = default;

Status AlertKeeper::open(Timestamp now) {
    PROVOST_TRY(kept_, store_.note(outbox_note));
    kept_at_ = now;
    const auto end = std::min(kept_.find('\n'), kept_.size());
    const auto number = std::from_chars(kept_.data(), kept_.data() + end, read_);
    if (number.ec != std::errc()) {  // never before: what was is for the review
        PROVOST_TRY(const auto newest, store_.last_events({}, 1));
        read_ = newest.empty() ? 0 : newest.front().id;
        return {};
    }
    for (auto& message : from_stored(std::string_view(kept_).substr(std::min(end + 1, kept_.size()))))
        for (const auto& courier : couriers_)
            if (courier->target().alerts) courier->post(message);
    return {};
}

Status AlertKeeper::tick(Timestamp now) {
    const std::lock_guard lock(mutex_);
    EventFilter filter;
    filter.without_visits = true;
    PROVOST_TRY(const auto newest, store_.last_events({}, 1));
    const auto up_to = newest.empty() ? read_ : newest.front().id;
    for (std::size_t page = 0; page < most_pages && read_ < up_to; ++page) {
        PROVOST_TRY(const auto events, store_.events(filter, read_, page_size));
        for (const auto& event : events)
            if (const auto signal = signal_of(event)) groups_.take(*signal, now);
        read_ = events.size() == page_size ? events.back().id : up_to;
        if (!events.empty() && events.back().id > read_) read_ = events.back().id;
    }
    for (const auto& alert : groups_.tick(now)) tell(alert);
    return keep(now);
}

// Written where what waits has changed; else once a minute where events were read.
Status AlertKeeper::keep(Timestamp now) {
    std::vector<std::string> parts;
    std::vector<AlertMessage> all;
    for (const auto& courier : couriers_)
        for (auto& message : courier->waiting()) {
            const auto known = [&](const AlertMessage& one) { return one.id == message.id; };
            if (message.name == "alert" && std::none_of(all.begin(), all.end(), known))
                all.push_back(std::move(message));
        }
    parts.push_back(to_stored(all));
    auto text = stored(read_, parts);
    const auto body = [](std::string_view note) {
        return note.substr(std::min(note.find('\n'), note.size()));
    };
    const bool waits_otherwise = body(text) != body(kept_);
    if (text == kept_ || (!waits_otherwise && now - kept_at_ < keep_period && now >= kept_at_)) return {};
    PROVOST_CHECK(
        store_.apply([&](Transaction& transaction) { return transaction.put_note(outbox_note, text); }));
    kept_ = std::move(text);
    kept_at_ = now;
    return {};
}

void AlertKeeper::tell(const Alert& alert) {
    const auto message = message_of(alert, make_id(), settings_.host);
    for (const auto& courier : couriers_)
        if (courier->target().alerts) courier->post(message);
}

void AlertKeeper::raise(std::string_view log_event, const Error& error, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = log_event;
    event.detail = error.text();
    const auto signal = signal_of(event);
    if (!signal) return;
    const std::lock_guard lock(mutex_);
    groups_.take(*signal, now);
    // What comes of it is told by tick(); where that fails first, here.
    for (const auto& alert : groups_.tick(now)) tell(alert);
}

Result<std::size_t> AlertKeeper::test(Timestamp now, const std::string& actor) {
    Alert alert;
    alert.phase = Alert::Phase::test;
    alert.weight = AlertWeight::info;
    alert.kind = "alert.test";
    alert.says = "This is a test of Provost's alerts.";
    alert.next = "Nothing to do: alerts arrive here.";
    alert.count = 1;
    alert.first = alert.last = alert.at = now;
    alert.examples = {"asked for by " + printable(actor, 64)};
    const auto reached = static_cast<std::size_t>(std::count_if(
        couriers_.begin(), couriers_.end(), [](const auto& courier) { return courier->target().alerts; }));
    if (reached == 0)
        return fail({"P-2090", "nobody is alerted", "alerts", "the configuration has no target for alerts",
                     "Write 'alerts: {targets: [...]}' into it and restart."});
    tell(alert);
    return reached;
}

Status AlertKeeper::ship(const AuditHead& head) {
    AlertMessage message;
    message.weight = AlertWeight::info;
    message.at = head.at;
    message.name = "audit-head";
    message.id = "head_" + std::to_string(head.tail.seq) + "_" + std::to_string(to_millis(head.at));
    message.subject = message.text = to_line(head);
    message.json = R"({"type":"audit.head","id":)" + json_text(message.id) + R"(,"server":)" +
                   json_text(settings_.host) + R"(,"line":)" + json_text(message.text) + "}";
    for (const auto& courier : couriers_)
        if (courier->target().heads) courier->post(message);
    return {};
}

std::vector<CourierState> AlertKeeper::states() const {
    std::vector<CourierState> states;
    for (const auto& courier : couriers_) states.push_back(courier->state());
    return states;
}

void AlertKeeper::finish(Duration patience) {
    for (const auto& courier : couriers_) courier->finish(patience);
}

}  // namespace provost
