import fc from 'fast-check';
import { decodeBase64 } from './base64';
import { decodeCode, withoutComments } from './code';

describe('base64', () => {
  it('is decoded like Buffer does it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each(['%%% this is no base64 %%%', 'abc', 'ab=c', 'a===', 'ab cd', 'abc-', 'abc_', 'YWJj\n', '===='])('is not %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it('must be UTF-8 inside', () => {
    expect(decodeCode('tqnWpA==')).toEqual({ kind: 'not-utf8' });
    expect(decodeCode('6K6i5Y2V')).toEqual({ kind: 'code', text: '订单' });
  });
});

describe('comments', () => {
  it('of SQL go, texts stay', () => {
    expect(withoutComments("select '--x' -- ${YYYY}\n/* ${MM}\n*/ from t", 'sql')).toBe("select '--x'           \n        \n   from t");
  });

  it('of scripts go, texts and ${#x} stay', () => {
    expect(withoutComments('#!/bin/sh\necho "# no" # yes\necho ${#x}', 'script')).toBe('         \necho "# no"      \necho ${#x}');
  });
});
