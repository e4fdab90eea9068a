// The people's part of the contract; apart, so that none takes long to compile.
#include "temporary_store.h"
#include "tests/contract/store_contract_people.h"

namespace provost::contract {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, PeopleContract, testing::Values(MakeStore(empty_store)),
                         [](const auto&) { return std::string("sqlite"); });

}  // namespace
}  // namespace provost::contract
