// The rest of the contract that sqlite_contract_test.cc instantiates; apart, so that neither takes long to
// compile.
#include "tests/contract/store_contract_records.h"
#include "tests/contract/store_contract_visits.h"
