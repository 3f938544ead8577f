-- Why: the consult from request to filed minutes: who asked what, who was rung when, who answered, who signed which text.
create schema consults;

-- Request numbers run per asking unit and year.
create table consults.counter (
  facility_id uuid not null references facilities.facility,
  year int not null,
  last int not null,
  primary key (facility_id, year)
);

create table consults.consult (
  id uuid primary key,
  number int,
  number_year int,
  status text not null default 'draft' check (status in
    ('draft', 'submitted', 'unanswered', 'accepted', 'returned', 'scheduled', 'in_session', 'minutes', 'signed', 'outcome', 'closed', 'cancelled')),
  urgency text not null check (urgency in ('urgent', 'scheduled')),
  specialty text not null references facilities.specialty,
  encounter_id uuid not null references records.encounter,
  patient_id uuid not null references records.patient,
  -- the patient block as it stood when asked: the request is a document
  patient_name text not null,
  patient_sex text not null,
  patient_birth_date date,
  requesting_facility_id uuid not null references facilities.facility,
  requester_id uuid not null references identity.person,
  -- whose doctor is rung or took the case
  supporting_facility_id uuid references facilities.facility,
  consultant_id uuid references identity.person,
  visit_id uuid,
  preferred_at timestamptz,
  scheduled_at timestamptz,
  informed_at timestamptz,
  informed_how text check (informed_how in ('in_person', 'by_video', 'by_phone', 'written')),
  history text not null default '',
  treatment text not null default '',
  allergies text not null default '',
  diagnosis text not null default '',
  icd10 text not null default '',
  -- only the duty leads are rung: no doctor of the specialty could be found and the requester chose so
  ask_lead boolean not null default false,
  -- number of the ring that runs or ran last, and how often the request was sent
  step int not null default 0,
  round int not null default 0,
  return_reason text,
  cancel_reason text,
  created_at timestamptz not null,
  submitted_at timestamptz,
  accepted_at timestamptz,
  started_at timestamptz,
  signed_at timestamptz,
  closed_at timestamptz,
  version int not null default 1,
  check ((informed_at is null) = (informed_how is null)),
  check (status = 'draft' or number is not null or status = 'cancelled'),
  unique (requesting_facility_id, number_year, number)
);
create index consult_outgoing on consults.consult (requesting_facility_id, created_at desc, id desc);
create index consult_supporting on consults.consult (supporting_facility_id, created_at desc, id desc) where supporting_facility_id is not null;
create index consult_consultant on consults.consult (consultant_id, created_at desc, id desc) where consultant_id is not null;
create index consult_encounter on consults.consult (encounter_id);

create table consults.question (
  consult_id uuid not null references consults.consult,
  no int not null check (no between 1 and 10),
  text text not null,
  primary key (consult_id, no)
);

-- Every change with its time: the ground of response-time figures (forms §1).
create table consults.event (
  id bigint generated always as identity primary key,
  consult_id uuid not null references consults.consult,
  at timestamptz not null,
  name text not null,
  actor_id uuid,
  step int,
  note text
);
create index event_consult on consults.event (consult_id, id);

create table consults.ring (
  consult_id uuid not null references consults.consult,
  step int not null check (step >= 1),
  person_id uuid not null references identity.person,
  facility_id uuid not null references facilities.facility,
  reason text not null check (reason in ('ON_DUTY_ONLINE', 'ON_DUTY_BUSY', 'ON_DUTY_OFFLINE', 'BACKUP', 'DUTY_LEAD')),
  -- a request sent again after it was returned or unanswered rings everybody anew
  round int not null,
  rung_at timestamptz not null,
  deadline_at timestamptz not null,
  outcome text not null default 'ringing' check (outcome in ('ringing', 'answered', 'silent', 'declined', 'stopped')),
  ended_at timestamptz,
  note text,
  primary key (consult_id, step),
  unique (consult_id, round, person_id)
);
create unique index ring_one_at_a_time on consults.ring (consult_id) where outcome = 'ringing';
create index ring_person on consults.ring (person_id, consult_id);

