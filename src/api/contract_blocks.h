// The blocks of the contract, in the notation of contract_reader.h.
#pragma once

#include <string_view>

namespace provost::contract {

extern const std::string_view common_block, tenants_block, devices_block, trunks_block, resyncs_block,
    profile_block, imports_block, ratings_block, vendors_block, trust_block, hardening_block, guard_block,
    events_block, registrars_block, server_block, people_block, session_block, overview_block,
    diagnostics_block;

}  // namespace provost::contract
