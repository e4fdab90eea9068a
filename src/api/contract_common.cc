// What every resource shares.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view common_block = R"(
type Slug = text(1..32)                 A tenant's short name: a-z, 0-9 and -
type Mac = hex(12)                      A MAC address, in lower case and without marks
type AnyMac = text(12..32)              A MAC address in any spelling
type Sha256 = hex(64)
type Cursor = text(1..512)              Where the next page goes on; opaque
type ETag = text(1..64)                 The version of a resource in quotes, as the answer's header ETag told it
type Duration = text(2..16)             A whole number and s, m, h or d: 90s, 15m, 14d
type Settings = {text(0..4096)}         Value by name: line.1.user, time.zone, raw.VENDOR.PARAMETER
type Stars = int(0..5)                  0: it can't be rated

# What went wrong, where, why and how to mend it; also the members of a problem (RFC 9457).
type Error
    code        /^P-[0-9]{4}$/          Stable; docs/reference/error-codes.md
    what        text
    where       text
    why         text
    fix         text

type Problem : Error                    RFC 9457
    type        text                    The code as an address, which leads nowhere
    title       text                    `what`
    status      int(400..599)           The answer's
    detail      text                    All of it on one line

type Outcome                            It is done
    outcome     text

type Removed                            It is gone
    removed     text

type RemovedNumber                      It is gone
    removed     int

path tenant     Slug                    A tenant's short name
path site       text(1..128)            A site's name
path vendor     text(1..32)             A vendor's id, as GET /v1/vendors lists them
path model      text(1..64)             A model's id
path mac        AnyMac                  A device's MAC address
path id         int                     As the list tells it
path import     text(1..32)             As POST /v1/imports told it
path job        text(1..32)             As GET /v1/jobs lists it
path registrar  text(1..64)             A registrar's name in the configuration
path webhook    text(1..64)             A webhook's name in the configuration
path session    int                     As GET /v1/people/{id}/sessions lists it
)";

}  // namespace provost::contract
