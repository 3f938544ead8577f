-- Why: tries are counted where they outlive a refused request (identity.throttle); nothing ever read or wrote these.
alter table records.proxy_claim drop column tries;
