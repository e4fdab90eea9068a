#include "api/contract.h"

#include "api/contract_blocks.h"
#include "api/contract_reader.h"
#include "api/import_jobs.h"
#include "domain/decide.h"
#include "domain/device.h"
#include "domain/hardening.h"
#include "domain/person.h"
#include "domain/role_table.h"
#include "service/drift.h"
#include "service/event_catalogue.h"
#include "service/resync.h"
#include "service/resync_job.h"
#include "service/review_topic.h"

#include <algorithm>
#include <array>

namespace provost::contract {

namespace {

using Words = std::vector<std::string>;

// The words of an enumeration, from its first to its last.
template <typename Enum>
Words words_up_to(Enum last) {
    Words words;
    for (int i = 0; i <= static_cast<int>(last); ++i) words.emplace_back(to_text(static_cast<Enum>(i)));
    return words;
}

Words event_kinds() {
    Words words;
    for (const auto& one : event_catalogue())
        if (one.where == "event") words.emplace_back(one.name);
    return words;
}

Words topics() {
    Words words;
    for (const auto& one : review_topics()) words.emplace_back(one.name);
    return words;
}

// All but `none`.
Words undo_reasons() {
    auto words = words_up_to(UndoReason::failed);
    words.erase(words.begin());
    return words;
}

std::map<std::string, Words> choices() {
    return {{"Role", words_up_to(Role::auditor)},
            {"PersonState", words_up_to(PersonState::disabled)},
            {"DeviceState", words_up_to(DeviceState::retired)},
            {"SecretMode", words_up_to(SecretMode::retain)},
            {"RotationCause", words_up_to(RotationCause::suspicion)},
            {"Access", words_up_to(Access::token)},
            {"VisitRule", words_up_to(Rule::stage_without_secrets)},
            {"Severity", words_up_to(Severity::high)},
            {"ImportState", words_up_to(JobState::interrupted)},
            {"UndoState", words_up_to(UndoState::failed)},
            {"UndoReason", undo_reasons()},
            {"ResyncState", words_up_to(ResyncJob::State::cancelled)},
            {"ResyncOutcome", words_up_to(ResyncReport::Outcome::cannot)},
            {"DriftKind", words_up_to(DriftKind::foreign)},
            {"EventKind", event_kinds()},
            {"ReviewTopic", topics()},
            {"ReviewWeight", words_up_to(ReviewWeight::note)}};
}

auto blocks() {
    return std::array{common_block,  devices_block,   trunks_block,   tenants_block,    resyncs_block,
                      profile_block, imports_block,   ratings_block,  vendors_block,    trust_block,
                      guard_block,   hardening_block, events_block,   registrars_block, server_block,
                      people_block,  session_block,   overview_block, diagnostics_block};
}

}  // namespace

Type named(std::string name) {
    Type type;
    type.kind = Type::Kind::named;
    type.name = std::move(name);
    return type;
}

const Endpoint* Contract::find(std::string_view method, std::string_view address) const {
    const auto found = std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& one) {
        return one.method == method && one.path == address;
    });
    return found == endpoints.end() ? nullptr : &*found;
}

const Type& Contract::resolve(const Type& type) const {
    return type.kind == Type::Kind::named ? types.at(type.name) : type;
}

const Contract& contract() {
    static const Contract read = read_contract(blocks(), choices());
    return read;
}

}  // namespace provost::contract
