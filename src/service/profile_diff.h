// What a change of tenants', sites' or models' settings, of the hardening profile or of the vendor files
// would do to the fleet, before anything of it is applied (R-G3).
#pragma once

#include "service/house.h"
#include "service/operations.h"

#include <map>
#include <string>
#include <vector>

namespace provost {

// Everything left empty stays as it is.
struct ProposedChange {
    std::string tenant, site, vendor, model;     // where `settings` go; slugs
    RawSettings settings;                        // an empty text removes one
    std::string hardening;                       // text of a hardening profile
    std::map<std::string, std::string> vendors;  // file name -> text; those named here replace or are added
};

// Devices of one vendor and model for which one parameter changes the same way.
struct FleetChange {
    std::string vendor, model, parameter;
    std::string kind;           // "changed", "added" or "removed"
    std::string before, after;  // "(various)" both where there are more than a few
    std::size_t devices = 0;
    std::vector<std::string> examples;  // MACs
};
struct FleetRefusal {
    std::string vendor, model, code, why;
    bool already = false;  // refused without the change too
    std::size_t devices = 0;
    std::vector<std::string> examples;
};
struct ProfileDiff {
    std::size_t looked_at = 0;  // devices that the change could reach
    std::size_t changed = 0;
    std::size_t released = 0;  // refused as things stand, and no more then
    std::vector<FleetChange> changes;
    std::vector<FleetRefusal> refusals;
    std::string next;  // cursor of the devices that are left; empty: none
};

// Looks at the devices after the page's cursor, at most its limit of them. Memory is bounded by that limit.
// Errors are those of the change itself: P-20xx, P-21xx.
Result<ProfileDiff> diff_profile(const House& house, const ProposedChange& change, const Page& page);

}  // namespace provost
