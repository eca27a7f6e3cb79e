import { isSecretReference, mask, maskSecrets, secretsIn } from './masking';

const secret = 'Xk29-plain-S3cret';

describe('[Z-002] secrets are masked as whole values', () => {
  it.each([
    ['a connector property', `WITH ('connector' = 'jdbc', 'password' = '${secret}')`],
    ['double quotes', `"password": "${secret}"`],
    ['JSON inside a string', `{\\"password\\": \\"${secret}\\"}`],
    ['no quotes', `export DB_PASSWORD=${secret}`],
    ['a setting', `SET fs.s3a.secret.key=${secret};`],
    ['an option list', `OPTIONS ('sfPassword', '${secret}')`],
    ['a command line', `mysql --password ${secret} -h db`],
    ['an arrow', `dbms.setup(password => '${secret}')`],
    ['IDENTIFIED BY', `CREATE USER etl IDENTIFIED BY '${secret}'`],
    ['IDENTIFIED WITH a plugin', `CREATE USER etl IDENTIFIED WITH mysql_native_password BY '${secret}'`],
    ['PASSWORD without a sign', `CREATE ROLE etl LOGIN PASSWORD '${secret}'`],
    ['a JDBC query', `jdbc:mysql://db:3306/x?user=etl&password=${secret}&useSSL=true`],
    ['credentials in a URL', `postgres://etl:${secret}@db:5432/x`],
    ['an Oracle URL', `jdbc:oracle:thin:etl/${secret}@db:1521:x`],
    ['a Chinese name', `密码：${secret}`],
    ['an access key', `'fs.oss.accessKeySecret'='${secret}'`],
    ['AK and SK', `ak='${secret}', sk='${secret}'`],
    ['a header', `curl -H "Authorization: Bearer ${secret}"`],
    ['curl -u', `curl -u etl:${secret} http://db`],
    ['an unclosed quote', `password = '${secret}`],
    ['a doubled quote inside', `password = '${secret}''more-${secret}'`],
    ['an escaped quote inside', `password = '${secret}\\'more-${secret}'`],
  ])('%s', (_, text) => {
    const shown = maskSecrets(text);
    expect(shown).not.toContain(secret);
    expect(shown).toContain(mask);
  });

  it.each(['AKIAIOSFODNN7EXAMPLE', 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', 'LTAI4FzTExampleAbcdef', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'])(
    '%s stands alone',
    (key) => {
      expect(maskSecrets(`x ${key} y`)).toBe(`x ${mask} y`);
    },
  );

  it('keeps what only points at a secret, and everything around', () => {
    const kept = [
      `'password' = '\${db_password}'`,
      "password = '{{ vault.pw }}'",
      'password VARCHAR(50) NOT NULL',
      'SELECT token_count FROM t',
      'pw = ?',
      "'password' = ''",
    ];
    for (const text of kept) expect(maskSecrets(text)).toBe(text);
    expect(maskSecrets(`a, 'password' = '${secret}', b`)).toBe(`a, 'password' = '${mask}', b`);
  });

  it('masks what the same file reveals elsewhere', () => {
    const known = secretsIn(`'password' = '${secret}'; 'token' = 'abc'`);
    expect(known).toEqual([secret]);
    expect(maskSecrets(`SELECT '${secret}'`, known)).toBe(`SELECT '${mask}'`);
  });

  it('is idempotent', () => {
    const once = maskSecrets(`'password' = '${secret}', url = 'http://a:${secret}@h/'`);
    expect(maskSecrets(once)).toBe(once);
  });
});

it.each([
  ['${pw}', true],
  ['{{ pw }}', true],
  ['?', true],
  ['', true],
  ['***', true],
  ['hunter2', false],
  ['x${pw}', false],
])('%p is a reference: %p', (value, expected) => {
  expect(isSecretReference(value)).toBe(expected);
});
