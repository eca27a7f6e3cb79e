-- 作者：数据应用组
-- 用途：区域内门店销售排名（本版改为先清后写）
DROP TABLE ads.ads_store_rank_tmp;

DELETE FROM ads.ads_store_rank;

INSERT INTO ads.ads_store_rank
SELECT
  t.dt，
  t.region_name,
  t.store_id,
  CASE WHEN t.sales_amount > 10000 THEN 'A'
FROM dws.dws_store_sales_1d AS t
WHERE (t.dt = '${bizdate}'
LIMIT 100;
