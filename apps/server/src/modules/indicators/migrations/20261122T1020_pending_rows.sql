-- Why: a row whose meaning the source leaves open says so wherever its number stands.
alter table indicators.form_row add column pending boolean not null default false;
update indicators.form_row set pending = true where form_key = 'kon-tum-annex-2024' and no = '3';
