/** Which Node this command needs. Pure; read by every Node that can read anything. */
import { type Bilingual } from './language';

const oldest = [24, 11] as const;

export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

export function tooOldText(version: string): Bilingual {
  const wanted = oldest.join('.');
  return {
    en: `tributary needs Node ${wanted} or newer, and this is ${version}. In the repository: npm run -s tributary -- ...`,
    zh: `tributary 需要 Node ${wanted} 或更高版本，当前为 ${version}。在仓库中请使用：npm run -s tributary -- ...`,
  };
}
