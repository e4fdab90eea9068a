#include "sim/plan.h"

namespace provost::sim {

PlannedRequest plan_step(const PhoneSpec& spec, const Names& names, const Step& step, int boot) {
    PlannedRequest planned{.step = step, .boot = boot};
    planned.step.path = expand(step.path, names);
    planned.step.body = expand(step.body, names);
    planned.step.agent = expand(spec.agent(step.agent), names);
    return planned;
}

Plan plan_boots(const PhoneSpec& spec, const Names& names, int boots) {
    Plan plan{.keep_alive = spec.keep_alive};
    for (int boot = 1; boot <= boots; ++boot) {
        for (const Step& step : spec.boot) plan.requests.push_back(plan_step(spec, names, step, boot));
    }
    return plan;
}

}  // namespace provost::sim
