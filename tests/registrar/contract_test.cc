#include "tests/contract/account_contract.h"
#include "tests/contract/registrar_contract.h"
#include "tests/registrar/labs.h"

namespace provost::contract {

namespace {

using registrar::Dialect;

const std::vector<LabMaker> databases{
    {"kamailio_postgresql", [] { return kamailio_lab(Dialect::postgresql, false); }},
    {"kamailio_mariadb", [] { return kamailio_lab(Dialect::mysql, false); }},
    {"kamailio_sqlite", [] { return kamailio_lab(Dialect::sqlite, false); }},
    {"kamailio_sha256_postgresql", [] { return kamailio_lab(Dialect::postgresql, true); }},
    {"opensips_postgresql", [] { return opensips_lab(Dialect::postgresql); }},
    {"opensips_mariadb", [] { return opensips_lab(Dialect::mysql); }},
    {"asterisk_postgresql", [] { return asterisk_lab(Dialect::postgresql, true); }},
    {"asterisk_md5_mariadb", [] { return asterisk_lab(Dialect::mysql, false); }}};

std::vector<AccountLabMaker> all_kinds() {
    std::vector<AccountLabMaker> all{{"freeswitch", freeswitch_lab}, {"webhook", webhook_lab}};
    for (const auto& one : databases) all.push_back({one.name, one.make});
    return all;
}

template <class Maker>
std::string name_of(const testing::TestParamInfo<Maker>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, AccountContract, testing::ValuesIn(all_kinds()), name_of<AccountLabMaker>);
INSTANTIATE_TEST_SUITE_P(Registrars, RegistrarContract, testing::ValuesIn(databases), name_of<LabMaker>);

}  // namespace

}  // namespace provost::contract
