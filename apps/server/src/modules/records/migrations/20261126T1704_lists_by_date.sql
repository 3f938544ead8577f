-- Why: a new circular brings a new list from a day on, and the old one stays known for the days before: a row is
-- one of its day. Rows that were to begin later and never did have an empty range.
alter table records.tele_allowed_icd drop constraint tele_allowed_icd_position_key;
alter table records.tele_allowed_icd
  add constraint tele_allowed_icd_of_day exclude using gist (position with =, valid with &&);
