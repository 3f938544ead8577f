-- Why: how long a recording is kept is the operator's to lengthen: beside the ten years that are the floor for what is
-- part of a record, longer classes are named (accident and psychiatric records 20, deaths 30 years), and what belongs
-- to no record may go sooner. A change counts for what is recorded from then on.
create table calls.recording_retention (
  basis text primary key check (basis in ('consent', 'announced')),
  years int not null check (years between 1 and 100),
  source text not null,
  check (basis <> 'consent' or years >= 10)
);
insert into calls.recording_retention values
  ('consent', 10, 'Circular 49/2017/TT-BYT Art. 4(3) as summarised in the domain notes on regulations, 1.3 [S]: '
    'at least; 20 and 30 years by Circular 33/2025 in 8.2 [C]'),
  ('announced', 10, 'house rule: as for records; no source asks for a meeting');
grant select on calls.recording_retention to moinha_app;

-- A rule of the house, without anybody's data; changed by the owner of the database alone.
alter table calls.recording_retention enable row level security;
alter table calls.recording_retention force row level security;
create policy owner on calls.recording_retention to current_user using (true) with check (true);
create policy everybody on calls.recording_retention for select to moinha_app using (true);
