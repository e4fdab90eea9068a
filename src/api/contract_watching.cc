// What happened, what is suspicious, and what keeps strangers out.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view guard_block = R"(
type Ban
    id          int
    network     text
    rule        text
    evidence    text
    level       int(1..)                How often it was banned lately; each time is longer
    made        time
    until?      time                    Absent: until somebody lifts it
    holds       flag                    Now
    actor       text

type NewBan
    network?    text(0..64)             192.0.2.0/24; IPv4 /8 or IPv6 /16 at most
    for?        text(0..16)             How long; empty: until somebody lifts it
    reason?     text(0..256)

type CountOf
    name        text
    count       int
    last        time

type CountWithTopics : CountOf
    topics      [ReviewTopic]

type ReviewExample
    event       int
    at          time
    text        text

type ReviewFinding
    topic           ReviewTopic
    weight          ReviewWeight
    says            text
    next_step       text
    count           int
    first           time
    last            time
    networks        int
    sources         [CountOf]
    more_sources    flag
    devices         [CountOf]
    more_devices    flag
    tenants         [CountOf]
    vendors         [CountOf]
    reasons         [CountOf]
    evidence        [text]
    examples        [ReviewExample]

type ReviewMark
    up_to       int                     Id of an event
    at          time
    by          text

type Review                             What was suspicious since the last one
    from                time
    to                  time
    after               int
    up_to               int             Mark it as reviewed up to here
    due                 flag
    events              int
    answered            int
    refused             int
    missed              int
    deliveries          int
    deliveries_broken   int
    last?               ReviewMark
    findings            [ReviewFinding]
    by_network          [CountWithTopics]
    by_vendor           [CountWithTopics]
    by_tenant           [CountWithTopics]
    bans_in_force       int
    bans                [Ban]

type NewReviewMark
    up_to?      int
    note?       text(0..256)

type AlertTarget
    target      text
    sent        int
    failed      int
    dropped     int
    waiting     int
    trouble     text                    Empty: none

type AlertTest
    targets     int                     That were told

type Webhook                            A program outside that is told of events
    name            text
    target          text                Without its path, which may be a secret
    tenant?         text                Its events and those of all below it; absent: everybody's
    events          [text]              Names, or how they begin and a *
    position        int                 Of the event that it had last, or that was not for it
    behind          int                 How many follow that, for it or not
    sent            int                 Events, since the start
    failed          int                 Tries, since the start
    missed          int                 Events pruned before it came to them, since the start
    trouble         text                Of the last try; empty: none
    answered?       time                When it took some last
    waiting_since?  time                When the oldest happened that waits for it

type WebhookTest
    event           int                 Its number; told when `position` has come so far

GET /v1/bans
    ?all        flag                    Also those that have ended
    ?format     =json|nft
    200         Page<Ban>
    200         text/plain              With format=nft: a script for nftables
POST /v1/bans
    body        NewBan
    201         Ban
DELETE /v1/bans/{id}
    200         RemovedNumber
GET /v1/review
    ?after      int                     Begin behind this event
    ?format     =json|text|html
    200         Review
    200         text/plain              With format=text
    200         text/html               With format=html
POST /v1/review
    body        NewReviewMark
    200         ReviewMark
GET /v1/alerts
    200         Page<AlertTarget>
POST /v1/alerts/test
    202         AlertTest
GET /v1/webhooks
    200         Page<Webhook>
POST /v1/webhooks/{webhook}/test
    202         WebhookTest
)";

const std::string_view events_block = R"(
type Event                              A visit, a change, or what the server noticed
    id          int
    at          time
    kind        EventKind
    device?     Mac                     Proved, or claimed: see `proved`
    proved?     flag
    tenant?     Slug
    vendor?     text
    source?     text                    Address
    rule?       text                    Of a visit VisitRule; else what was found
    verdict?    text                    In plain words
    next_step?  text
    refused?    flag
    detail?     text
    method?     text
    path?       text                    As sent, escaped, at most 512
    user_agent? text
    tls?        text
    proof?      text
    status?     int
    bytes?      int
    micros?     int
    actor?      text

type AuditEntry
    seq         int(1..)
    at          time
    kind        text
    device?     Mac
    tenant?     Slug
    generation? int
    proof?      text
    fingerprint? Sha256
    source?     text
    outcome     text
    actor       text
    detail      text
    step        int                     Of the ratchet that its key comes from
    uptime      int                     Milliseconds
    link        Sha256                  To the entry before

type AuditHead                          The newest entry, signed
    seq         int
    at          time
    key         text
    link        Sha256
    signature   text
    line        text                    All of it, as the head file has it

type OutboxEntry                        What a registrar is to be told, or was
    id          int
    at          time
    device      Mac
    generation  int
    line        text
    user        text
    realm       text
    withdraw    flag
    ha1_md5     text                    Empty once it was told
    ha1_sha256  text
    state       =held|waiting|sent|void
    fingerprint? Sha256                 Of ha1_md5, once that is forgotten
    sent?       time

GET /v1/events
    ?kind       text(1..64)             EventKind, or its part before the dot
    ?rule       text(1..64)
    ?device     AnyMac
    ?refused    flag                    Refused visits alone
    ?last       flag                    The newest, in the order in which they came
    ?after      int                     Those behind this event
    ?wait       int(0..30)              Seconds for the first of them to come
    ?limit      int(1..1000)            Of the page; 100 without it
    200         Page<Event>
GET /v1/events/stream
    ?kind       text(1..64)
    ?device     AnyMac
    ?refused    flag                    Refused visits alone
    ?after      int                     Begin behind this event; else with what comes next
    @Last-Event-ID text(1..20)          The same, as browsers say it
    200         text/event-stream       Each with its number as id and an Event as data
GET /v1/audit
    ?kind       text(1..64)
    ?device     AnyMac
    ?tenant     Slug
    ?since      time
    ?until      time
    ?before     int(1..)                Goes on from `next`
    ?limit      int(1..1000)            Of the page; 100 without it
    200         Page<AuditEntry>        Newest first; a page may be empty and yet have a next
GET /v1/audit/head
    200         AuditHead
GET /v1/outbox
    ?all        flag                    Also what was told
    ?after      Cursor
    ?limit      int(1..1000)            Of the page; 100 without it
    200         Page<OutboxEntry>
)";

}  // namespace provost::contract
