import { describe, expect, it } from 'vitest';
import { contentTypeOf, hasThumbnail, iconOf, sizeInWords } from './file-kinds.ts';

describe('a file that is chosen', () => {
  it('is what its browser says, and DICOM by its name, which no browser knows', () => {
    expect(contentTypeOf({ name: 'a.pdf', type: 'application/pdf' })).toBe('application/pdf');
    expect(contentTypeOf({ name: 'eye.DCM', type: '' })).toBe('application/dicom');
    expect(contentTypeOf({ name: 'x', type: '' })).toBe('application/octet-stream');
  });

  it('shows itself when it is an image of a size that comes quickly', () => {
    expect(hasThumbnail({ contentType: 'image/jpeg', size: 4_000_000 })).toBe(true);
    expect(hasThumbnail({ contentType: 'image/jpeg', size: 4_000_001 })).toBe(false);
    expect(hasThumbnail({ contentType: 'application/pdf', size: 10 })).toBe(false);
    expect([iconOf('application/pdf'), iconOf('application/dicom'), iconOf('image/png')]).toEqual([
      'i-lucide-file-text',
      'i-lucide-scan',
      'i-lucide-image',
    ]);
  });

  it('has a size that people read', () => {
    expect(sizeInWords(12, 'en')).toBe('1 kB');
    expect(sizeInWords(819_600, 'en')).toBe('820 kB');
    expect(sizeInWords(2_440_000, 'en')).toBe('2.4 MB');
    expect(sizeInWords(2_440_000, 'de')).toBe('2,4 MB');
  });
});
