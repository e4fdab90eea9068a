#include "app/phone_doors.h"

#include "domain/text.h"

namespace provost {

namespace {

Status check_vendors(const DoorTraits& door, const VendorShelf& shelf) {
    for (const auto& vendor : door.vendors)
        if (shelf.find(vendor) == nullptr)
            return fail({"P-1108", "there is no vendor '" + printable(vendor, 32) + "'",
                         "door '" + door.name + "'", "it stands in the door's 'vendors'",
                         "'provost vendor list' shows them; an id is the name of a vendor file."});
    return {};
}

Error at_door(Error error, const DoorTraits& door) {
    if (door.name != "main")
        error.where = "door '" + door.name + "'" + (error.where.empty() ? "" : ": ") + error.where;
    return error;
}

std::vector<std::pair<std::string, std::uint64_t>> named(const DoorCounters& counters) {
    return {{"accepted", counters.accepted},     {"open", counters.open},
            {"handshakes", counters.handshakes}, {"handshake_failures", counters.handshake_failures},
            {"requests", counters.requests},     {"shed", counters.shed}};
}

std::vector<std::string> names_of(const AccessMethods& access) {
    std::vector<std::string> names;
    for (const auto method : {Access::certificate, Access::digest, Access::basic, Access::token})
        if (access.allows(method)) names.emplace_back(to_text(method));
    return names;
}

}  // namespace

Result<std::unique_ptr<PhoneDoors>> PhoneDoors::open(const std::vector<DoorSettings>& settings,
                                                     House& house) {
    auto doors = std::make_unique<PhoneDoors>(house);
    for (const auto& one : settings) {
        PROVOST_CHECK(check_vendors(one.traits, *house.vendors));
        PROVOST_TRY(auto view, make_trust_view(house, one.traits));
        doors->doors_.push_back({one, std::make_unique<CertificateJudge>(house.clock, std::move(view)),
                                 std::make_unique<PhoneService>(house, one.traits), nullptr});
    }
    Gate* const gate = house.guard ? &house.guard->gate() : nullptr;
    for (auto& one : doors->doors_) {
        auto door = open_phone_door(one.settings, *one.judge, *one.service, gate);
        if (!door) return fail(at_door(door.error(), one.settings.traits));
        one.door = std::move(*door);
    }
    return doors;
}

PhoneDoors::~PhoneDoors() {
    for (auto& one : doors_) one.door.reset();
    // Changes keep their order: with this one done, none is left that needs the services.
    (void)house_.store.apply([](Transaction&) { return Status(); });
}

Result<std::function<void()>> PhoneDoors::prepare_reload() {
    std::vector<std::function<void()>> commits;
    for (const auto& one : doors_) {
        auto commit = one.door->prepare_reload();
        if (!commit) return fail(at_door(commit.error(), one.settings.traits));
        commits.push_back(std::move(*commit));
    }
    return std::function<void()>([commits = std::move(commits)] {
        for (const auto& commit : commits) commit();
    });
}

void PhoneDoors::stop(Duration grace) {
    for (const auto& one : doors_) one.door->stop(grace);
}

std::vector<DoorState> PhoneDoors::states() const {
    std::vector<DoorState> states;
    for (const auto& one : doors_) {
        const auto& traits = one.settings.traits;
        std::vector<DoorCertificate> certificates;
        for (const auto& dates : one.door->identities())
            certificates.push_back({dates.key_type, dates.not_after});
        states.push_back({traits.name, one.settings.address, one.door->port(),
                          traits.old_tls ? "old" : "modern", traits.vendors, names_of(traits.access),
                          std::move(certificates), named(one.door->counters())});
    }
    return states;
}

std::vector<PhoneDoors::Metrics> PhoneDoors::metrics() const {
    std::vector<Metrics> all;
    for (const auto& one : doors_)
        all.push_back({one.settings.traits.name, one.door->counters(), one.door->handshake_duration(),
                       one.door->identities()});
    return all;
}

std::vector<Trust::Door> PhoneDoors::judges() const {
    std::vector<Trust::Door> judges;
    for (const auto& one : doors_) judges.push_back({one.settings.traits, one.judge.get()});
    return judges;
}

CertificateJudge::Counts PhoneDoors::verdicts() const {
    CertificateJudge::Counts all;
    for (const auto& one : doors_) {
        const auto counts = one.judge->counts();
        all.hits += counts.hits;
        all.misses += counts.misses;
        all.kept += counts.kept;
    }
    return all;
}

std::vector<std::pair<std::string, std::uint64_t>> sum_of_counters(const std::vector<DoorState>& doors) {
    auto sum = named({});
    for (const auto& door : doors)
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i].second += door.counters[i].second;
    return sum;
}

}  // namespace provost
