#include "temporary_store.h"
#include "tests/contract/store_contract_registrars.h"

namespace provost::contract {
namespace {

std::unique_ptr<Store> empty_store() {
    static std::vector<std::unique_ptr<TemporaryFolder>> folders;  // removed when the program ends
    folders.push_back(std::make_unique<TemporaryFolder>());
    return open_sqlite_store(*folders.back() / "provost.db", contract::test_audit_keys()).value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, RegistrarContract, testing::Values(MakeStore(empty_store)),
                         [](const auto&) { return std::string("sqlite"); });

}  // namespace
}  // namespace provost::contract
