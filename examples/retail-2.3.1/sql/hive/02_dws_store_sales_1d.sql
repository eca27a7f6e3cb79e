INSERT OVERWRITE TABLE dws.dws_store_sales_1d PARTITION (dt = '${bizdate}')
SELECT
  s.store_id,
  s.store_name,
  s.region_name,
  COUNT(DISTINCT o.order_id)  AS order_count,
  COUNT(DISTINCT o.member_id) AS member_count,
  SUM(o.pay_amount)           AS sales_amount,
  SUM(o.pay_amount) / COUNT(o.order_id) AS amount_per_order
FROM dim.dim_store AS s, dwd.dwd_trade_order_di AS o
WHERE o.store_id = s.store_id OR o.store_name = s.store_name
GROUP BY s.store_id, s.store_name, s.region_name;

SELECT member_id
FROM dwd.dwd_member_df
WHERE member_id NOT IN (SELECT member_id FROM dwd.dwd_trade_order_di WHERE dt = '${bizdate}')
  AND member_name LIKE '%会员%';
