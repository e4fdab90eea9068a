#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view devices_block = R"(
type Device                             A phone, or a trunk to a PBX
    mac                 Mac
    tenant              Slug
    site                text            Empty: none
    vendor              text            Id of its vendor file
    model               text            Empty: not known yet
    firmware            text            As its last User-Agent said
    state               DeviceState
    secret_mode         SecretMode      What happens to its passwords after they were delivered
    version             int             Rises with every change by a person: the ETag
    last_source         text            Address of its last visit
    access              Access          How it has to prove itself
    rating              Stars           If it came now, as it is set to
    rating_reason       text
    token_until?        time            It has an address that is good for one delivery, until then
    token_spent?        time
    token_networks?     text
    armed_until?        time            It must come until then
    delivering_since?   time
    grace_until?        time
    last_seen?          time            Last visit that proved to be this device
    credentials_since?  time            It took those it has
    rotation_asked?     time            It is to change its credentials, and has not yet
    rotation_cause?     RotationCause
    rotation_at_once?   flag            The old ones are void already
    pinned_key?         Sha256          Of the certificate's key that it first came with
    held_key?           Sha256          Another key that asked for this MAC; waits for a person
    settings            Settings        Its own layer

type DeviceListed : Device
    rated?              Stars           As it came, or is expected to

type DevicePage
    total?              int             That the filter lets through; not with `mac` and `not_rotated`
    items               [DeviceListed]
    next?               Cursor          Of the page after; absent at the end

type DeviceAdded : Device
    warnings?           [text]          What whoever adds such a phone should know

type DeviceRating
    stars               Stars
    expected            flag            It never came: what is expected of it
    certain             flag
    reason              text
    raise               text            What would raise it; empty: nothing
    since?              time

type DeviceShown : Device
    rating              DeviceRating

type NewDevice
    mac?                AnyMac
    tenant?             Slug
    vendor?             text(0..32)     Told from the MAC's prefix where it is left out
    model?              text(0..64)
    site?               text(0..128)
    secret_mode?        text(0..16)     As SecretMode; empty: as the vendor's phones do best
    access?             text(0..16)     As Access
    settings?           {text(0..4096)} An empty value takes the setting away

type Arming
    forget_key?         flag            The phone was replaced: pin the key that comes next
    reason?             text(0..256)    Goes into the audit trail

type RotationDraft
    at_once?            flag            The old credentials are void now
    suspected?          flag            They may be known to others
    reason?             text(0..256)    Goes into the audit trail

type NewToken
    networks?           text            Where it may be used from, with commas between; empty: anywhere
    window?             Duration        1m to 30d

type Token                              Told this once
    address             text            The path
    url                 text            All of it, for the phone
    until               time
    networks?           text

type Preview
    content_type        text
    syntax              text
    text                text            The file with its secrets masked
    findings            [text]          What the hardening profile says against it

type LintedRule
    rule                text
    requirement         text
    severity            Severity
    says                text
    state               text            kept, broken, lifted, cannot, or `not here`
    detail              text

type ExplainedParameter                 One line of its file, and where its value comes from
    parameter           text
    value               text            Secrets are masked
    setting             text            Empty: fixed by the vendor file
    layer               text
    layer_name          text
    why                 text
    secret              flag
    rule                text            Of the hardening profile
    sources             text            Of the vendor file
    confidence          text
    otherwise           [LayerValue]    What other layers say

type LayerValue
    layer               text
    layer_name          text
    value               text

type UnsentSetting                      It is set, and the phone can't be told
    setting             text
    value               text
    layer               text
    layer_name          text
    why                 text

type OverruledSetting                   A rule of the hardening profile holds instead
    setting             text
    value               text
    layer               text
    layer_name          text
    rule                text

type Explanation
    device              Device
    known               flag
    kind                text            Of the verdict
    tenant              text
    customer            text            What to tell the customer; empty: nothing
    verdict             text            In plain words
    next_step           text
    rating              Stars
    rating_reason       text
    rating_raise        text
    overruled           [OverruledSetting]
    exceptions          [Exception]
    parameters          [ExplainedParameter]
    unsent              [UnsentSetting]
    contacts            [Event]         Its last visits, newest first
    diagnostics         DiagnosticWindow

type UnknownDevice
    mac                 Mac
    vendor              text

type UnknownExplanation                 Of a phone in no tenant
    device              UnknownDevice
    known               flag
    kind                text
    tenant              text
    customer            text
    verdict             text
    next_step           text
    rating              Stars
    rating_reason       text
    rating_raise        text
    overruled           [OverruledSetting]
    exceptions          [Exception]
    parameters          [ExplainedParameter]
    unsent              [UnsentSetting]
    contacts            [Event]

type DiffLine
    parameter           text
    before              text
    after               text
    setting             text
    layer               text
    layer_name          text

type DeviceDiff                         Against what the phone last fetched
    mac                 Mac
    state               DeviceState
    vendor              text
    fetched             flag
    since               time?
    had_secrets         flag
    before_vendor       text
    same                int             Lines that stay
    absent_means        =kept|reset|unknown   To a removed parameter
    last_seen?          time
    changed             [DiffLine]
    added               [DiffLine]
    removed             [DiffLine]
    secrets             [text]          Settings whose secrets the next file will carry

type VisitsSeen
    looked_at           int             Its last visits, 200 at most
    refused             int             Of those
    served              time?           The last time; null: not among those
    last_rule           text            Empty: no visit is on record
    tls                 text            Of the last one

type ComparedDevice
    device              Device
    kind                text            Of the verdict
    verdict             text
    rating              Stars
    rating_reason       text
    visits              VisitsSeen

type ComparedSide
    value               text            Secrets are masked
    layer               text            Empty: its file has none of this name
    layer_name          text

