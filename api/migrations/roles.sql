-- The roles of the database and who may enter it. Run by a superuser, connected to the database itself, as often as
-- one likes: the embedded server at every start, docker-compose on the first one.
-- The two passwords come as settings of the session: clinigraph.owner_password and clinigraph.app_password.

begin;
set local client_min_messages = warning;

-- Two processes that start at once must not make one role twice; roles belong to all databases, so does this lock.
lock table pg_catalog.pg_authid in share row exclusive mode;

do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'clinigraph_owner', 'clinigraph_app',
    'clinigraph_staff', 'clinigraph_doctor', 'clinigraph_patient', 'clinigraph_directory'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I', wanted);
    end if;
  end loop;

  execute format(
    'alter role clinigraph_owner with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit password %L',
    current_setting('clinigraph.owner_password'));
  -- Inherits nothing: it can do something only after it has taken one of the three roles at connect.
  execute format(
    'alter role clinigraph_app with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit password %L',
    current_setting('clinigraph.app_password'));

  execute format('alter database %I owner to clinigraph_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to clinigraph_app', current_database());
end
$$;

-- Only choose row-level security policies and hold table rights; nobody signs in as them.
alter role clinigraph_staff with nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role clinigraph_doctor with nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role clinigraph_patient with nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
grant clinigraph_staff, clinigraph_doctor, clinigraph_patient to clinigraph_app
  with inherit false, set true, admin false;

-- Owns the functions that look before a clinic is known; the owner makes them and hands them over.
alter role clinigraph_directory with nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
grant clinigraph_directory to clinigraph_owner with inherit true, set true, admin false;

revoke all on schema public from public;

commit;
