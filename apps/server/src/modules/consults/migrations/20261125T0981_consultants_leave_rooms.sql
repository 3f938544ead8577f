-- Why: consultants of cases that are over were never taken out of the encounter's room. They may not read its visit any more; what they took part in
-- stays written down. Rooms of a case's own ended with it.
update calls.member m set removed_at = now()
  from consults.consult c
  where c.visit_id = m.visit_id and c.consultant_id = m.person_id and m.role = 'specialist' and m.removed_at is null
    and c.visit_id <> c.id and c.status in ('cancelled', 'signed', 'outcome', 'closed')
    and not exists (select from consults.consult o where o.visit_id = c.visit_id and o.consultant_id = c.consultant_id
      and o.status in ('in_session', 'minutes'));
