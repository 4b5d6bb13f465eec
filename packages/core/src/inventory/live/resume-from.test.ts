import { describe, expect, it } from 'vitest';
import { resumeFrom } from './resume-from.ts';

const steps = [
  { from: 'e.1', id: 'e.4' },
  { from: 'e.4', id: 'e.5' },
  { from: 'e.5', id: 'e.9' },
];

describe('who comes back', () => {
  it('is sent nothing when nothing happened', () => {
    expect(resumeFrom('e.9', 'e.9', [])).toEqual({ kind: 'nothing_missed' });
  });
  it('is sent what came after what they have', () => {
    expect(resumeFrom('e.4', 'e.9', steps)).toEqual({ kind: 'steps', first: 1 });
  });
  it.each([
    ['for the first time', null],
    ['with a version that is forgotten', 'e.0'],
    ['with a version between two deltas, as another process cuts them', 'e.7'],
    ['with another epoch', 'f.4'],
    ['with what is no id of ours', 'nonsense'],
  ])('%s gets a snapshot', (_, lastId) => {
    expect(resumeFrom(lastId, 'e.9', steps)).toEqual({ kind: 'snapshot' });
  });
  it('gets a snapshot when the deltas do not lead to where the event is', () => {
    expect(resumeFrom('e.4', 'f.1', steps)).toEqual({ kind: 'snapshot' });
  });
});
