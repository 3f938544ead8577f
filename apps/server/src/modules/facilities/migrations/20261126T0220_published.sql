-- Why: what other modules may read of the tree is a promise with a name: a view of the columns that stay, whatever becomes of the tables
-- behind it. A view asks the rights of who reads it, so it opens nothing that the tables close.

-- What a unit is called and where it is found; units that ended too, since rows of the past name them.
create view facilities.unit with (security_invoker = true) as
  select id, key, name, short_name, type, commune_name, address, phone, search from facilities.facility;

-- From when and until when a unit may offer a remote service (Decree 96/2023 Art. 87(2)-(3), REQ-TELE-02); the notices stay inside.
create view facilities.announced_service with (security_invoker = true) as
  select facility_id, service, allowed_from, ended_on from facilities.tele_service;

alter view facilities.current_path set (security_invoker = true);
grant select on facilities.tree_path to moinha_auth;
grant select on facilities.unit, facilities.announced_service to moinha_app;
