#include "service/device_diff.h"

#include "service/devices.h"
#include "service/diagnostics.h"
#include "service/fetched_picture.h"

#include <algorithm>
#include <map>

namespace provost {

namespace {

using Picture = std::map<std::string, std::string>;  // name, value

std::string_view word_of(AbsentMeans absent) {
    switch (absent) {
        case AbsentMeans::kept:
            return "kept";
        case AbsentMeans::reset:
            return "reset";
        case AbsentMeans::unknown:
            break;
    }
    return "unknown";
}

// Secrets are not compared: they go out when they are due, whatever was there.
void compare(const Configuration& made, const std::vector<PicturedParameter>& before, DeviceDiff& diff) {
    Picture gone;
    Numbered then, now;
    for (const auto& one : before)
        if (one.kind == Pictured::plain) gone.emplace(then(one.name), one.value);
    for (std::size_t place = 0; place < made.parameters.size(); ++place) {
        const auto& parameter = made.parameters[place];
        if (pictured_kind(parameter) != Pictured::plain) continue;
        auto line = origin_of(made, place);
        line.parameter = now(std::move(line.parameter));
        line.after = parameter.value;
        const auto found = gone.find(line.parameter);
        if (found == gone.end()) {
            diff.added.push_back(std::move(line));
            continue;
        }
        line.before = found->second;
        gone.erase(found);
        if (line.before == line.after)
            ++diff.same;
        else
            diff.changed.push_back(std::move(line));
    }
    for (const auto& [name, value] : gone) diff.removed.push_back({name, value, {}, {}, {}, {}});
}

void list_secrets(const Configuration& made, DeviceDiff& diff) {
    for (const auto& one : made.parameters) {
        if (!one.is_secret) continue;
        auto name = to_text(one.secret);
        if (std::ranges::find(diff.secrets, name) == diff.secrets.end())
            diff.secrets.push_back(std::move(name));
    }
}

}  // namespace

bool secrets_are_due(const Device& device) {
    switch (device.state) {
        case DeviceState::armed:
        case DeviceState::delivering:
        case DeviceState::grace:
            return true;
        case DeviceState::provisioned:
            return device.secret_mode != SecretMode::purge;
        default:
            return false;
    }
}

DiffLine origin_of(const Configuration& made, std::size_t place) {
    const auto& parameter = made.parameters[place];
    DiffLine line;
    line.parameter = pictured_name(parameter);
    for (const auto& one : made.overridden)
        if (one.place == place) line.setting = to_text(*one.override);
    if (line.setting.empty() && parameter.setting != SettingKey{}) line.setting = to_text(parameter.setting);
    line.layer = to_text(made.layers[parameter.layer].kind);
    line.layer_name = made.layers[parameter.layer].name;
    return line;
}

Result<DeviceDiff> diff_device(const House& house, MacAddress mac) {
    PROVOST_TRY(auto device, house.store.device(mac));
    if (!device) return fail(no_device(mac));
    DeviceDiff diff;
    diff.device = *device;
    PROVOST_TRY(const auto picture, house.store.fetched(mac));
    const auto* const vendor = house.vendors->find(device->vendor);
    if (vendor == nullptr)
        return fail({"P-2021", "there is no vendor '" + device->vendor + "' any more", "vendor"});
    // What the phone said of itself then is the best there is on what it will say.
    PhoneFacts facts{device->model, device->firmware};
    if (picture && facts.model.empty() && picture->vendor == device->vendor) facts.model = picture->model;
    if (picture && facts.firmware.empty()) facts.firmware = picture->firmware;
    PROVOST_TRY(const auto share, window_share(house, mac));
    PROVOST_TRY(const auto made, make_configuration(*device, *vendor, house.policies.current(), facts,
                                                    secrets_are_due(*device), house.clock.now(), share));
    list_secrets(made, diff);
    diff.absent_means = word_of(vendor->output.absent);
    if (!picture) return diff;
    diff.since = picture->at;
    diff.had_secrets = picture->with_secrets;
    diff.before_vendor = picture->vendor;
    PROVOST_TRY(const auto before, read_picture(picture->parameters));
    compare(made, before, diff);
    return diff;
}

}  // namespace provost
