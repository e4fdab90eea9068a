// Compares a registrar with what it was told, page by page.
#pragma once

#include "service/house.h"
#include "service/registrar.h"

#include <string>
#include <vector>

namespace provost {

// missing: it has no such account, but was told one. different: it has another digest. not-gone: the account
// was withdrawn and is there. foreign: nobody told it of this account; it is another system's, and left
// alone.
enum class DriftKind : std::uint8_t { missing, different, not_gone, foreign };
std::string_view to_text(DriftKind kind);

struct Drift {
    DriftKind kind = DriftKind::missing;
    RegistrarAccount account;
    std::optional<MacAddress> device;
    bool repaired = false;  // it is told again
};

struct DriftReport {
    std::size_t accounts = 0;  // that the registrar has
    std::size_t alike = 0;
    std::size_t waiting = 0;    // not told yet, so not compared
    std::size_t found = 0;      // differences
    std::size_t repaired = 0;   // of them
    std::vector<Drift> drifts;  // the first `most_drifts`
    static constexpr std::size_t most_drifts = 1000;
};

// `repair` withdraws again what should be gone. What is missing or different can't be told again, as the
// digests are forgotten (docs/decisions/0014): its devices are to rotate. P-8102: this kind of registrar
// can't list its accounts; P-8103: it lists them out of order.
Result<DriftReport> check_registrar(House& house, const std::string& name, Registrar& registrar, bool repair);

}  // namespace provost
