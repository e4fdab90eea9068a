#include "registrar/opensips/opensips.h"

#include "registrar/subscriber_tables.h"

namespace provost::registrar {

// No phone is known to answer with SHA-512-256 (vendors/): that column gets what no answer matches.
Result<std::unique_ptr<Registrar>> open_opensips(SqlSettings settings) {
    PROVOST_CHECK(check_time_zone(settings.time_zone));
    PROVOST_TRY(auto database, open_database(std::move(settings.database)));
    SubscriberSchema schema;
    schema.time_zone = settings.time_zone;
    schema.expires_is_number = true;
    schema.columns = {{"ha1", ColumnFill::md5},
                      {"ha1_sha256", ColumnFill::sha256},
                      {"ha1_sha512t256", ColumnFill::unusable_sha256}};
    return make_sql_registrar(std::move(database), make_subscriber_tables(std::move(schema)), settings.adopt);
}

}  // namespace provost::registrar
