-- Why: the narrow limits count in the database, so that two processes share them; a crash may forget a minute's counts, hence unlogged.
create unlogged table platform.rate_count (
  key text primary key,
  count int not null,
  ends_at timestamptz not null
);
create index rate_count_ends on platform.rate_count (ends_at);
grant select, insert, update, delete on platform.rate_count to moinha_app;
