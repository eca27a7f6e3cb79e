-- 作者：数据平台组
-- 用途：交易订单明细，每日增量入仓
-- 调度：每天 02:00，上游 ods_trade_order_di
CREATE TABLE IF NOT EXISTS dwd.dwd_trade_order_di (
  order_id      STRING        COMMENT '订单编号',
  store_id      STRING        COMMENT '门店编号',
  member_id     STRING        COMMENT '会员编号',
  pay_amount    DECIMAL(18,2) COMMENT '实付金额（元）',
  goods_count   BIGINT        COMMENT '商品件数',
  order_status  STRING        COMMENT '订单状态：PAID 已支付，REFUNDED 已退款',
  paid_at       TIMESTAMP     COMMENT '支付时间'
) COMMENT '交易订单明细（日增量）'
PARTITIONED BY (dt STRING COMMENT '业务日期')
STORED AS ORC;

INSERT OVERWRITE TABLE dwd.dwd_trade_order_di PARTITION (dt = '${bizdate}')
SELECT
  o.order_id,
  o.store_id,
  o.member_id,
  CAST(o.pay_amount AS DECIMAL(18,2)) AS pay_amount,
  o.goods_count,
  o.order_status,
  o.paid_at
FROM ods.ods_trade_order_di AS o
WHERE o.dt = '${bizdate}'
  AND o.order_id IS NOT NULL;
