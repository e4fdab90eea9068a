// The port to a registrar, the SIP server where phones log in (R-F4): one connector a kind, under registrar/.
// It is told digests alone and never a password (R-B5). Every call blocks for 10 seconds at most and may come
// from any thread, one at a time.
#pragma once

#include "service/records.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace provost {

// What a registrar knows an account by: the digest's user name and realm.
struct RegistrarAccount {
    std::string user, realm;
    auto operator<=>(const RegistrarAccount&) const = default;
};

RegistrarAccount account_of(const OutboxEntry& entry);

// An account as the registrar has it, for the comparison with what it was told. The digest itself goes no
// further than the connector.
struct HeldAccount {
    RegistrarAccount account;
    Sha256 fingerprint{};  // as fingerprint_of(ha1) says
};

// A phone that is registered: what ends its grace early, and where a NOTIFY reaches it.
struct Registration {
    RegistrarAccount account;
    std::string contact;     // the URI as the phone gave it: "sip:4711@192.0.2.7:5060;transport=tls"
    std::string received;    // where it was really seen, as a URI; empty: as `contact` says
    std::string user_agent;  // as sent; empty if the registrar does not keep it
    Timestamp renewed{};     // by the registrar's clock, to the second
    Timestamp until{};
};

// What a kind of registrar can do; it does not change while the server runs.
struct RegistrarAbilities {
    bool lists_accounts = false, tells_registrations = false, gives_digests = false;
    bool sha256 = false;  // it can hold that digest too
};

class Registrar {
 public:
    virtual ~Registrar() = default;

    [[nodiscard]] virtual RegistrarAbilities abilities() const = 0;
    // Tells the registrar entries in their order, and what became of each in the same order. An entry told
    // twice leaves what telling it once does. An error of the whole: the registrar is not there, nothing is
    // known of any of them. An error of one: it is refused as it is, the others are done.
    virtual Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) = 0;
    // All accounts in the order of (user, realm), those after `after`.
    virtual Result<std::vector<HeldAccount>> accounts(const RegistrarAccount& after, std::size_t limit) = 0;
    // Registered now and renewed at or after `since`, the earliest first.
    virtual Result<std::vector<Registration>> registrations(Timestamp since, std::size_t limit) = 0;
    virtual Result<std::vector<Registration>> registrations_of(const RegistrarAccount& account) = 0;
    // HA1 (MD5, hexadecimal), for a phone that challenges a NOTIFY; nullopt: there is no such account.
    virtual Result<std::optional<Secret>> digest(const RegistrarAccount& account) = 0;
};

// SHA-256 of an HA1 as it is written, hexadecimal in lower case.
Sha256 fingerprint_of(std::string_view ha1);

}  // namespace provost
