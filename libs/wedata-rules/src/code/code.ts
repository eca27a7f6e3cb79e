/** The code inside a task: decoded, and with its comments taken away where a rule looks for what runs. */
import { decodeBase64 } from './base64';

export type DecodedCode = { readonly kind: 'code'; readonly text: string } | { readonly kind: 'not-base64' } | { readonly kind: 'not-utf8' };

export function decodeCode(encoded: string): DecodedCode {
  const bytes = decodeBase64(encoded);
  if (!bytes) return { kind: 'not-base64' };
  try {
    return { kind: 'code', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'not-utf8' };
  }
}

/** Comments blanked out, line breaks kept; quoted texts stay as they are. */
export function withoutComments(text: string, language: 'sql' | 'script'): string {
  const parts =
    language === 'sql' ? /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`|--[^\n]*|\/\*[^]*?(?:\*\/|$)/g : /'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g;
  return text.replace(parts, (part) => (/^(?:--|\/\*|#)/.test(part) ? part.replace(/[^\n]/g, ' ') : part));
}
