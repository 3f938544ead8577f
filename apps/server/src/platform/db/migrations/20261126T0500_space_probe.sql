-- Why: after a full disk somebody must find out when there is room again; a write large enough to need new pages, always rolled back, does.
create table platform.space_probe (bytes bytea not null);
-- not compressed and not in the row: what is written takes its size on the disk
alter table platform.space_probe alter column bytes set storage external;
grant insert on platform.space_probe to moinha_app;
