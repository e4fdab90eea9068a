// Machines of the operator's own that call a door: trusted is whoever shows a certificate of a CA that the
// configuration names. It proves no device.
#pragma once

#include "base/clock.h"
#include "service/judge_certificate.h"

#include <memory>
#include <string>

namespace provost {

// `authorities`: one or more CA certificates in PEM. P-4201, P-4203; P-1112: there is none in it. `clock`
// outlives it.
Result<std::unique_ptr<JudgeCertificate>> make_peer_judge(const std::string& authorities, const Clock& clock);

}  // namespace provost
