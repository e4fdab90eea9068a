// The fleet as a whole, search, and long work.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view overview_block = R"(
type CountedName
    name        text
    count       int

type Attention                          Something that needs a person now
    kind        text
    urgency     =act|look
    title       text
    next_step   text
    count       int
    link        text                    A page of the web interface

type SilentSite
    tenant      text
    site        text
    overdue     int
    waiting     int
    seen        int
    guess       text

type StarCountsOrNone : StarCounts
    none        int                     That can't be rated

type EndingCertificate
    name        text
    until       time

type BanInForce
    network     text
    rule        text
    until       text

type Fleet
    at                  time
    scope               text
    devices             int
    retired             int
    never_seen          int
    models              int
    firmwares           int
    silent_sites_total  int
    by_state            {int}
    by_vendor           [CountedName]   The first 100
    by_model            [CountedName]
    by_firmware         [CountedName]
    by_rating           StarCountsOrNone
    silent_sites        [SilentSite]    The first 200
    attention           [Attention]
    certificates?       [EndingCertificate]   Of the server, for who sees all
    bans?               [BanInForce]
    review?             text

type FleetSeries
    visits              [int]
    delivered           [int]
    refusals_by_rule    {[int]}
    states              {[int?]}        null: not known

type FleetHistory
    step        =hour|day
    times       [time]
    series      FleetSeries             As long as `times` each

type FoundDevice
    mac         Mac
    tenant      text
    site        text
    vendor      text
    model       text
    state       DeviceState
    label       text
    found       text                    Where it fits

type FoundTenant
    slug        Slug
    name        text

type Search
    items       [FoundDevice]           The first 20
    tenants     [FoundTenant]
    more        flag

type Job
    id              text
    kind            =import|undo|resync|arm
    state           text
    title           text
    done            int
    total           int
    rate            number              A second
    actor           text
    made            time
    link            text
    message         text
    left_seconds    int?
    ended           time?
    can_cancel      flag

GET /v1/search
    ?q          text(0..256)            Part of a MAC in any spelling, a number, a name, an address
    ?tenant     Slug
    200         Search
GET /v1/fleet
    ?tenant     Slug                    With all below it
    200         Fleet
GET /v1/fleet/history
    ?tenant     Slug
    ?from       time
    ?to         time
    ?step       =hour|day
    200         FleetHistory
GET /v1/fleet/report
    ?tenant     Slug
    ?format     =json|csv|html
    200         Fleet
    200         text/csv                With format=csv
    200         text/html               With format=html
GET /v1/jobs
    200         Page<Job>
GET /v1/jobs/{job}
    200         Job
DELETE /v1/jobs/{job}
    202         Job
)";

}  // namespace provost::contract