create table consults.opinion (
  id uuid primary key,
  consult_id uuid not null references consults.consult,
  author_id uuid not null references identity.person,
  "end" text not null check ("end" in ('requesting', 'supporting')),
  text text not null,
  written_at timestamptz not null
);
create index opinion_consult on consults.opinion (consult_id, written_at);

create table consults.minutes (
  id uuid primary key,
  consult_id uuid not null references consults.consult,
  version int not null,
  state text not null default 'draft' check (state in ('draft', 'proposed', 'locked', 'superseded')),
  -- the side whose draft it is: nobody else sees it before it is proposed
  side_facility_id uuid not null references facilities.facility,
  drafted_by uuid not null references identity.person,
  content jsonb not null,
  content_hash text not null,
  decision text check (decision in ('accepts', 'partly', 'not')),
  decision_reason text not null default '',
  created_at timestamptz not null,
  proposed_at timestamptz,
  locked_at timestamptz
);
create index minutes_consult on consults.minutes (consult_id, version desc);
create unique index minutes_one_before_both on consults.minutes (consult_id) where state = 'proposed';
create unique index minutes_one_locked on consults.minutes (consult_id) where state = 'locked';

create table consults.signature (
  minutes_id uuid not null references consults.minutes,
  person_id uuid not null references identity.person,
  role text not null check (role in ('chair', 'secretary', 'requester')),
  signed_at timestamptz not null,
  method text not null,
  -- what was signed: hash of the content, and of the decision that went with it
  content_hash text not null,
  proof jsonb not null,
  primary key (minutes_id, person_id, role)
);

-- After the last signature the text is locked; a correction is a new version (forms §2).
create function consults.refuse_locked_minutes() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'minutes % are kept', old.id using errcode = 'MN001'; end if;
  if old.state = 'locked' and not (new.state = 'superseded' and (to_jsonb(new) - 'state') = (to_jsonb(old) - 'state')) then
    raise exception 'minutes % are locked', old.id using errcode = 'MN001';
  end if;
  if old.state = 'superseded' then raise exception 'minutes % are superseded', old.id using errcode = 'MN001'; end if;
  if old.state = 'proposed' and new.content_hash <> old.content_hash then raise exception 'minutes % lie before both ends', old.id using errcode = 'MN001'; end if;
  return new;
end $$;
create trigger locked before update or delete on consults.minutes for each row execute function consults.refuse_locked_minutes();

create function consults.refuse_changed_signature() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then raise exception 'a signature stays' using errcode = 'MN001'; end if;
  if not exists (select from consults.minutes m where m.id = new.minutes_id and m.state = 'proposed' and m.content_hash = new.content_hash) then
    raise exception 'not the text that lies before both ends' using errcode = 'MN001';
  end if;
  return new;
end $$;
create trigger stays before insert or update or delete on consults.signature for each row execute function consults.refuse_changed_signature();

create table consults.outcome (
  consult_id uuid primary key references consults.consult,
  code text not null check (code in ('improved', 'unchanged', 'worse', 'transferred', 'died', 'unknown')),
  text text not null default '',
  reported_by uuid not null references identity.person,
  reported_at timestamptz not null
);

-- How long one is rung before the next (REQ-CON-03: targets are settings). null facility: where a hospital set none.
create table consults.escalation_policy (
  facility_id uuid references facilities.facility,
  urgency text not null check (urgency in ('urgent', 'scheduled')),
  wait_seconds int not null check (wait_seconds between 10 and 3600),
  changed_at timestamptz not null default now(),
  changed_by uuid
);
create unique index escalation_policy_one on consults.escalation_policy (coalesce(facility_id, '00000000-0000-0000-0000-000000000000'), urgency);
insert into consults.escalation_policy (facility_id, urgency, wait_seconds) values (null, 'urgent', 30), (null, 'scheduled', 120);

grant usage on schema consults to moinha_app;
grant select, insert, update on consults.counter, consults.consult, consults.ring, consults.minutes, consults.outcome, consults.escalation_policy to moinha_app;
grant select, insert on consults.event, consults.opinion, consults.signature to moinha_app;
grant select, insert, delete on consults.question to moinha_app;

