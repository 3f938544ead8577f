-- What the law binds to conditions that nothing here keeps yet cannot be written.

-- Diagnoses that tell of HIV; prescriptions for it go out under a pseudonym, which is not built.
-- Source: domain notes on regulations, §6.4 [C]; codes: ICD-10.
insert into prescriptions.icd_list (list, pattern, source)
select 'hiv', pattern, 'ICD-10; domain notes on regulations, §6.4: pseudonymised [C]'
from unnest('{B20-B24,Z21,R75,F02.4,O98.7}'::text[]) pattern;

insert into prescriptions.setting (key, value, source) values
  ('narcotic', 'blocked',
    'Circular 26/2025/TT-BYT as in the domain notes on regulations, §6.3 [C]: beds, undertaking, confirmation');

-- Codeine stands among the cough medicines of ATC, apart from the opioids.
insert into prescriptions.interaction (one, other, level, why_vi, why_en, source, certainty) values
  ('N05BA', 'R05DA04', 'warn', 'Benzodiazepin với codein: ức chế hô hấp',
    'A benzodiazepine with codeine: breathing may stop',
    'well-known pairs of product information; not read against one source', 'U')
  on conflict do nothing;
