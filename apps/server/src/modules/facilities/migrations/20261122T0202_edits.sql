-- Why: two administrators may edit the same link at once (one wins, the other is told); a change of service, practitioner or infrastructure must be announced again.
alter table facilities.support_link add column version int not null default 1;

-- REQ-TELE-02: open until the unit announces (a tele_service row submitted on that day or later).
create table facilities.announce_note (
  facility_id uuid not null references facilities.facility,
  reason text not null check (reason in ('service', 'practitioner', 'infrastructure')),
  since date not null,
  primary key (facility_id, reason)
);
grant select, insert, update, delete on facilities.announce_note to moinha_app;
