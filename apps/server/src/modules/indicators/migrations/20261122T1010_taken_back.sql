-- Why: a slip undone the same day is not counted, yet its row stays: the ledger only grows.
alter table indicators.act add column taken_back_at timestamptz;
grant update (taken_back_at) on indicators.act to moinha_app;
