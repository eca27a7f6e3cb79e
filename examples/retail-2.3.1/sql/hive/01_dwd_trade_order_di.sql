-- 作者：数据平台组
-- 用途：交易订单明细，每日增量入仓
-- 缺陷：覆盖写入未指定分区，且从自身读取；写死日期；列未命名
SET hive.mapred.mode=nonstrict;

INSERT OVERWRITE TABLE dwd.dwd_trade_order_di
SELECT *
FROM dwd.dwd_trade_order_di AS o
WHERE o.dt = '2024-11-11'
  AND o.member_id = NULL;
