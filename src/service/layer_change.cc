#include "service/layer_change.h"

#include "service/exceptions.h"
#include "service/raw_settings.h"
#include "service/tenants.h"

namespace provost {

namespace {

// The place as an option of `exception add`.
std::string option_of(const LayerPlace& place) {
    std::string option = "--tenant " + place.slug;
    if (!place.site.empty()) option += " --site '" + place.site + "'";
    if (!place.model.empty()) option += " --vendor " + place.vendor + " --model " + place.model;
    return option;
}

// What exceptions lift for a whole place: those that are no narrower than it.
LiftedRules lifted_for(const House& house, const LayerPlace& place) {
    Device stand_in;
    stand_in.tenant = place.tenant;
    stand_in.site = place.site;
    stand_in.vendor = place.vendor;
    stand_in.model = place.model;
    LiftedRules lifted;
    house.policies.current()->lift(stand_in, house.clock.now(), lifted);
    return lifted;
}

}  // namespace

Status change_layer(const House& house, const LayerPlace& place, const RawSettings& typed, Settings& settings,
                    RawOverrides& raw) {
    PROVOST_CHECK(apply_settings(typed, settings));
    const auto lifted = lifted_for(house, place);
    const auto option = option_of(place);
    PROVOST_CHECK(refuse_relaxations(house.hardening, lifted, typed, option));
    return apply_raw_settings(typed, {*house.vendors, house.hardening, lifted, option}, raw);
}

}  // namespace provost
