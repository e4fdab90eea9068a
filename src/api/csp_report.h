// What browsers report of the content security policy: who posts it need not be signed in, so it is believed
// in nothing and told of in bounds.
#pragma once

#include "base/clock.h"
#include "guard/budget.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct CspViolation {
    std::string directive;  // "style-src-elem"
    std::string blocked;    // "inline", or scheme and host: what follows may hold what nobody should read
    std::string page;       // path of the page, without query and fragment
};

// Either form: `report-uri` (one object under "csp-report") and `report-to` (a list; its first). nullopt: it
// is neither.
std::optional<CspViolation> read_csp_report(std::string_view body);

// Logs each as web.csp-violation, a few a minute.
class CspReports {
 public:
    void note(std::string_view body, Timestamp now);

 private:
    SharedBucket told_{Budget{1.0 / 6, 10}};
};

}  // namespace provost
