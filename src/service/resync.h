// Telling a phone to call home (R-F3): a SIP NOTIFY with its vendor's Event, to the proxy or straight to
// where the phone is registered. It is only a hint: what the phone then gets is decided when it comes.
#pragma once

#include "service/house.h"
#include "service/registrar.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// One NOTIFY. URIs as SIP writes them.
struct NotifyOrder {
    std::string target;    // the Request-URI: the account's address, or the phone's contact
    std::string to, from;  // addresses of record
    std::string next_hop;  // whose host, port and transport it goes to
    std::string event, content_type, body;
    RegistrarAccount account;  // whose digest the phone may ask for
};

struct NotifyOutcome {
    int status = 0;                // of the last answer; 0: none came
    std::string reason;            // as the phone or proxy put it
    bool challenged = false;       // it asked for a digest
    bool answered = false;         // and was given one
    std::string asked_realm;       // the realm it asked for
    std::optional<Error> trouble;  // why no answer came
};

using FindDigest = std::function<Result<std::optional<Secret>>(const RegistrarAccount&)>;

// The port to whoever speaks SIP. Blocks for a few seconds at most; any thread.
class NotifySender {
 public:
    virtual ~NotifySender() = default;
    virtual NotifyOutcome notify(const NotifyOrder& order, const FindDigest& digest) = 0;
};

// The registrars that serve a tenant's accounts of this realm; any thread may ask them.
using FindRegistrars = std::function<std::vector<Registrar*>(TenantId, const std::string& realm)>;

struct ResyncRoute {
    std::string
        route;  // URI of the proxy that takes it to the phone; empty: straight to the registered contact
    std::string from;  // our own address; empty: provost@ the account's registrar
};

struct ResyncReport {
    enum class Outcome : std::uint8_t {
        told,            // 2xx
        unsupported,     // 489: it does not know the event
        not_registered,  // no contact, or 404, 410, 480 from the proxy
        unanswered,      // no answer came in time
        unreachable,     // nobody listens there, or TLS failed
        challenged,      // 401, 407: nothing to answer with, or the answer was refused
        refused,         // any other answer
        cannot           // the vendor's phones can't be told, or it is retired, or has no account
    };
    MacAddress mac;
    Outcome outcome = Outcome::cannot;
    int status = 0;
    std::string event, target, words;  // words: what happened, and what to do
};
std::string_view to_text(ResyncReport::Outcome outcome);
bool is_done(ResyncReport::Outcome outcome);  // the phone comes

// What an outcome means, in words for people.
ResyncReport judge_outcome(const NotifyOutcome& outcome);

class Resync {
 public:
    Resync(House& house, NotifySender& sender, FindRegistrars registrars, ResyncRoute route)
        : house_(house), sender_(sender), registrars_(std::move(registrars)), route_(std::move(route)) {}

    // Tells one phone and waits for its answer. Nothing is written. P-2027: there is no such device; P-8311:
    // there is neither a route nor a registrar that says where phones are.
    Result<ResyncReport> tell(MacAddress mac, bool reboot);
    // P-8311.
    [[nodiscard]] Status can_reach() const;

 private:
    Result<NotifyOrder> order_for(const Device& device, const VendorSpec& vendor, bool reboot) const;
    Result<ResyncReport> tell_contacts(const Device& device, NotifyOrder order);
    ResyncReport send(const Device& device, const NotifyOrder& order);

    House& house_;
    NotifySender& sender_;
    const FindRegistrars registrars_;  // null: there is none
    const ResyncRoute route_;
};

// A person's act, or a job's, for the phone's timeline.
Event resync_event(const ResyncReport& report, const Device& device, const std::string& actor, Timestamp now);

}  // namespace provost
