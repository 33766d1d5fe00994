import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetDrafts, keepDraft, recallDraft } from './drafts.ts';

/** What a browser keeps, as a plain object: its keys are those of the entries. */
class Shelf {
  [key: string]: unknown;
  getItem(key: string): unknown {
    return this[key] ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', new Shelf());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a draft on this device', () => {
  it('is there for a day, and not after it', () => {
    keepDraft('prescription:ana:visit', { rows: ['x'] });

    vi.advanceTimersByTime(24 * 60 * 60 * 1_000 - 1);
    expect(recallDraft('prescription:ana:visit')).toEqual({ rows: ['x'] });
    expect(recallDraft('prescription:ben:visit')).toBeNull();
    vi.advanceTimersByTime(1);
    expect(recallDraft('prescription:ana:visit')).toBeNull();
  });

  it('goes when it is done, and with the sign-out; nothing else does', () => {
    localStorage.setItem('clinigraph.theme', 'dark');
    keepDraft('one', 'x');
    keepDraft('two', 'x');
    keepDraft('one', null);
    expect([recallDraft('one'), recallDraft('two')]).toEqual([null, 'x']);

    forgetDrafts();

    expect(Object.keys(localStorage)).toEqual(['clinigraph.theme']);
  });

  it('is none when the storage is shut or holds something else', () => {
    localStorage.setItem('clinigraph.draft:one', '{');
    expect(recallDraft('one')).toBeNull();
    vi.stubGlobal('localStorage', undefined);
    expect(recallDraft('one')).toBeNull();
    expect(() => {
      keepDraft('one', 'x');
      forgetDrafts();
    }).not.toThrow();
  });
});
