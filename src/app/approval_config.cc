#include "app/approval_config.h"

namespace provost {

void read_approvals(const Yaml& value, ApprovalRules& rules) {
    if (!value) return;
    constexpr int most = 10'000'000;
    YamlMap map(value);
    rules.trust = map.optional("trust").toggle(rules.trust);
    rules.devices = map.optional("devices").number(1, most, 0);
}

}  // namespace provost
