#!/bin/bash
# Prepares the database on a container's first start: mounted into /docker-entrypoint-initdb.d beside roles.sql,
# which is kept out of that folder because the entrypoint would run it without the passwords.
set -euo pipefail

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner_password="$CLINIGRAPH_OWNER_PASSWORD" --set app_password="$CLINIGRAPH_APP_PASSWORD" \
  --output /dev/null <<'SQL'
select set_config('clinigraph.owner_password', :'owner_password', false);
select set_config('clinigraph.app_password', :'app_password', false);
\ir /clinigraph/roles.sql
SQL
