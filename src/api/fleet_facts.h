// What figures, attention list and report are made from.
#pragma once

#include "api/fleet_scope.h"
#include "service/fleet_report.h"

namespace provost {

Result<AttentionFacts> attention_facts(const ApiContext& context, const FleetScope& scope);
// `slug`: of the query; empty: all tenants in sight.
Result<FleetReport> fleet_report(const ApiContext& context, const FleetScope& scope, const std::string& slug);

}  // namespace provost
