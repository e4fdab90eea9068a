#include "sip/trunk_audit.h"

#include "app/cli/command.h"
#include "app/outbound_targets.h"
#include "crypto/random.h"

#include <csignal>
#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct TrunkAuditOptions {
    std::string host, transport = "udp", user, realm, networks, ca;
};

Result<TrunkAudit> read_options(const TrunkAuditOptions& options) {
    TrunkAudit audit;
    const bool tls = options.transport == "tls";
    PROVOST_TRY(const auto place, parse_sip_uri("sip:" + options.host + ";transport=" + options.transport));
    audit.target = SipTarget::of(place);
    if (!options.realm.empty()) {
        PROVOST_TRY(const auto domain, parse_sip_uri("sip:" + options.realm));
        audit.realm = sip_host_port(domain.host, domain.port);
    }
    if (!options.user.empty()) {
        PROVOST_TRY(const auto user, parse_sip_uri("sip:" + options.user + "@localhost"));
        audit.user = user.user;
    }
    if (tls && !options.ca.empty()) {
        PROVOST_TRY(audit.tls.authorities, read_outbound_file(options.ca, false));
    }
    auto networks = own_networks();
    if (!options.networks.empty()) {
        PROVOST_TRY(networks, parse_networks(options.networks, "--networks"));
    }
    PROVOST_CHECK(may_audit(audit.target, networks));
    return audit;
}

json::array to_json(const std::vector<TrunkFinding>& findings) {
    json::array items;
    for (const auto& one : findings)
        items.push_back(json::object{{"weight", to_text(one.weight)},
                                     {"id", one.id},
                                     {"requirement", one.requirement},
                                     {"says", one.says},
                                     {"evidence", one.evidence},
                                     {"fix", one.fix}});
    return items;
}

void print_report(const TrunkAudit& audit, const std::vector<TrunkFinding>& findings, std::size_t faults) {
    std::cout << audit.target.text() << "\n";
    for (const auto& one : findings)
        std::cout << "\n"
                  << to_text(one.weight) << " (" << one.requirement << ", " << one.id << "): " << one.says
                  << "\n  seen: " << one.evidence << "\n  mend: " << one.fix << "\n";
    std::cout << "\n"
              << (faults == 0 ? std::string("nothing to mend") : std::to_string(faults) + " to mend") << "\n";
}

void complain(Shell& shell, const Error& error) {
    shell.fail(error);
}

void audit_trunk(Shell& shell, const TrunkAuditOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);  // a peer that hangs up must not end the program
    start_random();
    const auto audit = read_options(options);
    if (!audit) return complain(shell, audit.error());
    const auto answers = ask_trunk(*audit);
    if (!answers) return complain(shell, answers.error());
    const auto findings = judge_trunk(*answers);
    std::size_t faults = 0;
    for (const auto& one : findings) faults += one.weight == TrunkFinding::Weight::note ? 0 : 1;
    if (shell.output == "table")
        print_report(*audit, findings, faults);
    else
        std::cout << json::serialize(json::object{{"target", audit->target.text()},
                                                  {"faults", faults},
                                                  {"findings", to_json(findings)}})
                  << "\n";
    if (faults != 0) shell.exit = failed;
}

}  // namespace

void add_trunk_audit(Command noun, Shell& shell) {
    const auto options = std::make_shared<TrunkAuditOptions>();
    auto verb = noun.add(
        "trunk", "ask your own registrar whether it challenges all, and tells users apart; a dozen messages");
    verb.option("host", options->host, "HOST or HOST:PORT; your own registrar, nobody else's").required();
    verb.option("--transport", options->transport, "udp (default), tcp or tls").one_of({"udp", "tcp", "tls"});
    verb.option("--user", options->user, "an account that exists there: only its name, never its password");
    verb.option("--realm", options->realm, "the domain in SIP addresses; default: the host");
    verb.option("--ca", options->ca, "PEM file of the CA that vouches for it; default: the system's");
    verb.option(
        "--networks", options->networks,
        "where your registrars may be, such as 192.0.2.0/24; default: this machine and private networks");
    verb.action([&shell, options] { audit_trunk(shell, *options); });
}

}  // namespace provost::cli
