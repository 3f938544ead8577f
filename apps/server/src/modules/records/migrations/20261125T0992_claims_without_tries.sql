-- Why: tries are counted where they outlive a refused request (identity.throttle); this column was never read or written.
alter table records.proxy_claim drop column tries;
