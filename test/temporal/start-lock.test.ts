import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withStartLock } from '../../src/temporal/start-lock.js';
import { temporaryFolders } from '../support/temporary-folder.js';

const newFolder = temporaryFolders();

it('one goes after the other', async () => {
  const folder = await newFolder();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await new Promise((done) => setTimeout(done, 20));
    seen.push(`${name} ends`);
    return name;
  };
  const names = ['a', 'b', 'c'];
  expect(await Promise.all(names.map((name) => withStartLock(folder, work(name))))).toEqual(names);
  for (let at = 0; at < seen.length; at += 2) {
    expect(seen[at + 1]).toBe(seen[at]?.replace('begins', 'ends'));
  }
  expect(await readdir(folder)).toEqual([]);
});

it('is given back where the work fails', async () => {
  const folder = await newFolder();
  await expect(withStartLock(folder, () => Promise.reject(new Error('no server')))).rejects.toThrow('no server');
  expect(await withStartLock(folder, () => Promise.resolve('next'))).toBe('next');
});

it('passes over a holder that was killed', async () => {
  const folder = await newFolder();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await writeFile(join(folder, 'start.lock'), String(child.pid));
  expect(await withStartLock(folder, () => Promise.resolve('done'))).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['whose number another process has now', String(process.pid)],
  ['that was killed before it could write its number', ''],
])('passes over a holder %s', async (_name, text) => {
  const folder = await newFolder();
  const lock = join(folder, 'start.lock');
  await writeFile(lock, text);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  expect(await withStartLock(folder, () => Promise.resolve('done'))).toBe('done');
});
