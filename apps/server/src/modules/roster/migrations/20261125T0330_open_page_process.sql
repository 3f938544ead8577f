-- Why: the pages of a process that died are closed pages at once, not thirty seconds later.
alter table roster.open_page add column process_id uuid;
create index open_page_process on roster.open_page (process_id);
