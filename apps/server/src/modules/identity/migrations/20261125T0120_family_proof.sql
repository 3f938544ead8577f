-- Why: nobody becomes a guardian by knowing an id. Each link says how it was proven, by whom and where, who agreed, and why it ended.
alter table identity.family_member
  add column proof text not null default 'declared' check (proof in ('declared', 'paper', 'phone_code')),
  add column paper text check (paper in ('birth_certificate', 'residence_paper', 'guardianship_decision', 'authorisation', 'court_decision', 'other')),
  add column paper_note text,
  -- who consented for the dependant: the representative alone, both, the person alone, or a paper in the person's place
  add column consent_by text not null default 'representative' check (consent_by in ('representative', 'both', 'self', 'paper')),
  add column facility_id uuid references facilities.facility,
  add column ended_by uuid references identity.person,
  add column end_reason text,
  add check ((proof = 'paper') = (paper is not null)),
  add check (proof <> 'paper' or facility_id is not null),
  add check (paper <> 'other' or paper_note is not null);

-- Links until now were declared by the guardian, who vouched for whoever is old enough to be asked.
update identity.family_member f set consent_by = case
    when p.birth_date <= (now() at time zone 'Asia/Ho_Chi_Minh')::date - interval '18 years' then 'self'
    when p.birth_date <= (now() at time zone 'Asia/Ho_Chi_Minh')::date - interval '7 years' then 'both'
    when p.birth_date is null and f.relation not in ('child', 'grandchild', 'ward') then 'self'
    else 'representative' end
from identity.person p where p.id = f.dependant_id;

-- Links end and are proven through actions that judged first and act as the system; a guardian alone only declares somebody new.
drop policy own on identity.family_member;
create policy see on identity.family_member for select to moinha_app using (
  platform.actor_kind() = 'system' or guardian_id = platform.actor_person() or dependant_id = platform.actor_person());
create policy keep on identity.family_member for all to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
create policy declare on identity.family_member for insert to moinha_app with check (
  guardian_id = platform.actor_person() and created_by = platform.actor_person() and proof = 'declared' and valid_until is null
  and exists (select from identity.person p where p.id = dependant_id and p.created_by = platform.actor_person()));

-- What a guardian reads out at a station's desk: proves that they are here, for a few minutes. Hashed with the server's key.
create table identity.guardian_code (
  person_id uuid primary key references identity.person,
  code_hash text not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on identity.guardian_code to moinha_app;
alter table identity.guardian_code enable row level security;
create policy keep on identity.guardian_code to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');
