import { describe, expect, it } from 'vitest';
import { printable } from './fonts.ts';
import { paperAsked } from './paper.ts';
import { renderPdf, type PdfDefinition } from './render-pdf.ts';

const definition: PdfDefinition = { paper: 'a5', title: 'A test', language: 'en', content: ['Words'] };

/** Pages by their size in points, as the file itself says. */
const pagesOf = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} × ${Math.round(Number(height))}`,
  );

describe('what can be printed', () => {
  it('is Latin with all its accents, Greek, Cyrillic, Devanagari, and the signs of currencies', () => {
    for (const text of ['Nguyễn Thị Hằng', 'Ångström, ½ µg', 'Γιώργος', 'Иванов', 'नमस्ते क्षत्रिय', '₱ ₹ € ₦ ₫ ℞', 'a\nb'])
      expect(printable(text)).toBe(text);
  });

  it('is spelled out where a sign is missing, and never leaves one out', () => {
    expect(printable('if ≥ 38\u00a0°C →\tcall')).toBe('if >= 38\u00a0°C -> call');
    expect(printable('1 ☀️ 1 🌙')).toBeNull();
  });

  it('is not a script without a font: whoever asks says so in its place', () => {
    for (const text of ['السلام', 'สวัสดี', '你好', 'தமிழ்', 'বাংলা', 'שלום', 'Dr. 你'])
      expect(printable(text)).toBeNull();
  });
});

describe('a document', () => {
  it('comes on the paper that was asked for; a roll is as long as what is on it', async () => {
    expect(pagesOf(await renderPdf(definition))).toEqual(['420 × 595']);
    expect(pagesOf(await renderPdf({ ...definition, paper: 'a4' }))).toEqual(['595 × 842']);
    const [short = '', long = ''] = await Promise.all(
      [1, 40].map(async (count) => {
        const pages = pagesOf(await renderPdf({ ...definition, paper: 'roll', content: Array(count).fill('Line') }));
        return pages.join();
      }),
    );
    expect([short, long].map((size) => size.split(' × ')[0])).toEqual(['227', '227']);
    expect(Number(long.split(' × ')[1])).toBeGreaterThan(10 * Number(short.split(' × ')[1]));
  });

  it('runs over as many pages as it needs', async () => {
    expect(pagesOf(await renderPdf({ ...definition, content: Array(100).fill('Line') }))).toHaveLength(3);
  });

  it('opens no file and no address that it names', async () => {
    const images = ['/etc/hostname', 'http://127.0.0.1:9/x.png'];

    for (const image of images)
      await expect(renderPdf({ ...definition, content: [{ image }] })).rejects.toThrow(/denied|policy/i);
  });

  it('takes one of the papers on offer, whatever is asked', () => {
    expect(paperAsked('A4', ['a5', 'a4'])).toBe('a4');
    expect([undefined, 'roll', ['a4'], 'x'].map((asked) => paperAsked(asked, ['a5', 'a4']))).toEqual(
      Array(4).fill('a5'),
    );
  });
});
