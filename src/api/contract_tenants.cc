#include "api/contract_blocks.h"

namespace provost::contract {

const std::string_view tenants_block = R"(
type TenantPolicy                       What holds here, with what is inherited
    minimum_rating      int(1..5)       Phones that prove themselves less get no secrets
    window              Duration        An armed phone must come within it
    grace               Duration        After a complete delivery the phone may fetch it again
    repeat_window       Duration        A broken transfer may be repeated within it
    repeat_limit        int(0..20)      So many times
    rotate_every        text(2..16)     Credentials change so often; or `never`
    fallback            text            Ways in besides certificates, with commas between; or `none`
    fallback_networks   text            Where those may come from; empty: nowhere

type Tenant                             A customer, or a part of one
    slug        Slug
    name        text(1..128)
    parent?     Slug                    It inherits settings and policy from there
    version     int                     Rises with every change: the ETag
    policy?     TenantPolicy            Not for every role
    settings    Settings                Its own layer; what it inherits is not in it

type NewTenant
    slug?       Slug
    name?       text(1..128)
    parent?     Slug
    settings?   {text(0..4096)}         An empty value takes the setting away
    policy?     {text(0..1024)}         As TenantPolicy, each value a text; an empty one inherits again

type StarCounts                         Devices by stars
    1           int
    2           int
    3           int
    4           int
    5           int

type RatingSummary                      How devices are rated
    devices     int
    lowest      int(1..5)?              null: there are none
    proved      StarCounts              What they proved when they came
    expected    StarCounts              What is expected of those that never came

type TenantShown : Tenant
    rating      RatingSummary           With all tenants below

type SitePut
    tenant      Slug
    site        text

type ModelPut
    tenant      Slug
    vendor      text
    model       text

type LayerSettings
    settings?   {text(0..4096)}         Changes of it; an empty value takes a setting away

type SiteNeed                           One hole in a site's firewall
    purpose     =provisioning|ca|sip|media|time
    protocol    =tcp|udp
    host        text
    port_from   int(0..65535)
    port_to     int(0..65535)
    devices     int                     That need it

type TenantRotation
    asked       int                     Devices that change their credentials when they come
    failed      int
    trouble?    text                    The first of what failed

GET /v1/tenants
    200         Page<Tenant>            All of them: this list has one page
POST /v1/tenants
    body        NewTenant
    201+etag    Tenant
GET /v1/tenants/{tenant}
    200+etag    TenantShown
PATCH /v1/tenants/{tenant}
    ?reason     text(0..256)            For the second person, where one has to agree
    @If-Match   ETag                    Change only what is still so
    body        NewTenant
    200+etag    Tenant
DELETE /v1/tenants/{tenant}
    200         Removed
PUT /v1/tenants/{tenant}/sites/{site}
    ?reason     text(0..256)            As at PATCH
    body        LayerSettings
    200         SitePut
GET /v1/tenants/{tenant}/sites/{site}/needs
    ?media      text(1..11)             Ports of media at the other side: 10000-20000
    200         Page<SiteNeed>
PUT /v1/tenants/{tenant}/models/{vendor}/{model}
    ?reason     text(0..256)            As at PATCH
    body        LayerSettings
    200         ModelPut
POST /v1/tenants/{tenant}/rotate
    ?reason     text(0..256)            As at PATCH
    202         TenantRotation
)";

}  // namespace provost::contract
