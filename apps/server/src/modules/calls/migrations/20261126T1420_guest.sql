-- Why: a relative or an interpreter comes into a visit by a one-time link, without an account. The link is kept as a
-- hash; the first browser that enters by it is bound to it, and may come back for as long as the visit is open. A guest
-- is a member like others, under the name the host gave.
create table calls.guest (
  -- minted by the host's page; also the guest's id as a member, which is nobody's person
  id uuid primary key,
  visit_id uuid not null references calls.visit,
  kind text not null check (kind in ('relative', 'interpreter', 'sign-interpreter')),
  name text not null check (length(name) between 1 and 60),
  invited_by uuid not null,
  invited_at timestamptz not null,
  enter_until timestamptz not null
    check (enter_until > invited_at and enter_until <= invited_at + interval '30 minutes'),
  link_hash text not null unique,
  entered_at timestamptz,
  session_hash text unique,
  -- withdrawn before they entered, or shown out
  ended_at timestamptz,
  ended_by uuid,
  check ((entered_at is null) = (session_hash is null))
);
create index guest_visit on calls.guest (visit_id, invited_at);
grant select, insert, update on calls.guest to moinha_app;

-- Nobody but the house itself has to do with invitations; a host is answered after the module's policy said yes.
alter table calls.guest enable row level security;
alter table calls.guest force row level security;
create policy owner on calls.guest to current_user using (true) with check (true);
create policy system on calls.guest to moinha_app
  using (platform.actor_kind() = 'system') with check (platform.actor_kind() = 'system');

-- Everybody in the room sees who is a guest, from these rows and nowhere else.
alter table calls.member add column guest boolean not null default false;
alter table calls.participant add column guest boolean not null default false;

-- Who is behind these cookies or ids, asked before anybody acts: guests who entered, were not shown out, and whose
-- visit goes on.
create function calls.live_guests(session_hashes text[], ids uuid[])
returns table (id uuid, visit_id uuid, session_hash text)
language sql stable security definer set search_path = calls, pg_catalog, pg_temp
as $$
  select g.id, g.visit_id, g.session_hash from calls.guest g join calls.visit v on v.id = g.visit_id
    where g.ended_at is null and v.finished_at is null and g.session_hash is not null
      and (g.session_hash = any (session_hashes) or g.id = any (ids))
$$;
revoke execute on function calls.live_guests(text[], uuid[]) from public;
grant execute on function calls.live_guests(text[], uuid[]) to moinha_app;
