-- 作者：数据应用组
-- 用途：区域内门店销售排名，大屏与门店日报共用
CREATE TABLE IF NOT EXISTS ads.ads_store_rank (
  dt            DATE          NOT NULL COMMENT '业务日期',
  region_name   VARCHAR(64)   NOT NULL COMMENT '区域',
  store_id      VARCHAR(32)   NOT NULL COMMENT '门店编号',
  store_name    VARCHAR(128)           COMMENT '门店名称',
  sales_amount  DECIMAL(18,2)          COMMENT '销售额（元）',
  sales_rank    INT                    COMMENT '区域内排名'
)
PRIMARY KEY (dt, region_name, store_id)
DISTRIBUTED BY HASH (store_id) BUCKETS 8
PROPERTIES ("replication_num" = "3");

INSERT INTO ads.ads_store_rank (dt, region_name, store_id, store_name, sales_amount, sales_rank)
SELECT
  CAST('${bizdate}' AS DATE),
  t.region_name,
  t.store_id,
  t.store_name,
  t.sales_amount,
  RANK() OVER (PARTITION BY t.region_name ORDER BY t.sales_amount DESC) AS sales_rank
FROM dws.dws_store_sales_1d AS t
WHERE t.dt = '${bizdate}';
