-- Why: what a member of staff is at a unit has a name in the field, FHIR's PractitionerRole; "post" was ours alone. Rows, rights and
-- policies stay as they are. Lines of the access log keep the kind they were written with: they are sealed.
alter table identity.staff_post rename to practitioner_role;
select platform.rename_prefix('identity.practitioner_role', 'staff_post', 'practitioner_role');

alter function identity.has_post(uuid) rename to has_practitioner_role;
alter function identity.has_public_post(uuid) rename to has_public_practitioner_role;
select platform.rename_word('identity.staff_post', 'identity.practitioner_role');

drop function identity.add_post(uuid, uuid, uuid, jsonb, text), identity.edit_post(uuid, jsonb, text), identity.end_post(uuid, text);

create function identity.add_practitioner_role(role_id uuid, person uuid, facility uuid, fields jsonb, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  actor uuid := identity.require_manager(facility, 0);
  kept identity.practitioner_role;
begin
  if actor = person then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  if identity.stems_from(actor, person) then perform identity.refuse('GRANT_IN_A_CIRCLE'); end if;
  insert into identity.practitioner_role (id, person_id, facility_id, qualification_code, title, degree, specialties,
      licence_no, licence_issuer, licence_date, licence_scope, weekly_hours, is_public, valid_from, valid_until)
    select role_id, person, facility, f.qualification, f.title, f.degree, f.specialties,
      f."licenceNo", f."licenceIssuer", f."licenceDate", f."licenceScope", f."weeklyHours", f."isPublic",
      case when actor is null then coalesce(f."validFrom", now()) else now() end,
      case when actor is null then f."validUntil" end
    from jsonb_to_record(fields) as f(qualification text, title text, degree text, specialties text[],
      "licenceNo" text, "licenceIssuer" text, "licenceDate" date, "licenceScope" text,
      "weeklyHours" int, "isPublic" boolean, "validFrom" timestamptz, "validUntil" timestamptz)
    on conflict (id) do nothing;
  if found then
    perform identity.note(request, 'identity.addPractitionerRole', 'practitioner_role', role_id, facility);
    if exists (select from identity.account_user where id = person and credential_by is not null and vouched_at is null) then
      perform identity.tell_heads(person, 'account-made');
    end if;
    return;
  end if;
  select * into kept from identity.practitioner_role where id = role_id;
  if kept.person_id <> person or kept.facility_id <> facility then perform identity.refuse('ID_TAKEN'); end if;
end $$;

-- Corrects a live practitioner role, never one's own; false where it has ended.
create function identity.edit_practitioner_role(role_id uuid, fields jsonb, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  kept identity.practitioner_role;
  actor uuid;
begin
  select * into kept from identity.practitioner_role where id = role_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  actor := identity.require_manager(kept.facility_id, 0);
  if actor = kept.person_id then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  update identity.practitioner_role r set
      qualification_code = f.qualification, title = f.title, degree = f.degree, specialties = f.specialties,
      licence_no = f."licenceNo", licence_issuer = f."licenceIssuer", licence_date = f."licenceDate",
      licence_scope = f."licenceScope", weekly_hours = f."weeklyHours", is_public = f."isPublic"
    from jsonb_to_record(fields) as f(qualification text, title text, degree text, specialties text[],
      "licenceNo" text, "licenceIssuer" text, "licenceDate" date, "licenceScope" text,
      "weeklyHours" int, "isPublic" boolean)
    where r.id = role_id and r.valid_until is null;
  if not found then return false; end if;
  perform identity.note(request, 'identity.editPractitionerRole', 'practitioner_role', role_id, kept.facility_id);
  return true;
end $$;

-- Ends it and takes back what was granted at that very unit, unless another practitioner role there goes on; false where it had ended.
create function identity.end_practitioner_role(role_id uuid, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  kept identity.practitioner_role;
  actor uuid;
begin
  select * into kept from identity.practitioner_role where id = role_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  perform identity.require_manager(kept.facility_id, 0);
  actor := identity.acting_staff();
  update identity.practitioner_role set valid_until = greatest(valid_from, now())
    where id = role_id and valid_until is null;
  if not found then return false; end if;
  if not exists (select from identity.practitioner_role
    where person_id = kept.person_id and facility_id = kept.facility_id and valid_until is null) then
    update identity.role_grant set valid_until = greatest(valid_from, now()), revoked_by = actor
      where person_id = kept.person_id and facility_id = kept.facility_id and valid_until is null;
  end if;
  perform identity.note(request, 'identity.endPractitionerRole', 'practitioner_role', role_id, kept.facility_id);
  return true;
end $$;

revoke execute on function identity.add_practitioner_role(uuid, uuid, uuid, jsonb, text),
  identity.edit_practitioner_role(uuid, jsonb, text), identity.end_practitioner_role(uuid, text) from public;
grant execute on function identity.add_practitioner_role(uuid, uuid, uuid, jsonb, text),
  identity.edit_practitioner_role(uuid, jsonb, text), identity.end_practitioner_role(uuid, text) to moinha_app;
