-- Why: what was counted is never changed or deleted. A correction is a row of sign -1 that names the one it takes back, with the same
-- columns and the same time, and a new row: reports add up signs, and the period the fact belongs to is restated.
alter table indicators.act
  add column sign smallint not null default 1 check (sign in (1, -1)),
  -- how often this thing was counted anew: a row taken back can be counted again
  add column revision int not null default 1 check (revision >= 1),
  add column reverses uuid,
  -- the event that made the row, and when; unknown of rows older than these columns
  add column cause text,
  add column recorded_at timestamptz,
  add constraint act_sign check ((sign = -1) = (reverses is not null));
alter table indicators.act alter column recorded_at set default now();

drop index indicators.act_once;
create unique index act_once on indicators.act (subject_id, kind, facility_id, revision, sign, province_key);
create unique index act_reversed_once on indicators.act (reverses, province_key) where reverses is not null;

-- Takes rows back: the same row with the other sign.
create function indicators.reverse(rows uuid[], why text, at timestamptz) returns void language sql as $$
  insert into indicators.act (province_key, kind, at, facility_id, practitioner_id, practitioner_title, practitioner_qualification, patient_id, self_performed,
      counterpart_facility_id, subject_kind, subject_id, programme, detail, sign, revision, reverses, cause, recorded_at)
  select province_key, kind, a.at, facility_id, practitioner_id, practitioner_title, practitioner_qualification, patient_id, self_performed,
      counterpart_facility_id, subject_kind, subject_id, programme, detail, -1, revision, id, why, $3
  from indicators.act a where id = any (rows) and sign = 1
$$;
grant execute on function indicators.reverse(uuid[], text, timestamptz) to moinha_app;

-- Rows of before, from the facts: help undone, encounters that were sent up after they were counted, bookings called off, messages withdrawn.
select indicators.reverse(array[a.id], 'helpTakenBack', a.taken_back_at) from indicators.act a where a.taken_back_at is not null;
create temp table sent_up on commit drop as
  select a.id, e.referred_up or e.upper_level_took_part as up from indicators.act a join records.encounter e on e.id = a.subject_id
  where a.subject_kind = 'encounter' and a.self_performed = (e.referred_up or e.upper_level_took_part);
select indicators.reverse(array[id], 'restated', now()) from sent_up;
insert into indicators.act (province_key, kind, at, facility_id, practitioner_id, practitioner_title, practitioner_qualification, patient_id, self_performed,
    counterpart_facility_id, subject_kind, subject_id, programme, revision, cause)
  select province_key, kind, at, facility_id, practitioner_id, practitioner_title, practitioner_qualification, patient_id, not up,
    counterpart_facility_id, subject_kind, subject_id, programme, 2, 'restated'
  from indicators.act a join sent_up using (id);
select indicators.reverse(array[a.id], 'appointmentCancelled', now())
  from indicators.act a join scheduling.appointment p on p.id = a.subject_id
  where a.kind = 'appointment_booked' and p.state in ('cancelled', 'offered', 'released');
select indicators.reverse(array[a.id], 'newsWithdrawn', m.withdrawn_at)
  from indicators.act a join news.message m on m.id = a.subject_id where a.kind = 'news_published' and m.status = 'withdrawn';

drop index indicators.act_report;
alter table indicators.act drop column taken_back_at;
-- Reports read this index alone: every column they count by is in it.
create index act_report on indicators.act (facility_id, at desc, id desc)
  include (kind, sign, self_performed, practitioner_id, practitioner_qualification, counterpart_facility_id, patient_id);

-- Append-only, for the owner too.
create function indicators.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger only grows' using errcode = 'MN001';
end $$;
create trigger only_grows before update or delete on indicators.act for each row execute function indicators.refuse_change();
create trigger never_emptied before truncate on indicators.act for each statement execute function indicators.refuse_change();
