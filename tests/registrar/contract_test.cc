#include "tests/contract/registrar_contract.h"
#include "tests/registrar/labs.h"

namespace provost::contract {

namespace {

using registrar::Dialect;

std::string name_of(const testing::TestParamInfo<LabMaker>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Registrars, RegistrarContract,
    testing::Values(LabMaker{"kamailio_postgresql", [] { return kamailio_lab(Dialect::postgresql, false); }},
                    LabMaker{"kamailio_mariadb", [] { return kamailio_lab(Dialect::mysql, false); }},
                    LabMaker{"kamailio_sqlite", [] { return kamailio_lab(Dialect::sqlite, false); }},
                    LabMaker{"kamailio_sha256_postgresql",
                             [] { return kamailio_lab(Dialect::postgresql, true); }},
                    LabMaker{"opensips_postgresql", [] { return opensips_lab(Dialect::postgresql); }},
                    LabMaker{"opensips_mariadb", [] { return opensips_lab(Dialect::mysql); }},
                    LabMaker{"asterisk_postgresql", [] { return asterisk_lab(Dialect::postgresql, true); }},
                    LabMaker{"asterisk_md5_mariadb", [] { return asterisk_lab(Dialect::mysql, false); }}),
    name_of);

}  // namespace

}  // namespace provost::contract
