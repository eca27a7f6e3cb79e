/** Which account the server runs under. PostgreSQL refuses to run as root, so root lends it an unprivileged one. */
import { readFile, stat } from 'node:fs/promises';
import { runsAsRoot } from '../config';
import { LocalRuntimeError } from '../local-runtime-error';
import { runProgram, type Account } from '../run-program';

/** Accounts that exist on nearly every system, in the order in which we would borrow them. */
const borrowed = ['postgres', 'tributary', 'nobody'];

/** undefined: ourselves. As root: whoever owns the folder's cluster already, else an account to borrow, else one that we create. */
export async function serverAccount(clusterDir: string): Promise<Account | undefined> {
  if (!runsAsRoot()) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = findAccount(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (account !== undefined) return account;
  await runProgram({ command: 'useradd', args: ['--system', '--no-create-home', '--shell', '/bin/false', 'tributary'] });
  const created = findAccount(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (created !== undefined) return created;
  throw new LocalRuntimeError('NO_UNPRIVILEGED_USER', 'PostgreSQL does not run as root, and there is no other account to run it as', {
    en: 'Start Tributary as an ordinary user, or create one: useradd --system tributary',
    zh: '请以普通用户启动 Tributary，或创建一个账号：useradd --system tributary',
  });
}

/** The first of the borrowed names in the text of /etc/passwd that is not root. */
export function findAccount(passwd: string): Account | undefined {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  for (const name of borrowed) {
    const row = rows.find(([first]) => first === name);
    const account = { uid: Number(row?.[2]), gid: Number(row?.[3]) };
    if (account.uid > 0 && Number.isInteger(account.gid)) return account;
  }
  return undefined;
}

/** Whether the account can pass all folders above and use the path itself (`x` a program or folder, `w` a folder to write to). Always true for ourselves. */
export async function canUse(path: string, permission: 'x' | 'w', as: Account | undefined): Promise<boolean> {
  if (as === undefined) return true;
  const result = await runProgram({ command: '/bin/sh', args: ['-c', `test -${permission} "$1"`, 'sh', path], as, timeoutMs: 5_000 });
  return result.code === 0;
}
