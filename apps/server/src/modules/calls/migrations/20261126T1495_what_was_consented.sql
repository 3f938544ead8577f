-- Why: a consent can be proved only with the text that was read, who said it, and for whom (REQ-PD-01).
alter table calls.recording_consent
  -- the text of the question, by its number in domain/consent-text.ts; none for whoever asked: they are not asked
  add column text_version smallint check (text_version >= 1),
  -- the account that spoke; before now that was always the member
  add column said_by uuid,
  -- the patient for whom a relative answered
  add column on_behalf_of uuid;

update calls.recording_consent c set
  said_by = c.person_id,
  text_version = case when c.person_id = r.asked_by then null else 1 end
from calls.recording r where r.id = c.recording_id;
