import { edited, ended, isEditable, isUnderWay, resumed, started, type UploadEntry } from './upload-entry';

const draft: UploadEntry = {
  id: '1',
  file: new File(['PK'], 'retail-1.zip'),
  product: 'retail',
  version: '1',
  policy: undefined,
  idempotencyKey: 'k1',
  resumed: 0,
  state: { kind: 'draft' },
};

it('keeps its key while it is the same upload, so that a retry makes no second task', () => {
  const lost = ended(started(draft, 'fast', 'k2'), new Error('lost'), true);
  expect(lost.state.kind).toBe('interrupted');
  expect(resumed(lost).idempotencyKey).toBe('k1');
  const failed = ended(resumed(lost), new Error('no'), false);
  expect(started(failed, 'fast', 'k2').idempotencyKey).toBe('k1');
});

it('gets another key when it becomes another upload', () => {
  const failed = ended(started(draft, 'fast', 'k2'), new Error('no'), false);
  expect(started(failed, undefined, 'k2').idempotencyKey).toBe('k2');
  expect(edited(failed, { version: '2' }, 'k3')).toMatchObject({ idempotencyKey: 'k3', version: '2', state: { kind: 'draft' } });
});

it('does not go on by itself for ever', () => {
  let entry = started(draft, undefined, 'k2');
  for (let n = 0; n < 10 && entry.state.kind !== 'failed'; n++) entry = ended(resumed(entry), new Error('lost'), true);
  expect([entry.state.kind, entry.resumed]).toEqual(['failed', 4]);
});

it('can be changed before it starts and after it failed', () => {
  const queued = started(draft, undefined, 'k');
  expect([draft, queued, ended(queued, new Error('x'), false)].map((entry) => [isEditable(entry), isUnderWay(entry)])).toEqual([
    [true, false],
    [false, true],
    [true, false],
  ]);
});
