#include "temporary_store.h"
#include "tests/contract/store_contract_cares.h"

namespace provost::contract {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, CareContract, testing::Values(MakeStore(empty_store)),
                         [](const auto&) { return std::string("sqlite"); });

}  // namespace
}  // namespace provost::contract
