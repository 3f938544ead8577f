-- Why: not everybody in a room speaks. What a member may send and hear is kept with the membership, and the media
-- server's token follows it: a speaker sends and hears, a listener only hears, a helper mends somebody's devices and
-- hears nobody, a recorder hears unseen.
alter table calls.member add column media_role text not null default 'speaker'
  check (media_role in ('speaker', 'listener', 'helper', 'recorder'));
