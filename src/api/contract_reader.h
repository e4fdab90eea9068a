// Reads the notation of contract_*.cc. Columns are apart by blanks; the rest of a line says what it means.
//
//     type Slug = text(1..32)        What tenants are known by        a name for a type
//     type Tenant                    A customer, or a part of one     an object
//         slug      Slug
//         parent?   Slug             Below which                      `?`: it may be absent
//     type TenantShown : Tenant                                       all that, and more; or another type
//         rating    RatingSummary
//     path tenant   Slug                                              what stands for {tenant} in addresses
//
//     GET /v1/tenants
//         ?limit    int(1..1000)     Of the page                      a query's parameter
//         200       Page<Tenant>
//     PATCH /v1/tenants/{tenant}
//         @If-Match ETag                                              a header
//         body      TenantChange                                      or a media type
//         200+etag  TenantShown                                       several for one status: one of them
//
// Types: text, text(1..128), hex(64), /pattern/, int, int(0..5), int(1..), number, flag, time, any,
// =this|that, [list], {map}, Page<item>, names. A `?` behind one: or null. `#` begins a remark.
#pragma once

#include "api/contract.h"

#include <span>

namespace provost::contract {

// `choices`: names for the words of the code's tables. Throws std::invalid_argument with the line.
Contract read_contract(std::span<const std::string_view> blocks,
                       const std::map<std::string, std::vector<std::string>>& choices);

}  // namespace provost::contract
