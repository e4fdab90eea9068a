// A diagnostic window (R-B6, R-D2): for some minutes one phone's web interface is on, under a password that
// one person was told once; at the phone's first call home after it the interface is off again, and the
// password another that nobody knows. Pure: time is an argument.
#pragma once

#include "base/clock.h"
#include "base/mac_address.h"
#include "base/result.h"
#include "domain/decide.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

// waiting --the phone takes the file that opens--> open
//    | ends                                         | ends
//    v                                              v
//   gone, or closing where the phone may have it   closing --the phone takes a file that closes--> gone
enum class WindowState : std::uint8_t { waiting, open, closing };
std::string_view to_text(WindowState state);

struct DiagnosticWindow {
    std::int64_t id = 0;  // never reused; its password is bound to it
    MacAddress device;
    std::string person, reason;  // who was told the password, and why
    Timestamp opened{}, until{};
    std::optional<Timestamp> ended;  // nullopt: nobody ended it and nobody has seen that its time has passed
    std::optional<Timestamp> taken;  // when the phone had first taken the file that opens
    bool exposed = false;            // the phone may have a password that a person knows
    std::int64_t opened_by = 0, closed_by = 0;  // the first deliveries of either kind; 0: none has begun
    bool operator==(const DiagnosticWindow&) const = default;
};

inline constexpr int usual_window_minutes = 30, longest_window_minutes = 24 * 60;
// nullopt: the usual. P-2051 beyond 1 to longest_window_minutes.
Result<Duration> window_length(std::optional<std::int64_t> minutes);

bool is_over(const DiagnosticWindow& window, Timestamp now);
WindowState state_of(const DiagnosticWindow& window, Timestamp now);

// Whether a window may be opened for a device in this state: only where the phone gets something when it
// comes. P-3010.
Status may_open_window(const Device& device);

// What decide() allowed, with what the window asks for besides: a phone that would get its file without
// secrets gets the one password with it, where the window has to tell it one. `window` may be null.
Decision with_window(Decision decision, const DiagnosticWindow* window, const Claim& claim, Timestamp now);

// What the window makes of one file.
struct WindowShare {
    enum class Password : std::uint8_t {
        own,        // as it would be without the window
        of_window,  // the one that the person was told
        fresh,      // made for this file, told to nobody
    };
    bool interface_on = false;
    Password password = Password::own;
    bool alone = false;  // no other secret is in the file
};
// For the file that `decision`, out of with_window(), lets go.
WindowShare share_of(const DiagnosticWindow* window, const Decision& decision, Timestamp now);
// For previews: whether the interface will be on.
WindowShare share_at_rest(const DiagnosticWindow* window, Timestamp now);

// It ends: by its time, or a person. Gone at once where the phone never had it.
struct EndedWindow {
    DiagnosticWindow window;
    bool gone = false;
};
EndedWindow end_window(const DiagnosticWindow& window, Timestamp now);

// The device is to have a new window while an older one was not closed yet.
void inherit(DiagnosticWindow& newer, const DiagnosticWindow& older);

// A delivery begins whose file holds a password because of the window.
DiagnosticWindow begin_delivery(const DiagnosticWindow& window, WindowShare::Password password,
                                std::int64_t delivery);
// It was taken whole. `gone`: that was the file that closes. nullopt: this delivery changes nothing.
std::optional<EndedWindow> complete_delivery(const DiagnosticWindow& window, std::int64_t delivery,
                                             Timestamp now);

// Where the phone's web interface is found: at the address that the phone came from, if that is one of a
// network like our own; behind a router it is the router's. Empty: not known.
std::string interface_url(std::string_view last_source);

}  // namespace provost
