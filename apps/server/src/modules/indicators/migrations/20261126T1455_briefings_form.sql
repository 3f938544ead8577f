-- Why: the plan of Hoài Nhơn (2023) counts briefings held with the stations and how its units ask and answer. A form is
-- data: this one reaches databases in use as well as new ones. What the plan counts and nothing here does yet, new
-- accounts of citizens, has no row.
insert into indicators.form (key, name_vi, name_en, source, period, due_before_day, valid)
values ('hoai-nhon-2023', 'Chỉ tiêu thực hiện kế hoạch khám chữa bệnh từ xa thị xã Hoài Nhơn',
  'Targets of the remote care plan of Hoài Nhơn', 'Kế hoạch TTYT thị xã Hoài Nhơn 2023', 'month', 28, '[2023-02-01,)');

insert into indicators.form_row (form_key, no, position, label_vi, label_en, unit_text, reporting_unit, formula, note)
values
  ('hoai-nhon-2023', '1', 0, 'Số buổi giao ban trực tuyến đã tổ chức', 'Online briefings held', 'Buổi',
    'Đơn vị tổ chức', '{"type": "count", "filter": {"kinds": ["briefing_held"]}}',
    'Tính buổi có đơn vị tổ chức và ít nhất một đơn vị khác dự. Kế hoạch yêu cầu ít nhất 12 buổi một năm.'),
  ('hoai-nhon-2023', '2', 1, 'Số lượt đơn vị dự giao ban trực tuyến', 'Attendances of online briefings', 'Lượt',
    'Đơn vị dự', '{"type": "count", "filter": {"kinds": ["briefing_attended"]}}', null),
  ('hoai-nhon-2023', '3', 2, 'Số buổi sinh hoạt chuyên môn đã tổ chức', 'Professional sessions held', 'Buổi',
    'Đơn vị tổ chức', '{"type": "count", "filter": {"kinds": ["professional_session_held"]}}', null),
  ('hoai-nhon-2023', '4', 3, 'Số lượt xin ý kiến tuyến trên', 'Requests to the upper level', 'Lượt',
    'TYT, TTYT', '{"type": "count", "filter": {"kinds": ["consult"]}}', null),
  ('hoai-nhon-2023', '5', 4, 'Số lượt trả lời tuyến dưới', 'Answers to the lower level', 'Lượt',
    'TTYT, bệnh viện', '{"type": "count", "filter": {"kinds": ["consult_answer"]}}', null),
  ('hoai-nhon-2023', '6', 5, 'Số tin sức khỏe đã gửi', 'Health information sent', 'Tin',
    'Đơn vị gửi', '{"type": "count", "filter": {"kinds": ["news_published"]}}', null);
