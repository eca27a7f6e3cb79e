-- 作者：数据应用组
-- 用途：门店日报的报表配置与收件人
CREATE TABLE IF NOT EXISTS report_config (
  report_code  VARCHAR(64)  NOT NULL COMMENT '报表编码',
  report_name  VARCHAR(128) NOT NULL COMMENT '报表名称',
  receivers    VARCHAR(512) NOT NULL COMMENT '收件人，逗号分隔',
  enabled      TINYINT      NOT NULL DEFAULT 1 COMMENT '是否启用',
  PRIMARY KEY (report_code)
) COMMENT = '报表配置';

INSERT INTO report_config (report_code, report_name, receivers, enabled)
VALUES ('STORE_DAILY', '门店日报', 'store-managers', 1);

UPDATE report_config
SET    report_name = '门店经营日报'
WHERE  report_code = 'STORE_DAILY';
