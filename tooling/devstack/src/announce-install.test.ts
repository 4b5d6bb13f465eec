import { expect, test } from 'vitest';
import { createAnnouncer } from './announce-install.ts';

const person = (...answers: string[]) => {
  const said: string[] = [];
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return answers.shift() ?? '';
  };
  return { said, asked, ask, tell: (text: string) => void said.push(text) };
};

test('a person is asked once, and is told of every install and its reason', async () => {
  const { said, asked, ask, tell } = person('');
  const announce = createAnnouncer(ask, tell);
  await announce('wine64', 'no mongod on PATH');
  await announce('redis-server', 'no redis-server on PATH');
  expect(asked).toHaveLength(1);
  expect(said).toEqual([
    '! no mongod on PATH\n  To be installed: wine64',
    '! no redis-server on PATH\n  To be installed: redis-server',
  ]);
});

test('a no installs nothing, and is no answer for the next time', async () => {
  const { asked, ask, tell } = person('n', 'no');
  const announce = createAnnouncer(ask, tell);
  await expect(announce('wine64', 'why')).rejects.toThrow('not installed: wine64');
  await expect(announce('wine64', 'why')).rejects.toThrow('not installed: wine64');
  expect(asked).toHaveLength(2);
});

test('where nobody can be asked it says so and goes on', async () => {
  const { said, tell } = person();
  await createAnnouncer(null, tell)('wine64', 'why');
  expect(said).toHaveLength(1);
});
