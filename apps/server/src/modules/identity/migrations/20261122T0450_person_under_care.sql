-- Why: who cares for a patient sees the person row too; `records.may_see` is the one answer to "who may see this patient".
create policy under_care on identity.person for select to moinha_app using (platform.actor_kind() = 'staff' and records.may_see(id));
