import { languageOfTerminal } from '@tributary/service-kit';
import { ArgumentError, helpText, readArguments } from './arguments';

it('has defaults', () => {
  expect(readArguments([], {}, '/here')).toEqual({ help: false, dataFolder: '/here/.tributary' });
});

it('takes an empty variable for none', () => {
  expect(readArguments([], { TRIBUTARY_DATA_DIR: '' }, '/here').dataFolder).toBe('/here/.tributary');
  expect(readArguments([], { TRIBUTARY_DATA_DIR: 'there' }, '/here').dataFolder).toBe('/here/there');
});

it('explains the same options in both languages', () => {
  const options = (text: string): readonly string[] => text.match(/--?[a-z]+|TRIBUTARY_\w+/g) ?? [];
  expect(options(helpText.zh)).toEqual(options(helpText.en));
  expect(languageOfTerminal({ LC_ALL: '', LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect([languageOfTerminal({ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }), languageOfTerminal({})]).toEqual(['en', 'en']);
});

it('takes a port and a folder, relative to where it was started', () => {
  expect(readArguments(['--port', '9090', '--data', 'my data'], {}, '/here')).toEqual({ help: false, dataFolder: '/here/my data', port: 9090 });
});

it.each([[['--port', 'x']], [['--port', '70000']], [['--prot', '1']], [['stray']]])('refuses %j with a sentence', (argv) => {
  expect(() => readArguments(argv, {}, '/')).toThrow(ArgumentError);
});
