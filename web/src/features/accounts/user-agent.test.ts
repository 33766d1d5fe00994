import { describe, expect, it } from 'vitest';
import { readUserAgent } from './user-agent.ts';

const nameOf = (userAgent: string | null): (string | null)[] => {
  const { browser, system } = readUserAgent(userAgent);
  return [browser, system];
};

describe("a device's name", () => {
  it('is its browser and its system', () => {
    const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

    expect(nameOf(`Mozilla/5.0 (X11; Linux x86_64) ${chrome}`)).toEqual(['Chrome', 'Linux']);
    expect(nameOf(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/141.0`)).toEqual(['Edge', 'Windows']);
    expect(nameOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0')).toEqual([
      'Firefox',
      'Mac',
    ]);
    expect(
      nameOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1'),
    ).toEqual(['Safari', 'iPhone']);
  });

  it('is empty for a program that says little of itself', () => {
    expect(nameOf('partner-sync/2')).toEqual([null, null]);
    expect(nameOf(null)).toEqual([null, null]);
  });

  it('knows a phone', () => {
    expect(readUserAgent('Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36').isPhone).toBe(true);
  });
});
