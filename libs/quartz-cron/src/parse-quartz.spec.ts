import fc from 'fast-check';
import { neverFires, pacesOf } from './pace';
import { parseQuartz } from './parse-quartz';

describe('a Quartz expression', () => {
  it.each([
    '0 0 0 * * ? *',
    '0 0 0 * * ?',
    '0 0 0-23/1 * * ?',
    '0 0/30 0-23 * * ? *',
    '0 37 14 * * ? *',
    '0 0 22 30 * ?',
    '0 2 3 1,L,2 * ?',
    '0 16 20 ? * *',
    '0 0 2 L * ?',
    '0 0 2 L-3 * ?',
    '0 0 2 LW * ?',
    '0 0 2 15W * ?',
    '0 0 2 ? * 6L',
    '0 0 2 ? * FRIL',
    '0 0 2 ? * 2#1',
    '0 0 2 ? * mon-fri',
    '0 0 2 1 JAN,jul ? 2026-2030',
    '0 0 22-2 * * ?',
    '*/10 * * * * ?',
  ])('is accepted: %s', (text) => {
    expect(parseQuartz(text)).toMatchObject({ kind: 'cron' });
  });

  it.each([
    '',
    '0 2 * * *',
    '0 61 2 * * ?',
    '60 0 2 * * ?',
    '0 0 24 * * ?',
    '0 0 2 0 * ?',
    '0 0 2 32 * ?',
    '0 0 2 * 13 ?',
    '0 0 2 ? * 8',
    '0 0 2 ? * 0',
    '0 0 2 * * *',
    '0 0 2 ? * ?',
    '0 0 2 1 * 1',
    '0 0 2 * * ? 13',
    '0 0 2 * * ? 1969',
    '0 0 2 * * ? 2100',
    '0 0/60 2 * * ?',
    '0 */0 2 * * ?',
    '0 0 2 ? * 2#6',
    '0 0 2 ? * MON,FRIL',
    '0 0 2 L-31 * ?',
    '0 0 2 32W * ?',
    '0 a 2 * * ?',
    '0 0 2, * * ?',
    '0 0 1-2-3 * * ?',
    '? 0 2 * * ?',
    '0 0 2 * * ? * *',
    '０ 0 2 * * ?',
    '0 0 -1 * * ?',
  ])('is refused: %s', (text) => {
    expect(parseQuartz(text)).toMatchObject({ kind: 'broken' });
  });

  it('says what is wrong in both languages', () => {
    expect(parseQuartz('0 61 2 * * ?')).toMatchObject({
      problem: { message: { en: '61 is no value of the minutes (0-59)', zh: expect.stringContaining('分') } },
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789*?/-,LW# MONJA')) }), (text) =>
        ['cron', 'broken'].includes(parseQuartz(text).kind),
      ),
    );
  });

  it('is accepted with any values in range', () => {
    const time = fc.tuple(fc.nat(59), fc.nat(59), fc.nat(23), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(fc.property(time, (numbers) => parseQuartz(`${numbers.join(' ')} ?`).kind === 'cron'));
  });
});

describe('its pace', () => {
  it.each([
    ['* * * * * ?', ['second']],
    ['0 * * * * ?', ['minute']],
    ['0 0/30 * * * ?', ['minute', 'hour']],
    ['0 0 * * * ?', ['hour']],
    ['0 0 2,14 * * ?', ['hour', 'day']],
    ['0 0 2 * * ?', ['day']],
    ['0 0 2 ? * *', ['day']],
    ['0 0 2 ? * MON-FRI', ['day', 'week']],
    ['0 0 2 ? * MON', ['week']],
    ['0 0 2 ? * 2#1', ['month']],
    ['0 0 2 ? * 6L', ['month']],
    ['0 0 2 1 * ?', ['month']],
    ['0 0 2 L-3 * ?', ['month']],
    ['0 0 2 1 1,4,7,10 ?', ['month', 'quarter', 'year']],
    ['0 0 2 1 1 ?', ['year']],
    ['0 0 2 1 1 ? 2026', ['once']],
  ])('%s: %j', (text, paces) => {
    const parsed = parseQuartz(text);
    expect(parsed.kind === 'cron' && pacesOf(parsed.fields)).toEqual(paces);
  });

  it.each([
    ['0 0 2 31 2 ?', true],
    ['0 0 2 30 FEB ?', true],
    ['0 0 2 31 APR ?', true],
    ['0 0 2 29 2 ?', false],
    ['0 0 2 31 * ?', false],
    ['0 0 2 31 2,3 ?', false],
  ])('%s never fires: %s', (text, never) => {
    const parsed = parseQuartz(text);
    expect(parsed.kind === 'cron' && neverFires(parsed.fields)).toBe(never);
  });
});
