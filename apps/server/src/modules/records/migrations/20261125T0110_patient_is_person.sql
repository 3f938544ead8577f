-- Why: every patient is a person row, by constraint, and what a record says of the person is what the person row says.

-- Before a patient row is written: its person appears where there is none (as with accounts), and the particulars are the person's.
create function records.person_of_patient() returns trigger
language plpgsql security definer set search_path = records, pg_catalog
as $$
begin
  if tg_op = 'INSERT' then
    perform identity.add_person(new.id, new.full_name, new.sex, new.birth_date, new.phone, new.ethnicity_system, new.ethnicity_code);
  end if;
  select p.full_name, p.sex, p.birth_date, p.phone, p.ethnicity_system, p.ethnicity_code
    into new.full_name, new.sex, new.birth_date, new.phone, new.ethnicity_system, new.ethnicity_code
    from identity.person p where p.id = new.id;
  return new;
end $$;

-- What was corrected on the person goes on to the record; whoever edits the record meanwhile is told by its version.
create function records.copy_particulars() returns trigger
language plpgsql security definer set search_path = records, pg_catalog
as $$
begin
  update records.patient p set version = p.version + 1 where p.id = new.id
    and (p.full_name, p.sex, p.birth_date, p.phone, p.ethnicity_system, p.ethnicity_code)
      is distinct from (new.full_name, new.sex, new.birth_date, new.phone, new.ethnicity_system, new.ethnicity_code);
  return null;
end $$;

update records.patient r set full_name = p.full_name, sex = p.sex, birth_date = p.birth_date, phone = p.phone,
  ethnicity_system = p.ethnicity_system, ethnicity_code = p.ethnicity_code
from identity.person p where p.id = r.id
  and (r.full_name, r.sex, r.birth_date, r.phone, r.ethnicity_system, r.ethnicity_code)
    is distinct from (p.full_name, p.sex, p.birth_date, p.phone, p.ethnicity_system, p.ethnicity_code);

alter table records.patient add constraint patient_is_person foreign key (id) references identity.person;
create trigger person_of_patient before insert or update on records.patient
  for each row execute function records.person_of_patient();
create trigger copy_particulars after update of full_name, sex, birth_date, phone, ethnicity_system, ethnicity_code on identity.person
  for each row when (old.* is distinct from new.*) execute function records.copy_particulars();

-- A record is opened by the system after the action's own policy said yes; nobody writes one under an id they chose.
drop policy patient_written on records.patient;
create policy patient_written on records.patient for insert to moinha_app
  with check ((select platform.actor_kind()) = 'system');
