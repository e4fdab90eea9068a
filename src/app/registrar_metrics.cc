// What the metrics listener tells of the registrars.
#include "app/server_metrics.h"
#include "service/registrar_hub.h"

namespace provost {

void ServerMetrics::add_registrars(Exposition& page) const {
    if (!parts_.house.registrar_hub) return;
    const auto states = parts_.house.registrar_hub->states();
    const auto each = [&](std::uint64_t RegistrarState::*member) {
        for (const auto& one : states) page.sample(one.*member, {{"registrar", one.name}});
    };
    page.gauge("provost_registrar_up", "1 if the registrar answered at the last try.");
    for (const auto& one : states)
        page.sample(std::uint64_t{one.away_since ? 0U : 1U}, {{"registrar", one.name}});
    page.counter("provost_registrar_told_total", "Entries of the outbox that the registrar took.");
    each(&RegistrarState::told);
    page.counter("provost_registrar_refused_total", "Entries that it refused; each is tried again.");
    each(&RegistrarState::refused);
    page.counter("provost_registrar_failures_total", "Rounds in which it did not answer.");
    each(&RegistrarState::failures);
    page.counter("provost_registrar_confirmed_total",
                 "Graces that ended early, as it saw the phone register.");
    each(&RegistrarState::confirmed);
    page.gauge("provost_registrar_waiting", "Entries that wait for it.");
    for (const auto& one : states)
        if (const auto queue = parts_.house.store.registrar_queue().state(one.name))
            page.sample(queue->waiting, {{"registrar", one.name}});
}

// Phones are served without them, so none keeps the server from being ready.
std::string ServerMetrics::away_registrars() const {
    std::string text;
    if (!parts_.house.registrar_hub) return text;
    for (const auto& one : parts_.house.registrar_hub->states())
        if (one.away_since)
            text += "registrar '" + one.name + "' is away since " + to_rfc3339(*one.away_since) + ": " +
                    one.trouble + "\n";
    return text;
}

}  // namespace provost
