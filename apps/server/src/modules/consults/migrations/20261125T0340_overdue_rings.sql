-- Why: a ring past its deadline is found by looking at rings, every few seconds, and not only by its job.
create index ring_overdue on consults.ring (deadline_at) where outcome = 'ringing';
