#include "domain/diagnostic_window.h"

#include "domain/network.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

// Addresses that no router stands before: RFC 1918, RFC 4193, RFC 3927, RFC 4291 and loopback.
bool is_near(std::string_view address) {
    static const Networks near = parse_networks(
                                     "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,"
                                     "127.0.0.0/8,::1/128,fc00::/7,fe80::/10",
                                     "near")
                                     .value();
    return contains(near, address);
}

}  // namespace

std::string_view to_text(WindowState state) {
    static constexpr std::array<std::string_view, 3> words = {"waiting", "open", "closing"};
    return words.at(static_cast<std::size_t>(state));
}

Result<Duration> window_length(std::optional<std::int64_t> asked) {
    const auto minutes = asked.value_or(usual_window_minutes);
    if (minutes >= 1 && minutes <= longest_window_minutes) return Duration(std::chrono::minutes(minutes));
    return fail({"P-2051", "a diagnostic window can't last " + std::to_string(minutes) + " minutes",
                 "minutes", "it lasts from 1 minute to " + std::to_string(longest_window_minutes) + ", a day",
                 "Leave it out for " + std::to_string(usual_window_minutes) + "."});
}

bool is_over(const DiagnosticWindow& window, Timestamp now) {
    return window.ended || now >= window.until;
}

WindowState state_of(const DiagnosticWindow& window, Timestamp now) {
    if (is_over(window, now)) return WindowState::closing;
    return window.taken ? WindowState::open : WindowState::waiting;
}

Status may_open_window(const Device& device) {
    switch (device.state) {
        case DeviceState::armed:
        case DeviceState::delivering:
        case DeviceState::grace:
        case DeviceState::provisioned:
            return {};
        case DeviceState::registered:
        case DeviceState::expired:
        case DeviceState::retired:
            break;
    }
    const bool retired = device.state == DeviceState::retired;
    return fail({"P-3010", "device " + device.mac.lower() + " can't have a diagnostic window now", "device",
                 "it is " + std::string(to_text(device.state)) + ", so the phone gets nothing when it comes",
                 retired ? "Remove it and add it again if it is back in use."
                         : "provost device arm " + device.mac.lower()});
}

Decision with_window(Decision decision, const DiagnosticWindow* window, const Claim& claim, Timestamp now) {
    // One that may be a clone gets nothing that opens a door, nor does it use up what closes it.
    if (window == nullptr || decision.refused || decision.clone_alarm) return decision;
    const bool whole_file = claim.method == Method::get && claim.may_carry_secrets;
    if (decision.rule != Rule::resync || !whole_file) return decision;
    const auto state = state_of(*window, now);
    if (state == WindowState::open || (state == WindowState::closing && !window->exposed)) return decision;
    decision.rule = state == WindowState::waiting ? Rule::diagnostics_opened : Rule::diagnostics_closed;
    decision.with_secrets = true;
    return decision;
}

WindowShare share_of(const DiagnosticWindow* window, const Decision& decision, Timestamp now) {
    using enum WindowShare::Password;
    if (window == nullptr || decision.refused) return {};
    const bool alone = is_window_delivery(decision.rule);
    if (is_over(*window, now)) return {false, decision.with_secrets && window->exposed ? fresh : own, alone};
    // Never on before the password is there.
    return {decision.with_secrets || window->taken, decision.with_secrets ? of_window : own, alone};
}

WindowShare share_at_rest(const DiagnosticWindow* window, Timestamp now) {
    WindowShare share;
    share.interface_on = window != nullptr && !is_over(*window, now);
    return share;
}

EndedWindow end_window(const DiagnosticWindow& window, Timestamp now) {
    EndedWindow next{window, !window.exposed};
    if (!next.window.ended) next.window.ended = std::min(now, window.until);
    return next;
}

void inherit(DiagnosticWindow& newer, const DiagnosticWindow& older) {
    newer.exposed = newer.exposed || older.exposed;
}

DiagnosticWindow begin_delivery(const DiagnosticWindow& window, WindowShare::Password password,
                                std::int64_t delivery) {
    auto next = window;
    const bool opens = password == WindowShare::Password::of_window;
    auto& first = opens ? next.opened_by : next.closed_by;
    if (first == 0) first = delivery;
    next.exposed = next.exposed || opens;
    return next;
}

// Any file that closes will do, whichever of them was the first; so will any that opens, since they all bring
// the same password.
std::optional<EndedWindow> complete_delivery(const DiagnosticWindow& window, std::int64_t delivery,
                                             Timestamp now) {
    if (window.closed_by != 0 && delivery >= window.closed_by) return EndedWindow{window, true};
    if (window.opened_by == 0 || delivery < window.opened_by || window.taken) return std::nullopt;
    EndedWindow next{window, false};
    next.window.taken = now;
    return next;
}

std::string interface_url(std::string_view last_source) {
    if (last_source.empty() || !is_near(last_source)) return {};
    const bool six = last_source.find(':') != std::string_view::npos;
    const std::string host(last_source);
    return "https://" + (six ? "[" + host + "]" : host) + "/";
}

}  // namespace provost
