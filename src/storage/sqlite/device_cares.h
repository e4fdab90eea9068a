// What people leave with devices (service/device_cares.h), in its table.
#pragma once

#include "service/device_cares.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

Result<std::optional<DeviceCare>> find_care(Database& database, MacAddress device);
Result<std::vector<DeviceCare>> list_with_mute(Database& database, Timestamp now, MacAddress after,
                                               std::size_t limit);

class CareChanges final : public DeviceCareChanges {
 public:
    explicit CareChanges(Database& database) : database_(database) {}

    Result<std::optional<DeviceCare>> of(MacAddress device) override;
    Status put(const DeviceCare& care) override;

 private:
    Database& database_;
};

}  // namespace provost::sqlite
