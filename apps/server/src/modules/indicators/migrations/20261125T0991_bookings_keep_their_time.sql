-- Why: a booking and the row that counts it must bear the same time, or the first change of an old appointment takes the row back for moments
-- that nobody corrected, maybe into another quarter. The ledger is never rewritten, so the appointment takes the time of its standing row.
select scheduling.set_booked_at(array_agg(a.subject_id), array_agg(a.at))
from indicators.act a
where a.kind = 'appointment_booked' and a.sign = 1
  and not exists (select from indicators.act back where back.reverses = a.id and back.province_key = a.province_key)
having count(*) > 0;
drop function scheduling.set_booked_at(uuid[], timestamptz[]);
