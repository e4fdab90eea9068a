#include "sip/transaction.h"

#include "domain/text.h"
#include "domain/token_scanner.h"

#include <algorithm>

namespace provost {

namespace {

using std::chrono::steady_clock;

constexpr Duration cancel_patience = std::chrono::seconds(2);

std::string_view header_of(const SipRequest& request, std::string_view name) {
    for (const auto& one : request.headers)
        if (same_word(one.name, name)) return one.value;
    return {};
}

// Of this very transaction (section 17.1.3).
bool answers(const SipResponse& response, const SipRequest& request) {
    return sip_parameter(response.header("Via"), "branch") ==
               sip_parameter(header_of(request, "Via"), "branch") &&
           response.header("CSeq") == header_of(request, "CSeq");
}

Error no_answer(const SipWire& wire, const SipRequest& request, const SipReceived& so_far) {
    auto why = so_far.provisional.empty()
                   ? std::string("nothing came back")
                   : "only " + std::to_string(so_far.provisional.back()) + " came back";
    return {"P-8305", "no answer to " + request.method + " came in time", wire.peer(), std::move(why),
            "Check that the peer takes it over this transport."};
}

class Exchange {
 public:
    Exchange(SipWire& wire, const SipRequest& request, const SipTimers& timers)
        : wire_(wire), request_(request), text_(request.text()), timers_(timers) {}

    Result<SipReceived> run() {
        const auto deadline = begun_ + timers_.answer_within;
        PROVOST_CHECK(send(deadline));
        while (steady_clock::now() < deadline) {
            const auto until = next_ ? std::min(*next_, deadline) : deadline;
            PROVOST_TRY(const auto message, wire_.receive(until));
            if (message) {
                if (take(*message)) return std::move(received_);
            } else if (next_ && steady_clock::now() < deadline) {
                PROVOST_CHECK(send(deadline));
            }
        }
        return fail(no_answer(wire_, request_, received_));
    }

    [[nodiscard]] bool rings() const { return !received_.provisional.empty(); }

 private:
    Status send(SteadyTime deadline) {
        PROVOST_CHECK(wire_.send(text_, deadline));
        ++received_.sent;
        plan();
        return {};
    }

    void plan() {
        next_.reset();
        const bool invite = request_.method == "INVITE";
        const auto pause = next_pause(timers_, pause_, invite, rings());
        if (wire_.reliable() || !pause) return;
        pause_ = *pause;
        next_ = steady_clock::now() + pause_;
    }

    // True once it is over.
    bool take(std::string_view message) {
        auto response = parse_sip_response(message);
        if (!response || !answers(*response, request_)) return false;
        if (response->status < 200) {
            received_.provisional.push_back(response->status);
            if (request_.method == "INVITE") next_.reset();
            return false;
        }
        received_.took = std::chrono::duration_cast<Duration>(steady_clock::now() - begun_);
        received_.last = std::move(*response);
        return true;
    }

    SipWire& wire_;
    const SipRequest& request_;
    const std::string text_;
    const SipTimers timers_;
    const SteadyTime begun_ = steady_clock::now();
    Duration pause_{};
    std::optional<SteadyTime> next_;
    SipReceived received_;
};

// A request that belongs to the INVITE: the same Call-ID and From; a Via and a CSeq of that transaction or of
// one of its own.
SipRequest beside(const SipRequest& invite, std::string method, std::string_view to, bool same_transaction) {
    SipRequest request{std::move(method), invite.uri, {}, {}};
    const std::string suffix = same_transaction ? "" : request.method;
    for (const auto& header : invite.headers) {
        if (header.name == "Via") request.headers.push_back({"Via", header.value + suffix});
        for (const auto* const same : {"From", "Call-ID", "Max-Forwards", "Route"})
            if (header.name == same) request.headers.push_back(header);
    }
    request.headers.push_back({"To", std::string(to)});
    const auto sequence = header_of(invite, "CSeq");
    auto number = std::string(sequence.substr(0, sequence.find(' ')));
    if (request.method == "BYE") number = std::to_string(whole_number(number).value_or(1) + 1);
    request.headers.push_back({"CSeq", number + " " + request.method});
    return request;
}

Status acknowledge(SipWire& wire, const SipRequest& invite, const SipResponse& response,
                   const SipTimers& timers) {
    const auto deadline = steady_clock::now() + timers.t2;
    const bool taken = response.status < 300;
    const auto to = response.header("To");
    PROVOST_CHECK(wire.send(beside(invite, "ACK", to, !taken).text(), deadline));
    if (!taken) return {};
    SipTimers brief = timers;
    brief.answer_within = cancel_patience;
    return transact(wire, beside(invite, "BYE", to, false), brief).map([](const SipReceived&) {});
}

// What it answers does not matter any more.
void cancel(SipWire& wire, const SipRequest& invite, const SipTimers& timers) {
    SipTimers brief = timers;
    brief.answer_within = cancel_patience;
    (void)transact(wire, beside(invite, "CANCEL", header_of(invite, "To"), true), brief);
    const auto deadline = steady_clock::now() + cancel_patience;
    while (const auto message = wire.receive(deadline)) {
        if (!*message) return;
        const auto response = parse_sip_response(**message);
        if (!response || !answers(*response, invite) || response->status < 200) continue;
        (void)acknowledge(wire, invite, *response, timers);
        return;
    }
}

}  // namespace

std::optional<Duration> next_pause(const SipTimers& timers, Duration last, bool invite, bool heard) {
    if (invite) return heard ? std::nullopt : std::optional(last == Duration(0) ? timers.t1 : 2 * last);
    if (heard) return timers.t2;
    return last == Duration(0) ? timers.t1 : std::min(2 * last, timers.t2);
}

Result<SipReceived> transact(SipWire& wire, const SipRequest& request, const SipTimers& timers) {
    Exchange exchange(wire, request, timers);
    auto received = exchange.run();
    if (request.method != "INVITE") return received;
    if (received)
        (void)acknowledge(wire, request, received->last, timers);
    else if (exchange.rings())
        cancel(wire, request, timers);
    return received;
}

}  // namespace provost
