// Diagnostic windows as people handle them (R-B6, R-D2): opened with a reason and a password that is told
// once, looked at, closed. What the phone gets is decided when it comes (diagnostics_visit.h).
#pragma once

#include "base/secret.h"
#include "domain/diagnostic_window.h"
#include "service/house.h"

#include <optional>
#include <string>

namespace provost {

// When the phone hears of it.
struct CallHome {
    bool told = false;                  // by SIP NOTIFY; it comes now
    std::string words;                  // what came of telling it; empty: nobody tried
    std::optional<Timestamp> expected;  // by its schedule, where that is known
};

struct WindowView {
    std::optional<DiagnosticWindow> window;  // nullopt: there is none
    WindowState state = WindowState::waiting;
    Duration left{};    // until it ends; 0 where it is over
    std::string words;  // where it stands and what to do
    CallHome call_home;
};

struct OpenedWindow {
    WindowView view;
    Secret password;   // this once
    std::string user;  // that goes with it; empty: the vendor file does not say
    std::string url;   // of the phone's interface; empty: not known
};

class Diagnostics {
 public:
    explicit Diagnostics(House& house) : house_(house) {}

    struct Draft {
        std::string reason;
        std::optional<std::int64_t> minutes;  // nullopt: the usual
        bool reboot = false;  // tell the phone to restart: some open their interface only then
    };
    // P-2027, P-2050, P-2051, P-3010 in this state, P-3011 one is open, P-3012 the phone can't, and what
    // makes its file fail the lint.
    Result<OpenedWindow> open(MacAddress mac, const Draft& draft, const std::string& actor);
    Result<WindowView> close(MacAddress mac, bool reboot, const std::string& actor);  // P-2027, P-3013
    Result<WindowView> show(MacAddress mac);                                          // P-2027

 private:
    [[nodiscard]] CallHome call_home(const Device& device, bool reboot, const std::string& actor) const;
    [[nodiscard]] WindowView view_of(const Device& device, std::optional<DiagnosticWindow> window) const;
    Status put(Transaction& transaction, DiagnosticWindow& window, const Secret& password) const;

    House& house_;
};

// Whether phones like this one can have a window: a file turns their web interface on and off, and brings the
// administrator's password. P-3012 says why not.
Status can_have_window(const House& house, const Device& device, const VendorSpec& vendor);

// What its window makes of the file that would be shown or compared now.
Result<WindowShare> window_share(const House& house, MacAddress mac);

// By the clock: those whose time has passed. The phones are told where there is a way.
Status end_due_windows(House& house, Timestamp now);

}  // namespace provost
