// Devices as operators handle them: added, changed, armed, retired, previewed, explained.
#pragma once

#include "domain/life_cycle.h"
#include "service/house.h"
#include "service/operations.h"

namespace provost {

class DeviceService final : public Devices {
 public:
    explicit DeviceService(House& house) : house_(house) {}
    Result<Device> create(const Draft& draft, const std::string& actor) override;
    Result<Device> change(MacAddress mac, const Draft& draft, std::optional<std::int64_t> version,
                          const std::string& actor) override;
    Status remove(MacAddress mac, const std::string& actor) override;
    Result<Device> arm(MacAddress mac, const Arming& arming, const std::string& actor) override;
    Result<Token> make_token(MacAddress mac, const TokenDraft& draft, const std::string& actor) override;
    Result<Device> revoke_token(MacAddress mac, const std::string& actor) override;
    Result<Device> retire(MacAddress mac, const std::string& actor) override;
    Result<Device> settle_held_key(MacAddress mac, bool approve, const std::string& actor) override;
    Result<Preview> preview(MacAddress mac, bool with_secrets) override;
    Result<std::vector<LintedRule>> lint(MacAddress mac) override;
    Result<Explanation> explain(MacAddress mac) override;

 private:
    [[nodiscard]] Result<Device> load(MacAddress mac) const;
    [[nodiscard]] Result<const VendorSpec*> vendor_of(const Device& device) const;  // P-2021
    // Reads the device inside the transaction, lets `step` change it, stores it and an event of `kind`.
    using Step = std::function<Status(Transaction&, Device&)>;
    Result<Device> alter(MacAddress mac, std::string kind, const std::string& actor, std::string detail,
                         const Step& step);

    House& house_;
};

// A device from a person's draft, fully checked but not stored: vendor found by MAC prefix where none is
// named, the configuration mapped once so that a text no phone can carry is refused here and not at the
// phone's call. `before` is the device as it stands, for changes; null for a new one. Errors P-2020 ...
// P-2029, P-20xx, P-22xx.
Result<Device> draft_device(const Devices::Draft& draft, const Device* before, const House& house);

Error no_device(MacAddress mac);
// Of a change by a person.
Event device_event(std::string kind, const Device& device, const std::string& actor, Timestamp now);

// Within the caller's transaction: its secrets are destroyed, the registrar learns that its credentials are
// void, and it goes, with an event that has this detail. Exceptions that it had are still in the policies'
// snapshot.
Status remove_device(Transaction& transaction, const House& house, const Device& device,
                     const std::string& actor, std::string detail);

// Arms within the caller's transaction: fresh secrets, digests into the outbox, a new window.
Status arm_device(Transaction& transaction, const House& house, Device& device, bool forget_key);

// The same for any transition that makes fresh secrets: `step` gives it by the tenant's policy.
Status make_new_credentials(Transaction& transaction, const House& house, Device& device,
                            const std::function<Result<Transition>(const Policy&)>& step);

}  // namespace provost
