-- A measurement dated beyond the calendar (year 9999 in a western offset) could be stored and closed its whole record to
-- every reader. The request refuses such a time now; what slipped in takes the time it was written down.

alter table records.observation disable trigger locked;
update records.observation set taken_at = recorded_at where taken_at < '1900-01-01' or taken_at >= '2201-01-01';
alter table records.observation enable trigger locked;

alter table records.observation add constraint observation_taken_in_our_times
  check (taken_at >= '1900-01-01' and taken_at < '2201-01-01');
