/** Sizes, durations and moments as people read them in their language. Pure: the moment's time zone is the reader's. */
import { type Language, tagOf } from './language';

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 1 500 is 1.5 kB. */
export function formatBytes(bytes: number): string {
  const exponent = bytes < 1_000 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** exponent;
  return `${exponent === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1)} ${sizeUnits[exponent] ?? ''}`;
}

interface Units {
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  /** With nothing smaller behind it. */
  readonly minutes: string;
  readonly h: string;
  readonly d: string;
}
const unitsOf: Readonly<Record<Language, Units>> = {
  en: { ms: ' ms', s: ' s', min: ' min', minutes: ' min', h: ' h', d: ' d' },
  zh: { ms: ' 毫秒', s: ' 秒', min: ' 分', minutes: ' 分钟', h: ' 小时', d: ' 天' },
};

/** At most two units, the smaller one left out when it is nothing: `1 min 20 s`, `24 h`, `500 ms`. */
export function formatDuration(ms: number, language: Language): string {
  const unit = unitsOf[language];
  if (ms < 1_000) return `${String(Math.round(ms))}${unit.ms}`;
  if (ms < 10_000) return `${String(Math.round(ms / 100) / 10)}${unit.s}`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${String(seconds)}${unit.s}`;
  if (seconds < 3_600) return seconds % 60 === 0 ? `${String(seconds / 60)}${unit.minutes}` : two(seconds, 60, unit.min, unit.s);
  const minutes = Math.round(seconds / 60);
  return minutes <= 48 * 60 ? two(minutes, 60, unit.h, unit.min) : two(Math.round(minutes / 60), 24, unit.d, unit.h);
}

function two(amount: number, per: number, large: string, small: string): string {
  const rest = amount % per;
  return `${String(Math.floor(amount / per))}${large}${rest === 0 ? '' : ` ${String(rest)}${small}`}`;
}

/** A countdown in whole seconds that never shows nothing before its time: `9 s`, `1:05`, `1:02:03`. */
export function formatCountdown(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 60) return `${String(seconds)}${unitsOf[language].s}`;
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Date and time; `precise` shows milliseconds of the time alone. */
export function formatMoment(instant: string, language: Language, precise = false): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false } as const;
  const shape = precise ? ({ ...time, fractionalSecondDigits: 3 } as const) : ({ ...time, year: 'numeric', month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(tagOf[language], shape).format(at);
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(tagOf[language]).format(value);
}
