-- Why: a data set is loaded once; a second start must not load it again.
create table platform.seed_mark (name text primary key, loaded_at timestamptz not null default now());
grant select, insert on platform.seed_mark to moinha_app;
