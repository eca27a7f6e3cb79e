/** Texts in the encodings of the teams that write them, and bytes that are no text. */
import { decodeText } from './text';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('[Z-001] the text of an entry', () => {
  it.each<[string, Buffer, string, string]>([
    ['ASCII', Buffer.from('SELECT 1;'), 'SELECT 1;', 'utf-8'],
    ['nothing', Buffer.alloc(0), '', 'utf-8'],
    ['UTF-8', Buffer.from('订单表'), '订单表', 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeff订单'), '订单', 'utf-8'],
    ['UTF-8 with two marks: the second is a character', Buffer.from('\ufeff\ufeffa'), '\ufeffa', 'utf-8'],
    ['GBK, short', hex('b6a9 b5a5 b1ed'), '订单表', 'gb18030'],
    ['GB18030, four bytes', hex('b6a9 9439 da33'), '订\u{1f4a9}', 'gb18030'],
    ['GB18030 with a mark', hex('84319533 b6a9'), '订', 'gb18030'],
    ['UTF-16 little endian with a mark', hex('fffe a28b 5553'), '订单', 'utf-16le'],
    ['UTF-16 big endian with a mark', hex('feff 8ba2 5355'), '订单', 'utf-16be'],
  ])('%s', (_what, bytes, text, encoding) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it.each<[string, Buffer]>([
    ['UTF-8 and GBK mixed', Buffer.concat([Buffer.from('查询'), hex('ff b6a9')])],
    ['GBK that breaks off', hex('b6a9 b5')],
    ['a broken UTF-8 text with a mark', hex('efbbbf b6a9')],
    ['UTF-16 that breaks off', hex('fffe a28b 55')],
    ['UTF-16 with half a pair', hex('fffe 3dd8 4100')],
    ['an image', hex('ffd8ffe0 00104a46')],
  ])('%s is no text', (_what, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});
