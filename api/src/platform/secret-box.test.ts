import { describe, expect, it } from 'vitest';
import { hashToken, SecretBox } from './secret-box.ts';

const box = new SecretBox('a secret of this installation, long enough');

describe('a sealed secret', () => {
  it('opens to what was sealed, and looks different every time', () => {
    const [one, other] = [box.seal('JBSWY3DPEHPK3PXP', 'ana'), box.seal('JBSWY3DPEHPK3PXP', 'ana')];

    expect(box.open(one, 'ana')).toBe('JBSWY3DPEHPK3PXP');
    expect(one).not.toBe(other);
    expect(one).not.toContain('JBSWY3DP');
  });

  it('opens for its owner alone, with the installation’s own secret, unchanged', () => {
    const sealed = box.seal('JBSWY3DPEHPK3PXP', 'ana');
    const changed = sealed.slice(0, -4) + (sealed.at(-4) === 'A' ? 'B' : 'A') + sealed.slice(-3);

    expect(() => box.open(sealed, 'ben')).toThrow('unable to authenticate data');
    expect(() => new SecretBox('another secret, just as long as that one').open(sealed, 'ana')).toThrow(
      'unable to authenticate data',
    );
    expect(() => box.open(changed, 'ana')).toThrow('unable to authenticate data');
  });
});

describe('the token of a link', () => {
  it('is the same for the same row, another for another row or installation', () => {
    expect(box.linkToken('row-1')).toBe(box.linkToken('row-1'));
    expect(box.linkToken('row-1')).not.toBe(box.linkToken('row-2'));
    expect(box.linkToken('row-1')).not.toBe(new SecretBox('another secret, just as long').linkToken('row-1'));
    expect(box.linkToken('row-1')).toHaveLength(43);
  });

  it('is kept as a hash that does not show it', () => {
    expect(hashToken('token')).toBe('3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0');
  });
});
