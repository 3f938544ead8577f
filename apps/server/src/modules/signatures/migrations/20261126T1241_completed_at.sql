-- Why: when somebody signed and when the signature reached its document are two times. `signed_at` is the signer's; the
-- other had no column of its own beside the ends that came to nothing.
alter table signatures.request add column completed_at timestamptz;
update signatures.request set completed_at = ended_at, ended_at = null where state = 'completed';
alter table signatures.request add check ((state = 'completed') = (completed_at is not null));
grant update (completed_at) on signatures.request to moinha_app;
