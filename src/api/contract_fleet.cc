// What is done with many devices at once.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view resyncs_block = R"(
type ResyncDraft
    reboot?     flag                    With a restart
    wait?       flag                    The phone's own answer is the answer

type TenantResyncDraft
    site?       text(0..128)            Of this site alone
    vendor?     text(0..32)
    model?      text(0..64)
    rate?       text(0..16)             10/s; as configured where it is left out
    jitter?     text(0..16)
    window?     text(0..16)             01:00-05:00, in the site's time
    reboot?     flag

type Resync                             A staged one, of one phone or many
    id          int
    state       ResyncState
    tenant      text
    scope       text                    In words
    phones      int
    told        int
    took_it     int                     Of those told
    did_not     int
    reboot      flag
    spacing_ms  int
    jitter_ms   int
    window      text                    Empty: any time
    made        time
    ended?      time
    actor       text

type ResyncReport                       What one phone said
    mac         Mac
    outcome     ResyncOutcome
    status      int(0..699)             Of SIP; 0: no answer
    event       text
    target      text
    words       text                    What happened, and what to do

type ManyToArm                          Those named, or with `all` those that the query takes
    devices?    [AnyMac]                20,000 at most
    all?        flag                    Also where the query is empty
    forget_key? flag                    The phones were replaced: pin the keys that come next
    reason?     text(0..256)            For the second person, where one has to agree

type ArmFailure
    mac         Mac
    code        text
    what        text
    fix         text

type ArmJob                             Its progress and cancel are those of the job of that number
    id          text
    state       =running|done|cancelled
    actor       text
    made        time
    ended?      time
    total       int
    done        int
    failed      int
    failures    [ArmFailure]            The first thousand

POST /v1/arms
    ?tenant     Slug                    As GET /v1/devices has it, and so on
    ?site       text(0..128)
    ?vendor     text(1..32)
    ?model      text(0..64)
    ?firmware   text(0..256)
    ?state      DeviceState
    ?rating     =1|2|3|4|5|none
    ?never_seen flag
    ?held_key   flag
    ?muted      flag
    ?q          text(0..256)
    body        ManyToArm
    202         ArmJob
GET /v1/arms/{job}
    200         ArmJob
POST /v1/devices/{mac}/resync
    body        ResyncDraft
    200         ResyncReport            With `wait`
    202         Resync
POST /v1/tenants/{tenant}/resync
    ?reason     text(0..256)            For the second person, where one has to agree
    body        TenantResyncDraft
    202         Resync
GET /v1/resyncs
    200         Page<Resync>
GET /v1/resyncs/{id}
    200         Resync
DELETE /v1/resyncs/{id}
    200         Resync
)";

const std::string_view profile_block = R"(
type ProposedChange
    tenant?     text(0..32)             For whom the settings would be; empty: see hardening and vendors
    site?       text(0..128)
    vendor?     text(0..32)
    model?      text(0..64)
    settings?   {text(0..4096)}
    hardening?  text                    Another hardening profile, as YAML
    vendors?    {text}                  Other vendor files, as YAML, by id

type FleetChange
    devices     int
    vendor      text
    model       text
    parameter   text
    kind        =changed|added|removed
    before      text
    after       text
    examples    [Mac]

type FleetRefusal                       Phones that would get no file
    devices     int
    vendor      text
    model       text
    code        text
    why         text
    already     flag                    Refused without the change too
    examples    [Mac]

type ProfileDiff
    looked_at   int
    changed     int
    released    int                     Refused as things stand, and no more then
    changes     [FleetChange]
    refusals    [FleetRefusal]
    next?       Cursor                  Of the devices that are left

POST /v1/profile/diff
    ?after      Cursor
    ?limit      int(1..100000)          Devices to look at; 100 without it
    body        ProposedChange
    200         ProfileDiff
)";

const std::string_view imports_block = R"(
type ImportProblem : Error
    row         int                     1: the header
    column      text
    value       text                    What stands there
    suggestions [text]                  What may have been meant

type ImportColumn
    header      text
    meaning     text                    Empty: it is not read
    origin      =name|header|choice|open  Its own name, another portal's, as somebody said; open: nobody knows
    required    flag
    limits      text                    In words
    fallback    text                    What an empty cell comes to; empty: nothing
    example     text                    The first cell that says something; never of a column of passwords
    error?      Error                   What is wrong with an open one

type ImportedField
    name        text
    before      text
    after       text

