// The part of the store that keeps diagnostic windows (domain/diagnostic_window.h): at most one a device,
// until the phone has been told that it is over. Their passwords lie among the sealed secrets, under a
// purpose of their own.
#pragma once

#include "base/result.h"
#include "domain/diagnostic_window.h"
#include "service/key_holder.h"

#include <optional>
#include <string_view>
#include <vector>

namespace provost {

// What a window's password is bound to, with the window's number as the generation. No other delivery carries
// it.
inline constexpr std::string_view window_purpose = "diagnostics.security.admin_password";

// Reads, as those of Store.
class DiagnosticWindows {
 public:
    virtual ~DiagnosticWindows() = default;
    virtual Result<std::optional<DiagnosticWindow>> of(MacAddress device) = 0;
    // Those whose time has passed and that nobody has ended yet, oldest first.
    virtual Result<std::vector<MacAddress>> due(Timestamp now, std::size_t limit) = 0;
};

// Inside a transaction.
class DiagnosticWindowChanges {
 public:
    virtual ~DiagnosticWindowChanges() = default;
    virtual Result<std::optional<DiagnosticWindow>> of(MacAddress device) = 0;
    // Takes the place of the device's older one; its number, which it returns, is new. P-6005: no such
    // device.
    virtual Result<std::int64_t> insert(const DiagnosticWindow& window) = 0;
    virtual Status update(const DiagnosticWindow& window) = 0;  // P-6005
    virtual Status remove(MacAddress device) = 0;               // nothing where there is none
    // The sealed password of the device's window; nullopt once it is destroyed (Transaction::destroy_secret).
    virtual Result<std::optional<StoredSecret>> password(MacAddress device) = 0;
};

}  // namespace provost
