#include "service/alert_keeper.h"

#include "crypto/random.h"
#include "domain/text.h"
#include "service/device_care.h"
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

// The first line is the number of the event that was read last. Then what waits, each target's beneath its
// name.
constexpr char name_mark = '@';

std::string_view take_line(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

std::string_view without_number(std::string_view note) {
    return note.substr(std::min(note.find('\n'), note.size()));
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
    std::string_view rest = kept_;
    const auto number = take_line(rest);
    const auto read = std::from_chars(number.data(), number.data() + number.size(), read_);
    if (read.ec != std::errc()) {  // never before: what was is for the review
        PROVOST_TRY(const auto newest, store_.last_events({}, 1));
        read_ = newest.empty() ? 0 : newest.front().id;
        return {};
    }
    for (Courier* courier = nullptr; !rest.empty();) {
        const auto line = take_line(rest);
        if (line.starts_with(name_mark)) courier = find(line.substr(1));
        if (courier == nullptr) continue;  // the target is gone from the configuration
        for (auto& message : from_stored(line)) courier->post(std::move(message));
    }
    return {};
}

Courier* AlertKeeper::find(std::string_view name) const {
    for (const auto& courier : couriers_)
        if (courier->target().alerts && courier->target().name == name) return courier.get();
    return nullptr;
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
            if (const auto signal = signal_of(event); signal && !is_muted(event, *signal, now))
                groups_.take(*signal, now);
        read_ = events.size() == page_size ? events.back().id : up_to;
        if (!events.empty() && events.back().id > read_) read_ = events.back().id;
    }
    for (const auto& alert : groups_.tick(now)) tell(alert);
    return keep(now);
}

// Of a device whose warnings somebody muted. What is critical, and what the guard found, is told all the
// same: it may be about somebody else who wants to pass for that phone.
bool AlertKeeper::is_muted(const Event& event, const AlertSignal& signal, Timestamp now) {
    if (!event.device || signal.weight == AlertWeight::critical || event.kind.starts_with("guard."))
        return false;
    return is_muted_now(store_, *event.device, now);
}

// Written where what waits has changed; else once a minute where events were read.
Status AlertKeeper::keep(Timestamp now) {
    auto text = std::to_string(read_) + "\n";
    for (const auto& courier : couriers_)
        if (const auto messages = courier->waiting(); courier->target().alerts && !messages.empty())
            text += name_mark + courier->target().name + "\n" + to_stored(messages);
    const bool waits_otherwise = without_number(text) != without_number(kept_);
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
