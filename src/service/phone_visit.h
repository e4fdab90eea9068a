// Everything about one request of a phone, from its arrival to its record.
#pragma once

#include "domain/audit_entry.h"
#include "service/configuration.h"
#include "service/credential_judge.h"
#include "service/guard_post.h"
#include "service/rehearsal.h"
#include "service/request_claim.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace provost {

struct PhoneVisit {
    std::shared_ptr<const Evidence> evidence;
    DeviceRequest request;
    std::function<void(DeviceReply)> done;
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
    Timestamp now{};
    std::string target;     // what is asked for: the request's, without a token
    bool one_time = false;  // it came by the folder of one-time addresses
    std::optional<CredentialProof>
        login;  // what it showed instead of a certificate; `device` is moved out of it
    ReadClaim read;
    const VendorSpec* vendor = nullptr;  // whose phone it proved to be; null: nobody's
    std::shared_ptr<const PolicySnapshot> policies;
    std::optional<Device> device;
    std::optional<DiagnosticWindow> window;  // of that device
    Decision decision{Rule::overloaded, true};
    WindowShare share;  // what the window makes of the answer
    Configuration configuration;
    Rehearsal rehearsal;    // of a file with secrets, before they were opened
    OpenedSecrets secrets;  // opened, from the record of a delivery until its answer is made
    std::string detail;
    TenantId tried_tenant = 0;  // whose device a stranger asked for

    [[nodiscard]] const Policy& policy() const;
    [[nodiscard]] PhoneFacts facts() const;
    // `reply` is what it gets. Tokens and credentials are in neither.
    [[nodiscard]] VisitFacts facts_for_guard(const DeviceReply& reply) const;
    [[nodiscard]] Event event(const DeviceReply& reply) const;
    // Of a visit that is about to get secrets.
    [[nodiscard]] DeliveryRecord delivery() const;
    [[nodiscard]] AuditEntry audit_entry(const DeliveryRecord& record) const;
};

// That a delivery begins. Nothing that the phone said of itself is in it.
AuditEntry begin_entry(const DeliveryRecord& record, const Device& device);
// How a delivery ended; `device` as it was when it did.
AuditEntry end_entry(const DeliveryRecord& record, const std::optional<Device>& device, Transfer how,
                     Timestamp now);

// A short text of our own.
DeviceReply plain_reply(int status, std::string_view body);

}  // namespace provost
