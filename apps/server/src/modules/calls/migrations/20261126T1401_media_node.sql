-- Why: of several media servers one carries a visit's room. Every process must know which, so that the room goes on at
-- another as soon as any of them learns that this one is gone.
alter table calls.visit add column media_node text check (length(media_node) between 1 and 300);
create index visit_media_node on calls.visit (media_node) where media_node is not null and finished_at is null;
