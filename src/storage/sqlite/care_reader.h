// What people leave with devices, each question on a reader of its own.
#pragma once

#include "storage/sqlite/device_cares.h"
#include "storage/sqlite/reader_pool.h"

namespace provost::sqlite {

class CareReader final : public DeviceCares {
 public:
    explicit CareReader(ReaderPool& readers) : readers_(readers) {}

    Result<std::optional<DeviceCare>> of(MacAddress device) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return find_care(*reader, device);
    }
    Result<std::vector<DeviceCare>> with_mute(Timestamp now, MacAddress after, std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return list_with_mute(*reader, now, after, limit);
    }

 private:
    ReaderPool& readers_;
};

}  // namespace provost::sqlite
