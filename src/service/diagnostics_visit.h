// What a diagnostic window does to a phone's visit, inside the caller's transaction.
#pragma once

#include "domain/diagnostic_window.h"
#include "service/house.h"

#include <optional>
#include <vector>

namespace provost {

// The device's window as a delivery may use it. One whose password is lost is ended.
Result<std::optional<DiagnosticWindow>> usable_window(Transaction& transaction, const Device& device,
                                                      Timestamp now);

// A new one, as the phone's own would be.
Result<Secret> make_window_password(const VendorSpec& vendor);

// Puts the password that the window wants into the secrets that a delivery is to open, in the place of the
// phone's own: the window's, or a fresh one. A fresh one takes the kept one's place, where that is kept.
Status add_window_password(Transaction& transaction, const House& house, const Device& device,
                           WindowShare::Password password, std::vector<StoredSecret>& sealed);

// That this delivery carries it; one whose time has passed ends with that.
Status begin_window_delivery(Transaction& transaction, const Device& device, const DiagnosticWindow& window,
                             WindowShare::Password password, const DeliveryRecord& record);
// The phone took the file whole.
Status complete_window_delivery(Transaction& transaction, const Device& device, const DeliveryRecord& record,
                                Timestamp now);

// Ends a window: its password is destroyed, the phone is to be told. nullopt: it never had the password, so
// that nothing is left of the window.
Result<std::optional<DiagnosticWindow>> end_window(Transaction& transaction, const Device& device,
                                                   const DiagnosticWindow& window, const std::string& actor,
                                                   Timestamp now);
// The device is retired: it gets nothing any more, so there is nothing to close.
Status forget_window(Transaction& transaction, MacAddress mac);

}  // namespace provost
