import { firstSpoken } from './language';

it.each([
  [['zh-CN', 'en'], 'zh'],
  [['fr', 'zh-Hans-CN', 'en'], 'zh'],
  [['en-GB', 'zh'], 'en'],
  [['fr-FR'], 'en'],
  [[], 'en'],
  [['ZH'], 'zh'],
])('whoever wishes %j reads %s', (wishes, language) => {
  expect(firstSpoken(wishes)).toBe(language);
});
