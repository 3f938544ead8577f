-- Why: remote care through a receiving facility and support between facilities rest on a contract in force (Decree
-- 96/2023/NĐ-CP Art. 87(9), 88; REQ-TELE-06). A contract is written once and ended, never changed and never
-- deleted: what held on a day stays known.
create table facilities.tele_contract (
  id uuid primary key,
  kind text not null check (kind in ('VIA_RECEIVING_FACILITY', 'INTER_FACILITY_SUPPORT')),
  -- receives the patient, or is supported
  facility_id uuid not null references facilities.facility,
  -- treats from afar, or supports
  partner_id uuid not null references facilities.facility,
  number text not null,
  -- what of the minimum content of Art. 87(11) it has
  terms text[] not null
    check (terms <@ array['responsibilities', 'infrastructure', 'storage', 'service_cost', 'cost_sharing']),
  valid_from date not null,
  -- the first day on which it no longer holds
  valid_until date,
  source text,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  check (facility_id <> partner_id),
  check (valid_until is null or valid_until >= valid_from),
  exclude using gist (facility_id with =, partner_id with =, kind with =, (daterange(valid_from, valid_until)) with &&)
);
create index tele_contract_partner on facilities.tele_contract (partner_id);
grant select, insert on facilities.tele_contract to moinha_app;
grant update (valid_until, ended_by, ended_at) on facilities.tele_contract to moinha_app;
