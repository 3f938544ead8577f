-- Why: annex row 9 of the Kon Tum plan counts the people of 16 and older who were shown how to install and use the app.
create table news.help_given (
  id uuid primary key,
  facility_id uuid not null references facilities.facility,
  helper_id uuid not null,
  at timestamptz not null,
  age_group text not null check (age_group in ('16-29', '30-44', '45-59', '60+')),
  sex text not null check (sex in ('female', 'male', 'unknown')),
  patient_id uuid,
  taken_back_at timestamptz
);
create index help_given_day on news.help_given (facility_id, at desc) where taken_back_at is null;

grant select, insert, update on news.help_given to moinha_app;

alter table news.help_given enable row level security;
alter table news.help_given force row level security;
create policy owner on news.help_given to current_user using (true) with check (true);
create policy help_given_seen on news.help_given for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or patient_id = any ((select platform.actor_people())::uuid[])
  or facility_id = any ((select platform.actor_facilities())::uuid[]));
create policy help_given_written on news.help_given for insert to moinha_app with check (
  (select platform.actor_kind()) = 'system'
  or (facility_id = any ((select platform.actor_facilities())::uuid[]) and helper_id = (select platform.actor_person())
    and (patient_id is null or records.may_see(patient_id))));
create policy help_given_taken_back on news.help_given for update to moinha_app
  using ((select platform.actor_kind()) = 'system' or helper_id = (select platform.actor_person()))
  with check ((select platform.actor_kind()) = 'system' or helper_id = (select platform.actor_person()));
