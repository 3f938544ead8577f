-- Why: texts that did not reach a phone were seen by nobody. Those who look after the installation see them without the
-- number and the words, send them again or give them up; and a text keeps its words as long as sending it makes sense.
alter table identity.sms_outbox
  drop constraint sms_outbox_state_check,
  add constraint sms_outbox_state_check check (state in ('queued', 'sent', 'failed', 'given_up')),
  -- grows with each decision of a person, so that of two at once only one decides
  add column round int not null default 0,
  add column tries_allowed int not null default 10,
  add column tried_at timestamptz,
  add column given_up_by uuid references identity.person,
  add column given_up_at timestamptz,
  add column given_up_word text;

-- What a gateway answered in its own words may name somebody; a code does not.
update identity.sms_outbox set last_error = case
    when last_error = 'expired' then 'EXPIRED'
    when last_error = 'no gateway' then 'NO_GATEWAY'
    when last_error ~ '^Error: gateway answered \d{3}$' then 'GATEWAY_' || right(last_error, 3)
    else 'UNKNOWN' end
  where last_error is not null;
alter table identity.sms_outbox add constraint sms_outbox_error_is_code check (last_error ~ '^[A-Za-z0-9_]{1,60}$');

-- Few of many: the list and the counts read these alone.
create index sms_outbox_troubled on identity.sms_outbox (created_at desc, id desc)
  where state = 'failed' or (state = 'queued' and tries > 0);

-- Runs an act of those who look after the installation, or refuses.
create function identity.require_operator() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
  if cardinality(identity.granted_facilities('operations.manage')) = 0 then
    perform identity.refuse('NOT_ALLOWED');
  end if;
  return platform.actor_person();
end $$;

-- Never the words, of the number its end.
create function identity.troubled_texts(before timestamptz, before_id uuid, page int)
returns table (
  id uuid, phone_end text, purpose text, state text, tries int, error_code text, round int,
  created_at timestamptz, tried_at timestamptz, valid_until timestamptz, sendable boolean, mark text
)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform identity.require_operator();
  return query
    select t.id, right(t.to_phone, 3), t.purpose, t.state, t.tries, t.last_error, t.round,
      t.created_at, t.tried_at, t.valid_until, t.body is not null and t.valid_until > now(), t.created_at::text
    from identity.sms_outbox t
    where (t.state = 'failed' or (t.state = 'queued' and t.tries > 0))
      and (before is null or (t.created_at, t.id) < (before, before_id))
    order by t.created_at desc, t.id desc
    limit page;
end $$;

-- Queues texts anew: those named, each as it was seen, or the oldest of all. What was sent, changed meanwhile or
-- has run out stays as it is. Answers what will be sent.
create function identity.retry_texts(items jsonb, most int) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin
  perform identity.require_operator();
  return query
    with chosen as (
      select t.id from identity.sms_outbox t
      where (t.state = 'failed' or (t.state = 'queued' and t.tries > 0))
        and t.body is not null and t.valid_until > now()
        and (items is null or exists (
          select from jsonb_to_recordset(items) as i(id uuid, round int) where i.id = t.id and i.round = t.round))
        -- a text that was just queued anew waits for its turn, not for another tap
        and (items is not null or t.state = 'failed' or t.tried_at < now() - interval '5 seconds')
      order by t.created_at, t.id
      limit most
      for update)
    update identity.sms_outbox t
      set state = 'queued', round = t.round + 1, tries_allowed = t.tries + 10, tried_at = now()
      from chosen where t.id = chosen.id
      returning t.id;
end $$;

-- Puts texts aside with a word: those named, each as it was seen, or all that cannot be sent any more. Answers which.
create function identity.give_up_texts(items jsonb, word text) returns setof uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.require_operator();
begin
  return query
    update identity.sms_outbox t
      set state = 'given_up', body = null, round = t.round + 1,
        given_up_by = actor, given_up_at = now(), given_up_word = word
      where (t.state = 'failed' or (t.state = 'queued' and t.tries > 0))
        and case when items is null then t.body is null or t.valid_until <= now()
          else exists (
            select from jsonb_to_recordset(items) as i(id uuid, round int) where i.id = t.id and i.round = t.round) end
      returning t.id;
end $$;

-- How many, and nothing else: said on /health and as figures.
create function identity.count_troubled_texts() returns table (failed int, waiting int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select count(*) filter (where state = 'failed')::int, count(*) filter (where state = 'queued')::int
  from identity.sms_outbox where state = 'failed' or (state = 'queued' and tries > 0)
$$;

revoke execute on function identity.require_operator(), identity.troubled_texts(timestamptz, uuid, int),
  identity.retry_texts(jsonb, int), identity.give_up_texts(jsonb, text), identity.count_troubled_texts() from public;
grant execute on function identity.troubled_texts(timestamptz, uuid, int), identity.retry_texts(jsonb, int),
  identity.give_up_texts(jsonb, text), identity.count_troubled_texts() to moinha_app;
