// The REST resources (docs/reference/openapi.json): one file per resource, one route table.
#pragma once

#include "service/api_message.h"
#include "service/audit_head.h"
#include "service/house.h"
#include "service/trust.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace provost {

struct DoorCertificate {
    std::string key_type;  // "RSA", "EC"
    Timestamp until{};
};

struct DoorState {
    std::string name, address;
    std::uint16_t port = 0;
    std::string tls;                   // "modern" or "old"
    std::vector<std::string> vendors;  // empty: all
    std::vector<std::string> access;
    std::vector<DoorCertificate> certificates;  // in force
    std::vector<std::pair<std::string, std::uint64_t>> counters;
};

// Of the admin listener.
struct AdminState {
    std::string address;
    std::uint16_t port = 0;
    std::string origin;
    std::vector<std::string> names;
    std::size_t web_files = 0;  // of the web interface; 0: it is not there
    std::vector<std::pair<std::string, std::uint64_t>> counters;
};

struct ServerState {
    std::string version;
    Timestamp started{};
    std::string address;  // of the main door
    std::uint16_t port = 0;
    std::vector<DoorState> doors;  // the main one first
    std::optional<AdminState> admin;
    std::vector<std::pair<std::string, std::uint64_t>> counters;
    std::int64_t epoch = 0;
    Timestamp epoch_started{};
    bool braked = false;
    std::string sandbox;     // "Landlock 7, system calls", or "off: ..."
    std::string key_holder;  // "in process" or "process of its own"
};

// What only the running server can do.
class ServerControl {
 public:
    virtual ~ServerControl() = default;
    virtual Status reload() = 0;
    virtual Status close_epoch() = 0;
    virtual void release_brake() = 0;
    [[nodiscard]] virtual ServerState state() const = 0;
    [[nodiscard]] virtual Result<AuditHead> audit_head() const = 0;
};

class ApprovalKeeper;
class EventTail;
class IdempotencyKeys;
class ArmJobs;
class ImportJobs;
class RefusalNotes;
struct ApiCall;
struct ApiContext;
struct ApprovalRules;
struct Route;

class Api {
 public:
    Api(House& house, Trust& trust, ServerControl& server);
    ~Api();
    // Never throws; errors are RFC 9457 problems.
    ApiReply handle(const ApiRequest& request);
    // Before the first request.
    void ask_second_persons(const ApprovalRules& rules);

 private:
    ApiReply dispatch(const ApiRequest& request, bool approved);
    Result<ApiReply> carry_out(ApiContext& context, const Route& route, const ApiCall& call);

    House& house_;
    Trust& trust_;
    ServerControl& server_;
    std::unique_ptr<IdempotencyKeys> keys_;
    std::unique_ptr<RefusalNotes> refusals_;
    std::unique_ptr<ApprovalKeeper> approvals_;
    std::unique_ptr<ImportJobs> imports_;
    std::unique_ptr<ArmJobs> arms_;
    std::unique_ptr<EventTail> events_;
};

}  // namespace provost
