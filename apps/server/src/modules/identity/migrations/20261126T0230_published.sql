-- Why: what other modules may read of people and their roles. Both ask the rights of who reads them: row-level security of
-- the tables behind decides as before.

-- Who somebody is, to be named beside what they did.
create view identity.person_card with (security_invoker = true) as
  select id, full_name, sex from identity.person;

-- As what somebody works where, now and before; how they are employed stays inside.
create view identity.practitioner_card with (security_invoker = true) as
  select person_id, facility_id, qualification_system, qualification_code, title, degree, specialties, licence_no, is_public,
    valid_from, valid_until
  from identity.practitioner_role;

grant select on identity.person_card, identity.practitioner_card to moinha_app;
