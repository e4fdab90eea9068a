// A run: which phones boot against which server, and what became of them.
#pragma once

#include "sim/address_list.h"
#include "sim/fault.h"
#include "sim/phone.h"
#include "sim/pki.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provost::sim {

struct RunOrder {
    std::string url;                              // loopback only
    std::filesystem::path pki;                    // as `make_pki` left it; phones' memory goes to pki/state
    std::filesystem::path server_authority = {};  // empty: the folder's own
    std::vector<PhoneMaker> makers;               // phones of other vendors stay off
    AddressList addresses = {};  // phones that begin elsewhere, and then go where they are told
    std::size_t phones = 0;      // at most so many; 0: all
    std::size_t concurrency = 200;
    int boots = 1;
    bool factory_reset = false;  // phones forget everything first
    std::string realm = {};
    std::chrono::seconds deadline{30};
};

// The phones of one vendor after a run.
struct VendorTally {
    std::size_t phones = 0;
    std::size_t with_secret = 0;     // a file of this run held a password
    std::size_t without_secret = 0;  // the phone's own file came, but no password in this run
    std::size_t refused = 0;         // 403 to its own file at last
    std::size_t unanswered = 0;      // any other end
    std::size_t would_register = 0;  // holds user, registrar and password of at least one line
    std::size_t as_expected = 0;     // every answer was a good server's, and it would register
};

struct RunReport {
    std::map<std::string, VendorTally> vendors;
    std::vector<PhoneOutcome> phones;
    [[nodiscard]] VendorTally total() const;
};

// Orderly boots of all phones. P-9002 to P-9010.
Result<RunReport> run_boots(const RunOrder& order, const Progress& progress);

struct FaultTally {
    std::string fault, vendor;
    Expectation expectation = Expectation::refused;
    std::size_t phones = 0, held = 0;
    std::vector<std::string> deviations;  // "mac: why", one for each phone whose expectation did not hold
};

// One fault after the other, each by the next phones of every vendor. P-9002 to P-9010.
Result<std::vector<FaultTally>> run_faults(const RunOrder& order, const std::vector<FaultOrder>& faults,
                                           const Progress& progress);

// Why the expectation did not hold; empty if it did. `stranger` is the answer to a request that shows
// nothing.
std::string deviation(Expectation expectation, const PhoneOutcome& outcome, const AnswerTrace& stranger);

}  // namespace provost::sim
