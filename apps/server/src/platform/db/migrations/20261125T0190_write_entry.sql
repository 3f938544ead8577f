-- Why: owner's functions of modules write into the access log by one door of its own; nobody else may use it.
create function audit.write_entry(note jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into audit.entry (request_id, actor_kind, actor_id, actor_facility_id,
      action, outcome, subject, subject_id, facility_id, detail)
    select n.request_id, coalesce(n.actor_kind, platform.actor_kind()), coalesce(n.actor_id, platform.actor_person()),
      n.actor_facility_id, n.action, coalesce(n.outcome, 'done'), n.subject, n.subject_id, n.facility_id, n.detail
    from jsonb_to_record(note) as n(request_id text, actor_kind text, actor_id uuid, actor_facility_id uuid,
      action text, outcome text, subject text, subject_id uuid, facility_id uuid, detail jsonb);
end $$;
revoke execute on function audit.write_entry(jsonb) from public;
