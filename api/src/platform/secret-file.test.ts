import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { keptSecret } from './secret-file.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clinigraph-secret-'));
const file = path.join(folder, 'deep', 'secret');

afterEach(() => fs.rmSync(path.join(folder, 'deep'), { recursive: true, force: true }));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('is made once and kept', () => {
  const secret = keptSecret(file);

  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(keptSecret(file)).toBe(secret);
  expect(fs.readdirSync(path.dirname(file))).toEqual(['secret']);
});

it('is readable by its owner alone', () => {
  keptSecret(file);

  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

it('is refused when the file is empty', () => {
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, '\n');

  expect(() => keptSecret(file)).toThrow('is empty');
});
