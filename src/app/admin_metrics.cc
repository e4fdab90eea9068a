// What the metrics listener tells of the admin listener.
#include "app/admin_desk.h"
#include "app/server_metrics.h"

namespace provost {

void ServerMetrics::add_admin(Exposition& page) const {
    if (parts_.admin == nullptr) return;
    const auto counters = parts_.admin->door().counters();
    page.gauge("provost_admin_connections_open", "Connections at the admin listener that are open now.");
    page.sample(std::uint64_t{counters.door.open});
    page.counter("provost_admin_connections_total", "Connections accepted, those shed at once among them.");
    page.sample(counters.door.accepted);
    page.counter("provost_admin_connections_shed_total",
                 "Connections over a limit, closed before any TLS work.");
    page.sample(counters.door.shed);
    page.counter("provost_admin_handshakes_total", "Handshakes that came to an end.");
    page.sample(counters.door.handshakes);
    page.counter("provost_admin_handshake_failures_total", "Handshakes that came to nothing, by reason.");
    for (std::size_t i = 0; i < handshake_faults; ++i)
        page.sample(counters.door.faults[i], {{"reason", to_text(static_cast<HandshakeFault>(i))}});
    page.counter("provost_admin_requests_total", "Requests read.");
    page.sample(counters.door.requests);
    page.counter("provost_admin_requests_busy_total",
                 "Requests told to come again: too many at once, or too many who watch.");
    page.sample(counters.busy);
    page.counter("provost_admin_wrong_hosts_total", "Requests for a host that is not the server's.");
    page.sample(counters.wrong_hosts);
    page.counter("provost_admin_csp_reports_total",
                 "Reports of browsers on what the content security policy stopped.");
    page.sample(counters.reports);
    page.gauge("provost_admin_requests_waiting", "Requests that wait for a worker.");
    page.sample(std::uint64_t{counters.waiting});
    page.gauge("provost_admin_streams_open", "Who watches events.");
    page.sample(std::uint64_t{counters.streams});
}

}  // namespace provost