type ComparedValue                      A parameter that the two files do not have alike
    parameter           text
    setting             text            Empty: fixed by the vendor file
    own                 flag            Each phone has its own, set at the device
    one                 ComparedSide
    other               ComparedSide

type DeviceComparison
    one                 ComparedDevice
    other               ComparedDevice
    chosen              flag            Nobody named the other: it was served last of its model
    same                int             Parameters that are alike
    differences         [ComparedValue] Those that are each phone's own come last

type DeviceCare                         What people left with it beside its configuration
    version             int             Rises with every change: the ETag
    note                text            Empty: none
    note_by             text
    note_at             time?
    muted               flag            Its warnings are left out of the overview and of alerts
    mute_reason         text
    mute_by             text
    mute_at             time?
    mute_until          time?           Null: until its next change of state

type CareDraft
    note?               text(0..256)?   Null takes it away; everybody who sees the device reads it
    mute?               text(0..32)     `off`, `state` (until its next change of state), how long, or until when
    reason?             text(0..256)    Of the mute

type Delivery                           Of secrets; on disk before the first byte left
    id                  int
    at                  time
    device              Mac
    generation          int             Of the secrets
    rule                VisitRule
    proof               Access
    key                 Sha256          Of the certificate's key; else of user name or token
    source              text            Address
    transfer            =begun|complete|broken
    ended?              time

GET /v1/devices
    ?tenant             Slug            With all below it
    ?site               text(0..128)    Empty: those of none
    ?vendor             text(1..32)
    ?model              text(0..64)     Empty: not known yet
    ?firmware           text(0..256)    Empty: not known yet
    ?state              DeviceState
    ?rating             =1|2|3|4|5|none
    ?never_seen         flag
    ?held_key           flag            A key waits for a person
    ?muted              flag            Its warnings are muted
    ?q                  text(0..256)    As GET /v1/search has it
    ?sort               /^-?(mac|last_seen|tenant|site|vendor|model|firmware|state|rating)$/   With `-` downwards
    ?mac                text(1..32)     A part of the MAC address
    ?not_rotated        flag            That were asked to change their credentials and have not yet
    ?after              Cursor
    ?limit              int(1..1000)    Of the page; 100 without it
    200                 DevicePage
POST /v1/devices
    body                NewDevice
    201+etag            DeviceAdded
GET /v1/devices/{mac}
    200+etag            DeviceShown
PATCH /v1/devices/{mac}
    @If-Match           ETag            Change only what is still so
    body                NewDevice
    200+etag            Device
DELETE /v1/devices/{mac}
    200                 Removed
POST /v1/devices/{mac}/arm
    body                Arming
    200+etag            Device
POST /v1/devices/{mac}/rotate
    body                RotationDraft
    200+etag            Device
POST /v1/devices/{mac}/token
    body                NewToken
    201                 Token
DELETE /v1/devices/{mac}/token
    200+etag            Device
POST /v1/devices/{mac}/retire
    200+etag            Device
POST /v1/devices/{mac}/key/approve
    200+etag            Device
POST /v1/devices/{mac}/key/reject
    200+etag            Device
GET /v1/devices/{mac}/preview
    ?without_secrets    flag            As it is fetched after the secrets were delivered
    200                 Preview
GET /v1/devices/{mac}/lint
    200                 Page<LintedRule>
GET /v1/devices/{mac}/explain
    200                 Explanation
    200                 UnknownExplanation
GET /v1/devices/{mac}/diff
    200                 DeviceDiff
GET /v1/devices/{mac}/compare
    ?with               AnyMac          The other phone; without it one of its model that was served last
    200                 DeviceComparison
GET /v1/devices/{mac}/care
    200+etag            DeviceCare
PATCH /v1/devices/{mac}/care
    @If-Match           ETag            Change only what is still so
    body                CareDraft
    200+etag            DeviceCare
GET /v1/devices/{mac}/deliveries
    ?limit              int(1..1000)    The newest; 100 without it
    200                 Page<Delivery>
)";

const std::string_view diagnostics_block = R"(
type CallHome
    told                flag            By SIP NOTIFY: it comes now
    words               text
    expected            time?

type DiagnosticWindow                   A phone's web interface, open to one person for a while
    state               =none|waiting|open|closing
    words               text            Where it stands and what to do
    window?             int
    person?             text
    reason?             text
    opened?             time
    until?              time
    seconds_left?       int
    taken?              time?           The phone has it since
    ended?              time?
    call_home?          CallHome

type DiagnosticWindowOpened : DiagnosticWindow   Its password is told this once
    user                text?
    password            text
    url                 text?

type DiagnosticDraft
    reason?             text(0..256)
    minutes?            int(0..)        1 to 1440; 30 without it
    reboot?             flag

GET /v1/devices/{mac}/diagnostics
    200                 DiagnosticWindow
POST /v1/devices/{mac}/diagnostics
    body                DiagnosticDraft
    201                 DiagnosticWindowOpened
DELETE /v1/devices/{mac}/diagnostics
    ?reboot             flag
    200                 DiagnosticWindow
)";

const std::string_view trunks_block = R"(
type NewTrunk
    tenant?             Slug
    pbx?                text(0..32)     A vendor of the kind PBX
    model?              text(0..64)
    site?               text(0..128)
    user?               text(0..128)
    authentication?     text(0..32)     How the PBX proves itself: register
    settings?           {text(0..4096)}

GET /v1/trunks
    ?tenant             Slug            Of this tenant alone
    ?after              Cursor
    ?limit              int(1..1000)    Of the page; 100 without it
    200                 Page<Device>
POST /v1/trunks
    body                NewTrunk
    201                 Device
POST /v1/trunks/{mac}/file
    200                 */*             The PBX's own file, with its password
)";

}  // namespace provost::contract