type ImportChange                       What a row would do to a device that is there
    row         int
    mac         Mac
    fields      [ImportedField]

type ImportSample                       The file that the phone of a row would get, secrets masked
    row         int
    mac         Mac
    model       text
    syntax      text
    text        text

type RowWarning
    row         int
    column      text
    text        text

type ImportWarning
    vendor      text
    devices     int
    text        text

type ImportReport
    facts           text                In words
    encoding        text
    separator       text
    bytes           int
    rows            int
    empty_rows      int
    not_in_file     int                 Devices of the file's tenants that it does not name: they stay
    columns         [ImportColumn]
    open            [Error]             What is to be said of columns; nothing is written before
    changes         [ImportChange]      The first ones
    samples         [ImportSample]      The first ones
    row_warnings    [RowWarning]        The first 1000
    warned          int                 Rows with a warning, of those that are taken
    to_add          int
    to_change       int
    unchanged       int
    refused         int
    applied         int
    warnings        [ImportWarning]
    notes           [text]
    problems        [ImportProblem]     The first 1000
    problems_total  int

type ImportUndo
    state       UndoState
    until       time?                   Until when it can be asked for
    seconds_left int?
    added       int                     Devices that the import added
    changed     int
    removed     int                     By the undo, so far
    restored    int
    to_arm      int                     Of those restored: their secrets did not come back
    left        int
    actor       text                    Empty: nobody asked for it
    reason      text
    began       time?
    ended       time?
    trouble     text                    Why it failed

type UndoneRow                          One that is left, or to be armed
    row         int
    mac         Mac
    outcome     =removed|restored|left
    reason      UndoReason
    text        text

type UndoReport : ImportUndo            Where it can be asked for: what it would do
    rows        [UndoneRow]             The first 1000

type UndoDraft
    reason?     text(0..256)            For the audit trail; needed

type ImportRow
    row         int
    fate        =new|change|unchanged
    mac         Mac
    tenant      text
    vendor      text
    model       text
    site        text
    user        text                    SIP user of line 1
    column      text                    That the warning is about
    warning     text                    Empty: there is none

type ImportRows
    items       [ImportRow]
    next        int?                    As `after` of the next part; null: there is none

type ImportArrivals
    total        int                    Phones that the import wrote and that are there still
    came         int                    Of those, as far as they were looked at
    silent_sites [SilentSite]           Of the others; the first 200

type ImportOptions
    tenant      text                    Of rows that name none
    arm         flag                    New devices are armed at once
    columns     {text}                  As they were said to be

type ImportOrder
    reason?     text(0..256)            For the audit trail

type Import
    id          text
    state       ImportState
    rows_done   int
    rows_total  int
    reason      text                    Why it was written; empty: nobody said
    options?    ImportOptions           What it was checked with, until the server ends
    report?     ImportReport            Once it is checked, until the server ends
    error?      Error                   Where it failed
    undo?       ImportUndo              Once it was written, for a day

POST /v1/imports
    ?tenant     Slug                    For rows that name none
    ?arm        flag                    Arm the new devices; asks for what device.arm asks for
    ?columns    text(0..6000)           What columns are read as, by header, as a JSON object; empty: left out
    body        text/csv                The device list; UTF-8 or UTF-16, separated by commas, semicolons or tabs
    202         Import
GET /v1/imports/{import}
    200         Import
POST /v1/imports/{import}/apply
    body        ImportOrder
    202         Import
GET /v1/imports/{import}/rows
    ?state      =ready|warning          Without a warning, or with one; ready where it is not said
    ?after      int                     A row's line
    ?limit      int(1..500)
    200         ImportRows
GET /v1/imports/{import}/arrivals
    200         ImportArrivals
GET /v1/imports/{import}/rejects
    200         text/csv                Refused rows as they came, and why
GET /v1/imports/{import}/undo
    200         UndoReport
POST /v1/imports/{import}/undo
    body        UndoDraft
    202         ImportUndo
GET /v1/imports/{import}/undo/rows
    200         text/csv                row, mac, outcome, reason, text
)";

const std::string_view ratings_block = R"(
type RatingLine
    stars       Stars
    expected    flag
    certain     flag
    devices     int
    vendor      text
    reason      text
    raise       text

type Ratings : RatingSummary
    tenant      text
    site        text
    lines       [RatingLine]            The first 200
    lines_total int

GET /v1/ratings
    ?tenant     Slug                    With all below it
    ?site       text(1..128)            Of that tenant
    200         Ratings
)";

}  // namespace provost::contract
