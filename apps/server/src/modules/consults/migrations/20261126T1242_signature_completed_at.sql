-- Why: a signature says when it was made, and beside it when it was put under the text, which may be later. Of those
-- put before, only the second is known: it was kept as the first.
alter table consults.signature add column completed_at timestamptz;
alter table consults.signature disable trigger stays;
update consults.signature set completed_at = signed_at;
alter table consults.signature enable trigger stays;
alter table consults.signature alter column completed_at set not null;
