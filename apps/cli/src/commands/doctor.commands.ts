/** The command `doctor`. */
import { type CommandDefinition } from '../command';

export const doctorCommand: CommandDefinition = {
  words: ['doctor'],
  says: { en: 'See what is reachable, which versions, whether clocks agree, and what to do', zh: '诊断：可达性、版本、时钟，以及应对办法' },
  examples: [{ run: 'tributary doctor --url https://gate.example.com', says: { en: 'look at a server', zh: '诊断某个服务' } }],
  json: {
    en: '{ url, well, checks: [{ check, state: good|fair|bad, says, todo? }] }',
    zh: '{ url, well, checks: [{ check, state: good|fair|bad, says, todo? }] }',
  },
  load: async () => (await import('../doctor/doctor')).examine,
};
