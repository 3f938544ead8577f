-- Why: a photo may say which camera of the visit took it, and when, so that it is told apart from one a person chose.
alter table calls.message drop constraint message_check;
alter table calls.message add constraint message_text_where_said check (
  case kind when 'text' then text is not null when 'photo' then true else text is null end
);
