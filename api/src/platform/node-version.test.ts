import { expect, it } from 'vitest';
import { assertNodeVersion } from './node-version.ts';

it('takes this Node.js and every newer one', () => {
  expect(() => assertNodeVersion()).not.toThrow();
  expect(() => assertNodeVersion('22.18.0')).not.toThrow();
  expect(() => assertNodeVersion('24.0.0')).not.toThrow();
});

it('refuses an older one and says what to do', () => {
  expect(() => assertNodeVersion('22.17.9')).toThrow('needs Node.js 22.18 or newer and this is 22.17.9');
  expect(() => assertNodeVersion('20.20.2')).toThrow('npm start');
});
