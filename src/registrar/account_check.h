// Which accounts a registrar can have at all.
#pragma once

#include "service/registrar.h"

namespace provost::registrar {

// P-8206: names that no registrar takes, or that could not be told apart there; digests of another form.
Status check_entry(const OutboxEntry& entry, std::size_t longest_name);

}  // namespace provost::registrar
