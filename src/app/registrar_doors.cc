#include "app/registrar_doors.h"

#include "app/outbound_targets.h"
#include "registrar/freeswitch/freeswitch.h"
#include "service/peer_judge.h"

namespace provost {

namespace {

Error at_registrar(Error error, const std::string& name) {
    error.where = "registrar '" + name + "'" + (error.where.empty() ? "" : ": ") + error.where;
    return error;
}

Result<std::unique_ptr<JudgeCertificate>> read_peers(const RegistrarSettings& settings, const House& house) {
    PROVOST_TRY(const auto authorities, read_outbound_file(settings.authorities, false));
    return make_peer_judge(authorities, house.clock);
}

}  // namespace

Result<std::unique_ptr<RegistrarDoors>> RegistrarDoors::open(const std::vector<RegistrarSettings>& settings,
                                                             House& house) {
    auto doors = std::make_unique<RegistrarDoors>();
    for (const auto& one : settings) {
        if (!one.door) continue;
        const auto& name = one.scope.name;
        auto judge = read_peers(one, house);
        if (!judge) return fail(at_registrar(judge.error(), name));
        Door door{name, std::move(*judge), registrar::make_directory(house, name), nullptr};
        auto opened = open_phone_door(*one.door, *door.judge, *door.directory);
        if (!opened) return fail(at_registrar(opened.error(), name));
        door.door = std::move(*opened);
        doors->doors_.push_back(std::move(door));
    }
    return doors;
}

RegistrarDoors::~RegistrarDoors() {
    for (auto& one : doors_) one.door.reset();
}

std::vector<std::pair<std::string, std::uint16_t>> RegistrarDoors::ports() const {
    std::vector<std::pair<std::string, std::uint16_t>> ports;
    for (const auto& one : doors_) ports.emplace_back(one.name, one.door->port());
    return ports;
}

Result<std::vector<std::function<void()>>> RegistrarDoors::prepare_reload() {
    std::vector<std::function<void()>> commits;
    for (const auto& one : doors_) {
        auto commit = one.door->prepare_reload();
        if (!commit) return fail(at_registrar(commit.error(), one.name));
        commits.push_back(std::move(*commit));
    }
    return commits;
}

}  // namespace provost
