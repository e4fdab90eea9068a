// One simulated phone at work: makes the requests of its plan one after the other and lives with the answers.
#pragma once

#include "base/mac_address.h"
#include "sim/exchange.h"
#include "sim/phone_memory.h"
#include "sim/pki.h"
#include "sim/plan.h"

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace provost::sim {

// An answer as far as it matters afterwards: what it held is gone.
struct AnswerTrace {
    std::string step;
    int status = 0;
    bool connected = false, secured = false;  // as in Answer
    std::string likeness;  // headers without Date, and the body's SHA-256: equal for equal answers
    std::string failure;   // empty: a whole answer
};
AnswerTrace trace_of(const std::string& step, Answer& answer);

// What became of a phone.
struct PhoneOutcome {
    std::string vendor;
    MacAddress mac;
    AnswerTrace own;                    // the last answer to the request for its own file
    std::vector<AnswerTrace> judged;    // answers that decide whether a fault's expectation held
    std::vector<std::string> oddities;  // what a good server would not have answered, in words
    bool with_secret = false;           // a file of this run held a password
    std::vector<LineAccount> accounts;  // with which it would register now
};

// What all phones of a run share. All pointers must outlive the phones.
struct World {
    const TlsClient* tls = nullptr;
    const Target* target = nullptr;
    PkiFolder* certificates = nullptr;
    std::filesystem::path state;  // folder of what phones remember
    std::string realm = {};       // of the digests; empty: the registrar's host
    std::chrono::seconds deadline{30};
};

class Phone {
 public:
    struct Setup {
        const World* world = nullptr;
        const PhoneMaker* maker = nullptr;
        MacAddress mac, other;  // other: the phone it pretends to be
        Plan plan;
    };
    // Takes what the phone remembers from its file, if there is one. P-9002, P-9007.
    static Result<std::unique_ptr<Phone>> make(Setup setup);

    // Does what can be done without waiting. True once the plan is done.
    bool advance(Exchange::Clock::time_point now);

    [[nodiscard]] int descriptor() const { return exchange_->descriptor(); }
    [[nodiscard]] short wanted() const { return exchange_->wanted(); }
    [[nodiscard]] Exchange::Clock::time_point wake_at() const { return exchange_->wake_at(); }
    [[nodiscard]] PhoneOutcome& outcome() { return outcome_; }

 private:
    Phone(Setup setup, PhoneMemory memory);
    bool begin_next(Exchange::Clock::time_point now);
    Status connect_as(const PlannedRequest& request);
    [[nodiscard]] bool is_skipped(const PlannedRequest& request) const;
    void take(Answer answer);
    void take_file(const Step& step, Answer& answer);
    void note(const Step& step, const AnswerTrace& trace);
    void end_boot();

    Setup setup_;
    PhoneMemory memory_;
    Identity identity_;
    std::unique_ptr<Exchange> exchange_;
    const PlannedRequest* shown_ = nullptr;  // the request whose credential and manner the exchange has
    std::size_t next_ = 0;
    bool busy_ = false;
    BootFiles boot_;
    std::set<std::string> missing_;  // ids of this boot's steps that were answered without a file
    PhoneOutcome outcome_;
};

}  // namespace provost::sim
