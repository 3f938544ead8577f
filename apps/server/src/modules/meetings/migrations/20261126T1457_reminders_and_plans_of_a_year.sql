-- Why: an organiser says of a meeting how long before it is reminded of; a unit keeps how many briefings its plan asks
-- for in a year, with where that stands, and whether invitations also go out as texts, which cost money.
alter table meetings.meeting add remind jsonb;
alter table meetings.setting
  add text_invitations boolean not null default false,
  add briefings_a_year int check (briefings_a_year between 1 and 366),
  add briefings_source text not null default '';
