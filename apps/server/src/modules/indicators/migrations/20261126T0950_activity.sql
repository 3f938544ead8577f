-- Why: what is counted is an activity; "act" was also the word for a transaction. Rows and rights stay as they are.
alter table indicators.act rename to activity;
select platform.rename_prefix('indicators.activity', 'act', 'activity');
alter policy act_own on indicators.activity rename to activity_own;
alter policy act_kept on indicators.activity rename to activity_kept;
select platform.rename_word('indicators.act', 'indicators.activity');
