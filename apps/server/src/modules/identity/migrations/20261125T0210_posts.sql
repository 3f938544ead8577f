-- Why: what somebody is qualified as decides who counts as a doctor; a code says it, the typed title is only shown. Posts change through the
-- owner's functions: a post opens a unit's patients to whoever holds a clinical role there.
alter table identity.staff_post
  add column qualification_system text not null default 'moinha:qualification',
  add column qualification_code text not null default 'other';

-- Titles as they were typed until today, to the titles of Luật Khám bệnh, chữa bệnh 15/2023/QH15, điều 26 khoản 1, and the pharmacist of
-- Luật Dược 105/2016/QH13, điều 11. For what is in a database before today; nothing that runs compares a title.
create function identity.qualification_of_title(title text) returns text
language sql immutable parallel safe
as $$ select case
  when name ~ '^(bac si|bac sy|bs)\M' then 'doctor'
  when name ~ '^(y si|y sy|ys)\M' then 'assistant-doctor'
  when name ~ '^(dieu duong|dd)\M' then 'nurse'
  when name ~ '^(ho sinh|nu ho sinh|hs)\M' then 'midwife'
  when name ~ '^(ky thuat y|ky thuat vien|ktv)\M' then 'medical-technician'
  when name ~ '^dinh duong\M' then 'clinical-nutritionist'
  when name ~ '^cap cuu vien\M' then 'paramedic'
  when name ~ '^tam ly\M' then 'clinical-psychologist'
  when name ~ '^luong y\M' then 'traditional-practitioner'
  when name ~ '^(duoc si|duoc sy|ds)\M' then 'pharmacist'
  else 'other' end from (select platform.fold(btrim(title)) as name) as folded $$;
update identity.staff_post set qualification_code = identity.qualification_of_title(title);

create function identity.add_post(post_id uuid, person uuid, facility uuid, fields jsonb, request text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare actor uuid := identity.require_manager(facility, 0); kept identity.staff_post;
begin
  if actor = person then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  if identity.stems_from(actor, person) then perform identity.refuse('GRANT_IN_A_CIRCLE'); end if;
  insert into identity.staff_post (id, person_id, facility_id, qualification_code, title, degree, specialties, licence_no, licence_issuer,
      licence_date, licence_scope, weekly_hours, is_public, valid_from, valid_until)
    select post_id, person, facility, f.qualification, f.title, f.degree, f.specialties, f."licenceNo", f."licenceIssuer", f."licenceDate",
      f."licenceScope", f."weeklyHours", f."isPublic",
      case when actor is null then coalesce(f."validFrom", now()) else now() end, case when actor is null then f."validUntil" end
    from jsonb_to_record(fields) as f(qualification text, title text, degree text, specialties text[], "licenceNo" text, "licenceIssuer" text,
      "licenceDate" date, "licenceScope" text, "weeklyHours" int, "isPublic" boolean, "validFrom" timestamptz, "validUntil" timestamptz)
    on conflict (id) do nothing;
  if found then
    perform identity.note(request, 'identity.addPost', 'staff_post', post_id, facility);
    if exists (select from identity.account_user where id = person and credential_by is not null and vouched_at is null) then
      perform identity.tell_heads(person, 'account-made');
    end if;
    return;
  end if;
  select * into kept from identity.staff_post where id = post_id;
  if kept.person_id <> person or kept.facility_id <> facility then perform identity.refuse('ID_TAKEN'); end if;
end $$;

-- Corrects a live post, never one's own; false where it has ended.
create function identity.edit_post(post_id uuid, fields jsonb, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare post identity.staff_post; actor uuid;
begin
  select * into post from identity.staff_post where id = post_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  actor := identity.require_manager(post.facility_id, 0);
  if actor = post.person_id then perform identity.refuse('NOT_ON_YOURSELF'); end if;
  update identity.staff_post s set qualification_code = f.qualification, title = f.title, degree = f.degree, specialties = f.specialties,
      licence_no = f."licenceNo", licence_issuer = f."licenceIssuer", licence_date = f."licenceDate", licence_scope = f."licenceScope",
      weekly_hours = f."weeklyHours", is_public = f."isPublic"
    from jsonb_to_record(fields) as f(qualification text, title text, degree text, specialties text[], "licenceNo" text, "licenceIssuer" text,
      "licenceDate" date, "licenceScope" text, "weeklyHours" int, "isPublic" boolean)
    where s.id = post_id and s.valid_until is null;
  if not found then return false; end if;
  perform identity.note(request, 'identity.editPost', 'staff_post', post_id, post.facility_id);
  return true;
end $$;

-- Ends a post and takes back the roles held at that very unit, unless another post there goes on; false where it had ended.
create function identity.end_post(post_id uuid, request text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare post identity.staff_post; actor uuid;
begin
  select * into post from identity.staff_post where id = post_id;
  if not found then perform identity.refuse('NOT_FOUND'); end if;
  perform identity.require_manager(post.facility_id, 0);
  actor := identity.acting_staff();
  update identity.staff_post set valid_until = greatest(valid_from, now()) where id = post_id and valid_until is null;
  if not found then return false; end if;
  if not exists (select from identity.staff_post where person_id = post.person_id and facility_id = post.facility_id and valid_until is null) then
    update identity.role_grant set valid_until = greatest(valid_from, now()), revoked_by = actor
      where person_id = post.person_id and facility_id = post.facility_id and valid_until is null;
  end if;
  perform identity.note(request, 'identity.endPost', 'staff_post', post_id, post.facility_id);
  return true;
end $$;

-- Functions are open to everybody by default; of these only those that judge and audit are, each to its own login.
revoke execute on function identity.note(text, text, text, uuid, uuid, jsonb), identity.managing_rank(uuid, uuid), identity.acting_staff(),
  identity.require_manager(uuid, int), identity.require_over_account(uuid), identity.is_clinical(text), identity.stems_from(uuid, uuid),
  identity.tell_heads(uuid, text), identity.add_staff_account(uuid, text, text, boolean, text), identity.add_demo_citizen(uuid, text, text),
  identity.reset_password(uuid, text, boolean, text), identity.set_disabled(uuid, boolean, text), identity.vouch(uuid, text),
  identity.grant_role(uuid, uuid, text, uuid, timestamptz, text), identity.revoke_grant(uuid, text),
  identity.add_release_roles(jsonb, jsonb), identity.note_sign_in(text, text, uuid, text, int, text, text),
  identity.add_post(uuid, uuid, uuid, jsonb, text), identity.edit_post(uuid, jsonb, text), identity.end_post(uuid, text) from public;
grant execute on function identity.add_staff_account(uuid, text, text, boolean, text), identity.add_demo_citizen(uuid, text, text),
  identity.reset_password(uuid, text, boolean, text), identity.set_disabled(uuid, boolean, text), identity.vouch(uuid, text),
  identity.grant_role(uuid, uuid, text, uuid, timestamptz, text), identity.revoke_grant(uuid, text),
  identity.add_post(uuid, uuid, uuid, jsonb, text), identity.edit_post(uuid, jsonb, text), identity.end_post(uuid, text) to moinha_app;
grant execute on function identity.add_release_roles(jsonb, jsonb), identity.note_sign_in(text, text, uuid, text, int, text, text) to moinha_auth;
