#include "registrar/kamailio/kamailio.h"

#include "registrar/subscriber_tables.h"

namespace provost::registrar {

// ha1b is H(user@domain:realm:password), read where a phone's digest user name has a domain. When the
// registrar is told, the password it would be made of may be gone. It is filled with a digest that nothing
// leads to, so that nobody logs in with what Kamailio makes of an empty column.
Result<std::unique_ptr<Registrar>> open_kamailio(KamailioSettings settings) {
    PROVOST_CHECK(check_time_zone(settings.sql.time_zone));
    PROVOST_TRY(auto database, open_database(std::move(settings.sql.database)));
    SubscriberSchema schema;
    schema.time_zone = settings.sql.time_zone;
    schema.columns = {{"ha1", settings.sha256 ? ColumnFill::sha256 : ColumnFill::md5},
                      {"ha1b", settings.sha256 ? ColumnFill::unusable_sha256 : ColumnFill::unusable_md5}};
    return make_sql_registrar(std::move(database), make_subscriber_tables(std::move(schema)),
                              settings.sql.adopt);
}

}  // namespace provost::registrar
