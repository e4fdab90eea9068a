// One simulated phone at work: makes the requests of its plan one after the other and lives with the answers.
#pragma once

#include "base/mac_address.h"
#include "sim/exchange.h"
#include "sim/phone_memory.h"
#include "sim/pki.h"
#include "sim/plan.h"

#include <filesystem>
#include <memory>
#include <optional>
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
    bool has_accounts = true;           // phones of this kind get accounts from their files
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
        // What this phone was given to begin with; from then on it goes where its configuration told it to.
        // Empty: it calls the world's target, whatever it was told.
        std::string address = {};
        bool factory_reset = false;
        Plan plan;
    };
    // Takes what the phone remembers from its file, if there is one and it was not reset. P-9002, P-9007.
    static Result<std::unique_ptr<Phone>> make(Setup setup);

    // Does what can be done without waiting. True once the plan is done.
    bool advance(Exchange::Clock::time_point now);

    [[nodiscard]] int descriptor() const { return exchange_->descriptor(); }
    [[nodiscard]] short wanted() const { return exchange_->wanted(); }
    [[nodiscard]] Exchange::Clock::time_point wake_at() const { return exchange_->wake_at(); }
    [[nodiscard]] PhoneOutcome& outcome() { return outcome_; }

 private:
    // The request at hand, asked once more: elsewhere, or with the phone's login.
    struct Attempt {
        bool again = false;
        std::string path, authorization;
        int redirects = 0;
    };

    Phone(Setup setup, PhoneMemory memory);
    bool begin_next(Exchange::Clock::time_point now);
    void begin(const PlannedRequest& request, Exchange::Clock::time_point now);
    Status choose_address();
    Status connect_as(const PlannedRequest& request);
    [[nodiscard]] const Target& target() const;
    [[nodiscard]] std::string path_of(const Step& step) const;
    [[nodiscard]] bool is_skipped(const PlannedRequest& request) const;
    bool asks_again(const Step& step, const Answer& answer);
    bool follows(const Answer& answer);
    bool logs_in(const Step& step, const Answer& answer);
    void take(Answer answer);
    void take_file(const Step& step, const Answer& answer);
    void note(const Step& step, const AnswerTrace& trace);
    void end_boot();

    Setup setup_;
    PhoneMemory memory_;
    Identity identity_;
    std::unique_ptr<Exchange> exchange_;
    const PlannedRequest* shown_ = nullptr;  // the request whose credential and manner the exchange has
    std::optional<Address> address_;         // none: the world's target
    std::string called_;                     // the text of it
    std::size_t next_ = 0;
    Attempt attempt_;
    bool busy_ = false;
    bool stopped_ = false;  // this boot has come to its end before its last step
    BootFiles boot_;
    std::set<std::string> missing_;  // ids of this boot's steps that were answered without a file
    PhoneOutcome outcome_;
};

}  // namespace provost::sim
