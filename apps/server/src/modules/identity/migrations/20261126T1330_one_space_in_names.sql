-- Why: two spaces in a name look like one, and made its person another one to the search, to the question whether
-- somebody is registered already, and to a staff sheet. Names are typed with one space from now on; those that stand
-- are closed up. A patient's copy, and the name a list finds it by, follow by trigger and key. What was filed or signed
-- keeps the name it was filed with.
update identity.person set full_name = btrim(regexp_replace(full_name, ' {2,}', ' ', 'g')) where full_name ~ ' {2,}';
