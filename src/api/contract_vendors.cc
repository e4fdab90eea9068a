// What is known of vendors, and whose word is trusted.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view vendors_block = R"(
type VendorAnswer = =yes|partly|no|unknown
type Known = =yes|no|unknown
type Confidence = =high|medium|low

type Provenance                         Where a fact comes from
    sources     [text]                  Keys of the card's `sources`
    confidence  Confidence
    note        text

type Vendor
    id          text
    name        text
    status      text
    models      int                     How many are known
    secret_mode SecretMode              That its phones can live with best
    grade       =meets|partly|unproven|fails   Against the seven requirements of the paper
    paper       text                    In words
    hardened    text                    Rules of the hardening profile enforced, of all: 30/36
    summary     text

type Requirement
    number      int(1..7)
    name        text
    requirement text
    answer      VendorAnswer
    sources?    [text]
    confidence? Confidence
    note?       text

type Scorecard
    grade           =meets|partly|unproven|fails
    summary         text
    requirements    [Requirement]
    warnings        [text]
    sources         int                 Documents named
    blocks          ConfidenceCounts

type ConfidenceCounts                   Facts by confidence
    high        int
    medium      int
    low         int

type VendorParameter : Provenance
    parameter   text
    models      text                    Empty: all

type HardeningCover
    rule        text
    requirement text
    says        text
    setting     text
    coverage    =enforced|partly|cannot|open
    why         text
    parameters  [VendorParameter]

type PasswordCover
    rule        text
    requirement text
    says        text
    parameters  [VendorParameter]

type VendorHardening
    rules       int
    enforced    int
    partly      int
    cannot      int
    open        int
    list        [HardeningCover]
    passwords   [PasswordCover]

type VendorSecrets : Provenance
    preferred   SecretMode
    reason      text
    possible    [SecretMode]

type VendorAccess : Provenance
    certificate     =all|some|none|unknown   Models that have one of their own
    basic           Known
    digest          Known
    url_credentials Known
    token_url       Known
    token_header    text

type VendorTls : Provenance
    minimum     text
    sni         text

type VendorSetup : Provenance
    url             text
    dhcp_options    [int]
    redirection     text
    manual          text
    factory_reset   text

type VendorAnchor : Provenance
    id              text
    subject         text
    profile         text
    sha256          text
    published_at    text

type VendorFile : Provenance
    id          text
    kind        =unknown|device|common|absent|upload
    path        text
    secrets     flag
    stage       text

type FixedParameter
    parameter   text
    value       text
    reason      text

type VendorModel
    id          text
    lines       int
    keys        int

type VendorPrefixes : Provenance
    any_mac_prefix  flag
    local_macs      flag
    list            [text]

type VendorResync : Provenance
    event           text
    reboot          text
    challenges      Known
    content_type    text
    body            text

type VendorCard : Vendor
    scorecard       Scorecard
    hardening       VendorHardening
    secrets         VendorSecrets
    access          VendorAccess
    tls             VendorTls
    setup           VendorSetup
    anchors         [VendorAnchor]
    files           [VendorFile]
    fixed           [FixedParameter]
    model_list      [VendorModel]
    model_table     Provenance
    mac_prefixes    VendorPrefixes
    unsupported     {text}              Settings and values, and why not
    quirks          [text]
    resync          VendorResync
    sources         {text}

GET /v1/vendors
    200             Page<Vendor>        All of them: this list has one page
GET /v1/vendors/{vendor}
    200             VendorCard
)";

const std::string_view trust_block = R"(
type TrustRow
    id          int
    kind        =anchor|crl|refuse-certificate|refuse-key
    vendor      text
    anchor      text
    profile     text
    fingerprint text
    reason      text
    at          time
    actor       text

type TrustDecision                      What became of one certificate of the file
    subject     text
    fingerprint Sha256
    vendor      text
    anchor      text
    outcome     text                    imported, `already there`, `not pinned`

type Refusal
    kind?           text(0..16)         certificate or key
    fingerprint?    text(0..128)        SHA-256
    reason?         text(0..256)

GET /v1/trust
    200         Page<TrustRow>
POST /v1/trust
    ?vendor     text(1..32)             Whose CA it is, where the vendor file pins none
    ?anchor     text(1..64)
    ?fingerprint text(64..128)          As read over another road
    ?reason     text(0..256)            For the second person, where one has to agree
    body        application/octet-stream   CA certificates, PEM or DER
    200         Page<TrustDecision>
POST /v1/trust/crl
    ?vendor     text(1..32)
    body        application/octet-stream   A revocation list, PEM
    200         Outcome
POST /v1/trust/refuse
    body        Refusal
    200         Outcome
DELETE /v1/trust/{id}
    ?reason     text(0..256)            As at POST
    200         RemovedNumber
)";

const std::string_view hardening_block = R"(
type HardeningRule
    rule        text
    requirement text
    severity    Severity
    says        text
    setting     text
    values      [text]                  One of them

type Exception                          A rule of the profile that does not hold somewhere
    id          int
    rule        text
    tenant      text
    site        text
    vendor      text
    model       text
    device      text                    MAC address, or empty
    owner       text                    Who answers for it
    reason      text
    made        time
    until       time?
    actor       text
    holds       flag                    Now

type NewException
    rule?       text(0..64)
    tenant?     text(0..32)
    site?       text(0..128)
    vendor?     text(0..32)
    model?      text(0..64)
    device?     text(0..32)
    owner?      text(0..256)
    reason?     text(0..256)
    until?      text(0..32)             A date, or a length of time

GET /v1/hardening
    200         Page<HardeningRule>
GET /v1/exceptions
    ?tenant     Slug                    Of this tenant alone
    200         Page<Exception>
POST /v1/exceptions
    body        NewException
    201         Exception
DELETE /v1/exceptions/{id}
    200         RemovedNumber
)";

}  // namespace provost::contract
