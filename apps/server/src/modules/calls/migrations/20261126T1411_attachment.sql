-- Why: a photo or a spoken message is a message too. Its file carries the id of the message, so that sending twice is
-- one of both.
alter table calls.message drop constraint message_kind_check;
alter table calls.message add constraint message_kind_check check (kind in ('text', 'call_back', 'photo', 'voice'));
-- length of a spoken message, as the recorder counted it
alter table calls.message add column seconds int check (seconds between 0 and 130);
alter table calls.message add constraint message_voice_has_length check ((kind = 'voice') = (seconds is not null));
