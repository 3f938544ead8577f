-- Why: a doctor is busy while a case of theirs is in session and its call is not over. Told to the roster, which asks by this function.
create index consult_in_session on consults.consult (consultant_id) where status = 'in_session';

create or replace function roster.kept_by_case(person uuid) returns boolean
language sql stable security definer set search_path = consults, pg_catalog
as $$
  select exists (
    select from consults.consult c left join calls.visit v on v.id = c.visit_id
    where c.consultant_id = person and c.status = 'in_session' and v.finished_at is null)
$$;
revoke execute on function roster.kept_by_case(uuid) from public;
grant execute on function roster.kept_by_case(uuid) to moinha_app;

-- Colleagues of one side write one draft: who kept it last, and when, is told to whoever comes too late.
alter table consults.minutes add column saved_by uuid references identity.person, add column saved_at timestamptz;

-- How long one is rung has one source. Its defaults stay: without them an urgent case would ring for nobody knows how long, or not at all.
create function consults.keep_default_wait() returns trigger language plpgsql as $$
begin
  if old.facility_id is null and (tg_op = 'DELETE' or new.facility_id is not null or new.urgency <> old.urgency) then
    raise exception 'the default of the escalation policy stays' using errcode = 'MN001';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger default_stays before update or delete on consults.escalation_policy for each row execute function consults.keep_default_wait();
