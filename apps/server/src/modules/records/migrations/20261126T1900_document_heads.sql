-- Why: the head of an official paper (Decree 30/2020/NĐ-CP, Annex I) is data: it differs by unit and by kind of
-- document, changes with the map, and a paper filed yesterday keeps the head of yesterday.
create table records.document_head (
  id uuid primary key default uuidv7(),
  -- null: of every kind
  kind text references records.document_kind,
  -- the unit and all beneath it; null: of every unit
  facility_id uuid references facilities.facility,
  valid_from date not null,
  -- texts with places for {parent} {facility} {number} {place} {day} {month} {year} {kind} {title}
  head jsonb not null,
  source text not null,
  created_at timestamptz not null default now(),
  unique nulls not distinct (kind, facility_id, valid_from)
);
grant select on records.document_head to moinha_app;

insert into records.document_head (valid_from, head, source) values ('1900-01-01', '{
  "nation": "Cộng hòa xã hội chủ nghĩa Việt Nam",
  "motto": "Độc lập - Tự do - Hạnh phúc",
  "superior": "{parent}",
  "agency": "{facility}",
  "number": "Số: {number}",
  "placeAndDate": "{place}, ngày {day} tháng {month} năm {year}",
  "title": "{kind}",
  "recipients": ["Người bệnh", "Lưu: hồ sơ bệnh án"],
  "paper": "a4"
}', 'Decree 30/2020/NĐ-CP, Annex I');
