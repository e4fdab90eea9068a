// A change of a tenant's, site's or model's settings as a person typed it: checked the same way whether it is
// stored or only looked at.
#pragma once

#include "service/house.h"
#include "service/operations.h"

namespace provost {

// Where it goes: the tenant, one of its sites, or a model within it.
struct LayerPlace {
    TenantId tenant = 0;  // of a tenant that is still to be made: its parent
    std::string slug;
    std::string site, vendor, model;
};

// Puts what was typed into `settings` and `raw`. Refuses what relaxes the hardening profile without an
// exception for the whole place, and whatever apply_settings and apply_raw_settings refuse.
Status change_layer(const House& house, const LayerPlace& place, const RawSettings& typed, Settings& settings,
                    RawOverrides& raw);

}  // namespace provost
