// The fleet as a report for people, on a page that can be printed, and as rows: one source, pure.
#pragma once

#include "service/attention.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct ReportedBan {
    std::string network, rule, until;
};

struct FleetReport {
    Timestamp at{};
    std::string scope;      // "all tenants", "tenant acme and all below it"
    bool of_server = true;  // false: what follows the attention list is not for this reader
    FleetFigures figures;
    std::vector<Attention> attention;
    std::vector<EndingCertificate> certificates;  // the server's, all of them
    std::vector<ReportedBan> bans;
    std::string review;  // "due; last on 2026-11-20 by anna"
    std::function<std::string(TenantId)> slug;
};

std::string_view fleet_report_style();  // what stands in the page's <style>
std::string fleet_report_html(const FleetReport& report, std::string_view version);
// section,name,count,detail
std::string fleet_report_csv(const FleetReport& report);

}  // namespace provost
