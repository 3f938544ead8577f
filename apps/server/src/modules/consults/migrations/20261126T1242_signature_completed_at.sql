-- Why: a signature says when it was made, and beside it when it was put under the text, which may be later.
alter table consults.signature add column completed_at timestamptz;
alter table consults.signature disable trigger stays;
update consults.signature s set completed_at = coalesce(
  (select max(r.completed_at) from signatures.request r
    where r.subject_kind = 'minutes' and r.subject_id = s.minutes_id and r.signer_id = s.person_id and r.role = s.role
      and r.state = 'completed'),
  s.signed_at);
alter table consults.signature enable trigger stays;
alter table consults.signature alter column completed_at set not null;
