import fc from 'fast-check';
import { checkWedata } from './check';
import { createTask, triggerWorkflow } from './example';

const seed = JSON.stringify([
  createTask({
    base: { TaskId: '1' },
    schedule: {
      UpstreamDependencyConfigList: [
        {
          TaskId: '2',
          MainCyclicConfig: 'RANGE_DAY',
          Offset: '-1,0',
          DependencyStrategy: { PollingNullStrategy: 'EXECUTING', TaskDependencyExecutingStrategies: ['PARENT_TIMEOUT'] },
        },
      ],
      EventListenerList: [{ EventName: 'e', EventSubType: 'DAY', EventBroadcastType: 'SINGLE' }],
      ParamTaskInList: [{ ParamKey: 'k', FromTaskId: '2', FromParamKey: 'v' }],
    },
  }),
  triggerWorkflow({ FileNamePattern: 'a*' }),
]);

/** The seed with one of its values replaced by any other. */
const mutated = fc.tuple(fc.nat(), fc.jsonValue()).map(([pick, value]) => {
  const document: unknown = JSON.parse(seed);
  const holders: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      holders.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(document);
  const [holder, key] = holders[pick % holders.length]!;
  holder[key] = value;
  return JSON.stringify(document);
});
const damaged = fc
  .tuple(fc.nat(), fc.string({ maxLength: 3 }))
  .map(([at, text]) => seed.slice(0, at % seed.length) + text + seed.slice((at % seed.length) + 1));
const anything = fc.tuple(fc.constantFrom('a.json', 'wedata.yml', 'resources/tasks/a.yml'), fc.oneof(mutated, damaged, fc.string(), fc.json()));

describe('whatever a file holds', () => {
  it('checking it does not throw and gives the same answer twice', () => {
    const once = (path: string, text: string) => JSON.stringify(checkWedata({ path, text, uploadedAt: 1_790_000_000_000 }));
    fc.assert(
      fc.property(anything, ([path, text]) => once(path, text) === once(path, text)),
      { numRuns: 400 },
    );
  });

  it('pointers resolve and ranges lie in the text', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, damaged), (text) =>
        checkWedata({ path: 'a.json', text }).findings.every(({ location: { pointer, range } }) => {
          const steps = (pointer ?? '')
            .split('/')
            .slice(1)
            .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
          const found = pointer === undefined || steps.reduce<any>((node, step) => node?.[step], JSON.parse(text)) !== undefined;
          return found && range !== undefined && range.endLine <= text.split('\n').length;
        }),
      ),
      { numRuns: 400 },
    );
  });

  it('a sound task put in front changes no fingerprint', () => {
    const sound = createTask({ base: { TaskName: 'put in front', TaskId: '77', WorkflowId: 'another' } });
    const prints = (document: unknown) =>
      checkWedata({ path: 'a.json', text: JSON.stringify(document) })
        .findings.map(({ fingerprint }) => fingerprint)
        .sort();
    fc.assert(
      fc.property(mutated, (text) => {
        const document = JSON.parse(text) as unknown;
        return !Array.isArray(document) || JSON.stringify(prints([sound, ...document])) === JSON.stringify(prints(document));
      }),
    );
  });
});
