// Where each parameter of a phone comes from, and why what is missing is missing (R-G3).
#pragma once

#include "service/configuration.h"
#include "service/operations.h"

namespace provost {

// Fills `parameters` and `unsent`.
Status explain_parameters(const Device& device, const VendorSpec& vendor, const Configuration& made,
                          Devices::Explanation& explanation);

}  // namespace provost
