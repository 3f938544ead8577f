-- Why: a correction is judged by the day the encounter ended, so the encounter keeps not only by what it was judged but under which
-- setting of the gate. What was finished before does not know; it is judged by the setting in force when it is corrected.
alter table records.encounter
  add column gate_setting text check (gate_setting in ('off', 'treatment', 'examination'));