-- Hospitals at which the actor coordinates consults, for the wall below; asked once per statement.
create function consults.led_facilities() returns uuid[]
language sql stable security definer set search_path = public, pg_catalog
as $$
  select coalesce(array_agg(distinct below.facility_id), '{}')
  from identity.role_grant g
  join identity.role_permission p on p.role_key = g.role_key and p.permission = 'consult.lead'
  join facilities.current_path root on root.facility_id = g.facility_id
  join facilities.current_path below on below.path <@ root.path
  where g.person_id = platform.actor_person() and g.valid_until is null
$$;

-- Was the actor rung for this consult? Counts only while nobody has it: afterwards it is the consultant's.
create function consults.was_rung(consult uuid) returns boolean
language sql stable security definer set search_path = consults, pg_catalog
as $$ select exists (select from consults.ring r where r.consult_id = consult and r.person_id = platform.actor_person()) $$;

-- The case's people: the asking unit, who was rung, the consultant, the duty lead of the hospital asked.
create function consults.may_see(consult uuid) returns boolean
language sql stable security definer set search_path = consults, pg_catalog
as $$
  select platform.actor_kind() = 'system' or exists (
    select from consults.consult c where c.id = consult and (
      c.requesting_facility_id = any (platform.actor_facilities())
      or (c.status <> 'draft' and (c.consultant_id = platform.actor_person()
        or (c.status in ('submitted', 'unanswered') and consults.was_rung(c.id))
        or c.supporting_facility_id = any (consults.led_facilities())))))
$$;
revoke execute on function consults.led_facilities(), consults.was_rung(uuid), consults.may_see(uuid) from public;
grant execute on function consults.led_facilities(), consults.was_rung(uuid), consults.may_see(uuid) to moinha_app;

alter table consults.consult enable row level security;
alter table consults.consult force row level security;
create policy owner on consults.consult to current_user using (true) with check (true);
create policy seen on consults.consult for select to moinha_app using (
  (select platform.actor_kind()) = 'system'
  or requesting_facility_id = any ((select platform.actor_facilities())::uuid[])
  or (status <> 'draft' and (
    consultant_id = (select platform.actor_person())
    or supporting_facility_id = any ((select consults.led_facilities())::uuid[])
    or (status in ('submitted', 'unanswered') and consults.was_rung(id)))));
create policy written on consults.consult for insert to moinha_app with check (
  (select platform.actor_kind()) = 'system'
  or (requesting_facility_id = any ((select platform.actor_facilities())::uuid[]) and requester_id = (select platform.actor_person()) and records.may_see(patient_id)));
create policy changed on consults.consult for update to moinha_app using (consults.may_see(id)) with check (true);

do $$
declare t text;
begin
  foreach t in array array['question', 'event', 'ring', 'opinion', 'outcome'] loop
    execute format('alter table consults.%I enable row level security', t);
    execute format('alter table consults.%I force row level security', t);
    execute format('create policy owner on consults.%I to current_user using (true) with check (true)', t);
    execute format('create policy of_the_case on consults.%I to moinha_app using (consults.may_see(consult_id)) with check (consults.may_see(consult_id))', t);
  end loop;
end $$;

alter table consults.minutes enable row level security;
alter table consults.minutes force row level security;
create policy owner on consults.minutes to current_user using (true) with check (true);
create policy of_the_case on consults.minutes to moinha_app
  using (consults.may_see(consult_id) and (state <> 'draft' or (select platform.actor_kind()) = 'system'
    or side_facility_id = any ((select platform.actor_facilities())::uuid[]) or drafted_by = (select platform.actor_person())))
  with check (consults.may_see(consult_id));

alter table consults.signature enable row level security;
alter table consults.signature force row level security;
create policy owner on consults.signature to current_user using (true) with check (true);
create policy of_the_minutes on consults.signature to moinha_app
  using (exists (select from consults.minutes m where m.id = minutes_id))
  with check ((select platform.actor_kind()) = 'system' or person_id = (select platform.actor_person()));
