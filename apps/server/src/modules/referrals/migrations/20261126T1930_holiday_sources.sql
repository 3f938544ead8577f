-- Why: the source of a holiday stands on the screen of who keeps them, in Vietnamese.
update referrals.holiday set source = 'Bộ luật Lao động 45/2019/QH14, Điều 112'
where source = 'Labour Code 45/2019/QH14, Art. 112';
