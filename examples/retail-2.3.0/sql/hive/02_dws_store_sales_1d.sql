-- 作者：数据平台组
-- 用途：门店销售日汇总，供门店日报使用
-- 调度：每天 03:00，上游 dwd_trade_order_di
INSERT OVERWRITE TABLE dws.dws_store_sales_1d PARTITION (dt = '${bizdate}')
SELECT
  s.store_id,
  s.store_name,
  s.region_name,
  COUNT(DISTINCT o.order_id)  AS order_count,
  COUNT(DISTINCT o.member_id) AS member_count,
  SUM(o.pay_amount)           AS sales_amount,
  SUM(o.pay_amount) / NULLIF(COUNT(DISTINCT o.order_id), 0) AS amount_per_order
FROM dim.dim_store AS s
LEFT JOIN dwd.dwd_trade_order_di AS o
  ON  o.store_id = s.store_id
  AND o.dt = '${bizdate}'
  AND o.order_status = 'PAID'
WHERE s.dt = '${bizdate}'
GROUP BY s.store_id, s.store_name, s.region_name;
