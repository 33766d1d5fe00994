import { describe, expect, it } from 'vitest';
import { movableClock } from './clock.ts';
import { SignedLinks } from './signed-links.ts';

const claims = {
  kind: 'prescription',
  clinicId: '0193a1b2-c3d4-8a00-9234-56789abcdef0',
  subjectId: '0193a1b2-c3d4-8a08-a234-56789abcdef1',
  askedBy: '0193a1b2-c3d4-8a20-b234-56789abcdef2',
};
const nine = new Date('2030-03-04T09:00:00.000Z');

const secret = 'a secret of this installation, long enough';
const linksAt = (instant = nine, of = secret) => new SignedLinks(of, movableClock(instant));

describe('a signed link', () => {
  it('says what it was signed for until its minutes are over', () => {
    const token = linksAt().sign(claims, 10);

    expect(token).toMatch(/^[\w-]{94}$/);
    expect(linksAt().read('prescription', token)).toEqual(claims);
    expect(linksAt(new Date('2030-03-04T09:09:59.999Z')).read('prescription', token)).toEqual(claims);
    expect(linksAt(new Date('2030-03-04T09:10:00.000Z')).read('prescription', token)).toBeNull();
  });

  it('opens no other kind of thing, and nothing at another installation', () => {
    const token = linksAt().sign(claims, 10);

    expect(linksAt().read('receipt', token)).toBeNull();
    expect(linksAt(nine, 'another secret, just as long as that one').read('prescription', token)).toBeNull();
  });

  it('is worth nothing with any one of its characters changed, cut or added', () => {
    const token = linksAt().sign(claims, 10);
    const changed = [...token].map(
      (letter, index) => token.slice(0, index) + (letter === 'A' ? 'B' : 'A') + token.slice(index + 1),
    );

    const forged = [...changed, token.slice(0, -1), `${token}A`, `${token}=`, `${token} `, '', 'x'];
    expect(forged.filter((text) => linksAt().read('prescription', text) !== null)).toEqual([]);
  });

  it('names things by ids alone', () => {
    expect(() => linksAt().sign({ ...claims, subjectId: 'Maria Santos' }, 10)).toThrow(TypeError);
  });
});
