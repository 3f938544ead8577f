-- Why: a slip undone the same day is not counted, yet its row stays: the ledger only grows.
alter table indicators.act add column taken_back_at timestamptz;
grant update (taken_back_at) on indicators.act to moinha_app;

-- Reports read this index alone: every column they count by is in it, and what was taken back is not.
drop index indicators.act_report;
create index act_report on indicators.act (facility_id, at desc, id desc)
  include (kind, self_performed, practitioner_id, practitioner_title, counterpart_facility_id, patient_id) where taken_back_at is null;
-- Rows are only added, so the index answers alone as long as pages are marked visible in time.
alter table indicators.act set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- The same rule, asked as one yes or no: the planner then expects many rows instead of one in two hundred, and folds them by hashing.
drop policy act_kept on indicators.act;
create policy act_kept on indicators.act for all to moinha_app
  using ((select platform.actor_kind() = 'system')) with check ((select platform.actor_kind() = 'system'));
