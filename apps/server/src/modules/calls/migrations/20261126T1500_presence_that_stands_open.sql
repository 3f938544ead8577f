-- Why: who stands in a media server's room without a page of ours is asked after every half minute, since news of a
-- departure may be lost; those rows are few beside all that ever were.
create index media_presence_open on calls.media_presence (visit_id) where left_at is null;
