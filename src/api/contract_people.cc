// People, their tokens, and what the gate answers: sessions and one's own account.
#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view people_block = R"(
type Factors                            How somebody can prove who they are
    password        flag
    totp            flag
    passkeys        int
    recovery_left   int

type PersonCore
    id              int
    login           text
    name            text
    role            Role
    tenant          Slug?               null: of no tenant, sees all
    state           PersonState
    created         time
    version         int                 Rises with every change: the ETag

type PersonSession
    id                  int
    created             time
    used                time
    expires             time
    how                 text
    source              text
    agent               text
    whole               flag

type Person : PersonCore
    factors         Factors

type PersonAdded : Person               The login is told this once
    login_url_path  text
    until           time

type NewPerson
    login?          text(0..64)
    name?           text(0..128)
    role?           text(0..32)         As Role
    tenant?         Slug?               null: of no tenant
    state?          text(0..32)         As PersonState

type LoginLink                          Good once
    login           text
    login_url_path  text
    until           time

type AdminLoginDraft
    login?          text(0..64)

type ApiToken                           Of a program
    id              int
    handle          text
    name            text
    role            Role
    tenant          Slug?
    write           flag
    sensitive       flag
    creator         text
    created         time
    until           time
    used            time?
    ended           flag

type ApiTokenAdded : ApiToken
    token           text                Told this once

type NewApiToken
    name?           text(0..128)
    role?           text(0..32)         As Role
    tenant?         Slug?               null: of no tenant
    lasts?          text(0..16)         90d
    write?          flag
    sensitive?      flag

type PendingCertificate                 That would be trusted, or no longer
    subject         text
    issuer          text
    fingerprint     Sha256
    from            time
    until           time
    vendor          text
    anchor          text
    outcome         text                imported, removed, `already there`, `not pinned`

type PendingCall                        It waits for a second person
    id              int
    asked           time
    by              text
    action          text
    says            text                What it does, in words
    reason          text                Of whoever asked; empty: none was given
    method          text
    path            text
    query           {text}
    tenant          text                Empty: it is about the whole server
    devices         int                 How many it reaches
    body            text                Its begin; the whole of it where one is shown
    body_bytes      int
    body_sha256     text                Empty: there is no body
    certificates    [PendingCertificate]
    row?            TrustRow            That would be taken away

type Held                               Nothing is done yet: a second person has to agree
    approval        PendingCall

GET /v1/approvals
    200             Page<PendingCall>
GET /v1/approvals/{id}
    200             PendingCall
POST /v1/approvals/{id}/approve
    200             any                 Whatever the call answers that was held
    201             any
    202             any
DELETE /v1/approvals/{id}
    200             RemovedNumber
GET /v1/people
    200             Page<Person>
POST /v1/people
    body            NewPerson
    201             PersonAdded
GET /v1/people/{id}
    200+etag        Person
PATCH /v1/people/{id}
    @If-Match       ETag                Change only what is still so
    body            NewPerson
    200+etag        Person
DELETE /v1/people/{id}
    200             RemovedNumber
POST /v1/people/{id}/reset
    200             LoginLink
GET /v1/people/{id}/sessions
    200             Page<PersonSession>
DELETE /v1/people/{id}/sessions/{session}
    200             RemovedNumber
DELETE /v1/people/{id}/sessions
    200             RemovedNumber
POST /v1/admin-login
    body            AdminLoginDraft
    200             LoginLink
GET /v1/tokens
    200             Page<ApiToken>
POST /v1/tokens
    body            NewApiToken
    201             ApiTokenAdded
DELETE /v1/tokens/{id}
    200             RemovedNumber
)";

const std::string_view session_block = R"(
type Session
    csrf                text            To be sent as X-Provost-CSRF with every change
    stepped_up_until    time?
    must_enrol          flag            It has to set up factors first
    expires             time
    expires_in          int             Seconds until it ends where nobody does anything more
    longest_in          int             Seconds until it ends whatever is done
    person              PersonCore
    factors             Factors

type SignedIn                           Members of Session are there once the second factor is proved
    next                =totp|enrol|done
    csrf?               text
    stepped_up_until?   time?
    must_enrol?         flag
    expires?            time
    expires_in?         int
    longest_in?         int
    person?             PersonCore
    factors?            Factors

type SignedOut
    signed_out          flag

type OwnSession : PersonSession
    current             flag

type Passkey
    id                  int
    name                text
    created             time
    used                time?

type OneTimeLogin
    token?              text(0..256)

type PasswordLogin
    login?              text(0..64)
    password?           text(0..1024)

type RecoveryLogin
    login?              text(0..64)
    password?           text(0..1024)       Where the person has one
    code?               text(0..64)

type Code
    code?               text(0..64)

type NewPassword
    password?           text(0..1024)

type PasskeyAnswer                      As the browser's credential has it, base64url
    id?                 text
    clientDataJSON?     text
    authenticatorData?  text
    signature?          text
    userHandle?         text?

type PasskeyMade
    name?               text(0..128)
    id?                 text
    clientDataJSON?     text
    attestationObject?  text

type StepUp
    code?               text(0..64)
    passkey?            PasskeyAnswer

type PasskeyQuestion                    For navigator.credentials, with bytes as base64url
    publicKey           any

type TotpSecret                         Told this once
    secret              text
    uri                 text

type RecoveryCodes                      Told this once; earlier ones are void
    codes               [text]

GET /v1/session
    200                 Session
POST /v1/session/one-time
    body                OneTimeLogin
    200                 SignedIn
POST /v1/session/password
    body                PasswordLogin
    200                 SignedIn
POST /v1/session/totp
    body                Code
    200                 SignedIn
POST /v1/session/recovery
    body                Code
    200                 SignedIn
POST /v1/session/recover
    body                RecoveryLogin
    200                 SignedIn
POST /v1/session/passkey/begin
    200                 PasskeyQuestion
POST /v1/session/passkey/finish
    body                PasskeyAnswer
    200                 SignedIn
POST /v1/session/step-up
    body                StepUp
    200                 SignedIn
DELETE /v1/session
    200                 SignedOut
GET /v1/me/sessions
    200                 Page<OwnSession>
DELETE /v1/me/sessions/{id}
    200                 RemovedNumber
PUT /v1/me/password
    body                NewPassword
    200                 Session
POST /v1/me/totp
    200                 TotpSecret
POST /v1/me/totp/confirm
    body                Code
    200                 Session
DELETE /v1/me/totp
    200                 Session
POST /v1/me/passkeys/begin
    200                 PasskeyQuestion
POST /v1/me/passkeys/finish
    body                PasskeyMade
    200                 Session
GET /v1/me/passkeys
    200                 Page<Passkey>
DELETE /v1/me/passkeys/{id}
    200                 Session
POST /v1/me/recovery-codes
    200                 RecoveryCodes
)";

}  // namespace provost::contract
