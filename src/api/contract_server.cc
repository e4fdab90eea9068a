// The server itself, and the registrars that it tells of credentials.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view registrars_block = R"(
type Registrar
    name                text
    kind                text
    state               text            well, away, or `not asked yet`
    waiting             int             Entries of the outbox
    refused             int
    told                int
    failures            int
    confirmed           int
    trouble             text            Empty: none
    away_since?         time
    answered?           time
    oldest?             time            Of what waits
    lists_accounts      flag
    tells_registrations flag

type RefusedAccount
    id                  int
    device              Mac
    user                text
    realm               text
    tries               int
    next                time
    trouble             text

type RegistrarShown : Registrar
    refused_accounts    [RefusedAccount]   The first 100

type ReplayDraft
    account?            text(0..256)    Of this one alone: user@realm

type Replay
    entries             int             That are told now

type CheckDraft
    repair?             flag            Withdraw again what should be gone

type Drift
    what                DriftKind
    user                text
    realm               text
    device              text            MAC address, or empty
    repaired            flag
    next_step           text

type DriftReport
    accounts            int             That the registrar has
    alike               int
    waiting             int             Not told yet, so not compared
    found               int             Differences
    repaired            int
    drifts              [Drift]         The first 1000

type SeenRegistration
    user?               text(0..256)
    realm?              text(0..256)

type NotedRegistration
    grace_ended         flag

GET /v1/registrars
    200                 Page<Registrar>
GET /v1/registrars/{registrar}
    200                 RegistrarShown
POST /v1/registrars/{registrar}/replay
    body                ReplayDraft
    202                 Replay
POST /v1/registrars/{registrar}/check
    body                CheckDraft
    200                 DriftReport
POST /v1/registrations
    body                SeenRegistration
    200                 NotedRegistration
)";

const std::string_view server_block = R"(
type Door                               A listener for phones
    name                text
    address             text
    port                int(0..65535)
    tls                 =modern|old
    vendors             [text]          Empty: all
    access              [text]
    counters            {int}

type AdminListener
    address             text
    port                int(0..65535)
    url                 text
    names               [text]
    web_files           int             Of the web interface; 0: it is not there
    counters            {int}

type Server
    version             text
    started             time
    address             text            Of the main door
    port                int(0..65535)
    tenants             int
    devices             int
    secrets             int
    outbox_waiting      int
    events              int
    key_holder          text
    sandbox             text
    epoch               int             Of the keys
    epoch_started       time
    expiry_braked       flag            Too many devices would expire at once: somebody must look
    review_due          flag
    reviewed?           time
    reviewed_by?        text
    reviewed_up_to?     int
    devices_by_state    {int}
    counters            {int}
    doors               [Door]          The main one first
    admin?              AdminListener

type EpochClosed
    outcome             text
    epoch               int

type BackupDraft
    path?               text(0..4096)   Absolute, on the server, where nothing is yet

type Backup
    path                text
    bytes               int

GET /v1/server
    200                 Server
POST /v1/server/reload
    200                 Outcome
POST /v1/server/epoch
    200                 EpochClosed
POST /v1/server/brake/release
    200                 Outcome
POST /v1/backups
    body                BackupDraft
    201                 Backup
GET /v1/openapi.json
    200                 any             This document
)";

}  // namespace provost::contract
