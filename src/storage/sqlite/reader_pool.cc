#include "storage/sqlite/reader_pool.h"

namespace provost::sqlite {

Result<ReaderPool::Lease> ReaderPool::borrow() {
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !idle_.empty() || made_ < most_; });
        if (!idle_.empty()) {
            auto database = std::move(idle_.back());
            idle_.pop_back();
            return Lease(*this, std::move(database));
        }
        ++made_;
    }
    auto opened = Database::open(file_, Database::Use::read);
    if (opened) return Lease(*this, std::make_unique<Database>(std::move(*opened)));
    {
        const std::lock_guard lock(mutex_);
        --made_;
    }
    returned_.notify_one();
    return fail(std::move(opened).error());
}

void ReaderPool::give_back(std::unique_ptr<Database> database) {
    {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(database));
    }
    returned_.notify_one();
}

}  // namespace provost::sqlite
