/** The command `completion`. */
import { type CommandDefinition, type CommandTree } from '../command';

/** `tree` is asked for when the command runs: it is part of it. */
export const completionCommand = (tree: () => CommandTree): CommandDefinition => ({
  words: ['completion'],
  says: { en: 'Print a script that lets a shell complete commands and options', zh: '输出 shell 自动补全脚本' },
  arguments: [{ name: 'SHELL', says: { en: 'which shell', zh: '哪种 shell' }, choices: ['bash', 'zsh', 'fish'] }],
  examples: [
    { run: 'source <(tributary completion bash)', says: { en: 'bash, for this session', zh: 'bash，当前会话' } },
    { run: 'tributary completion zsh > "${fpath[1]}/_tributary"', says: { en: 'zsh', zh: 'zsh' } },
    { run: 'tributary completion fish > ~/.config/fish/completions/tributary.fish', says: { en: 'fish', zh: 'fish' } },
  ],
  load: async () => {
    const { printCompletion } = await import('../completion/completion');
    return (invocation) => printCompletion(invocation, tree());
  },
});
