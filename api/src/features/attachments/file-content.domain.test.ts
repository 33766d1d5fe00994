import { describe, expect, it } from 'vitest';
import { aDicom, aJpeg, aPdf, aPng, aWebp } from '../../../test/support/files.ts';
import { DomainError } from '../../platform/errors.ts';
import { isFileKind } from './attachment.domain.ts';
import { assertContent } from './file-content.domain.ts';

const verdict = async (kind: string, bytes: Buffer): Promise<string> => {
  if (!isFileKind(kind)) throw new Error(kind);
  try {
    await assertContent(bytes, kind);
    return 'taken';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
};

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const script = latin('<script>alert(1)</script>');
const image = aJpeg();

describe('what a file holds', () => {
  it.each([
    ['application/pdf', aPdf()],
    ['application/pdf', Buffer.concat([aPdf(), latin('\n\n')])],
    ['image/png', aPng('taken on Monday')],
    ['image/jpeg', image],
    ['image/jpeg', Buffer.concat([image, latin('\0\0\0\x18ftypmp42 a film')])],
    ['image/webp', aWebp()],
    ['application/dicom', aDicom()],
    ['application/dicom', aDicom(Buffer.concat([latin('II*\0'), Buffer.alloc(124, 7)]))],
  ])('is taken as %s when that is what it is', async (kind, bytes) => {
    expect(await verdict(kind, bytes)).toBe('taken');
  });

  it.each([
    ['nothing', 'image/png', Buffer.alloc(0)],
    ['a web page', 'image/png', latin('<!doctype html><p>hello')],
    ['a drawing that can run', 'image/png', latin('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>')],
    ['a script that begins like a GIF', 'image/png', latin('GIF89a=1;alert(1)//')],
    ['a program', 'application/pdf', latin('MZ\x90\0\x03')],
    ['a JPEG', 'image/png', image],
    ['a PNG', 'application/pdf', aPng()],
    ['a PDF behind a line of its own', 'application/pdf', Buffer.concat([latin('x\n'), aPdf()])],
    ['a PDF behind a web page', 'application/pdf', Buffer.concat([latin('<html>'), script, aPdf()])],
    ['a PDF behind a title of a song', 'application/pdf', Buffer.concat([latin('ID3\x04\0\0\0\0\0\0'), aPdf()])],
    ['a PDF without an end', 'application/pdf', latin('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n')],
    ['a PNG with a script behind it', 'image/png', Buffer.concat([aPng(), script])],
    ['a PNG with a PDF behind it', 'image/png', Buffer.concat([aPng(), aPdf()])],
    ['half a PNG', 'image/png', aPng('a comment').subarray(0, 60)],
    ['a PNG whose chunk is longer than it', 'image/png', withLength(aPng())],
    ['a PNG that holds a PDF early on', 'image/png', aPng('%PDF-1.4')],
    ['a JPEG with a script behind it', 'image/jpeg', Buffer.concat([image, script])],
    ['a JPEG with a PDF behind it', 'image/jpeg', Buffer.concat([image, aPdf()])],
    ['a JPEG with an archive behind it', 'image/jpeg', Buffer.concat([image, latin('PK\x03\x04')])],
    ['a JPEG that holds a PDF early on', 'image/jpeg', aJpeg('%PDF-1.4')],
    ['half a JPEG', 'image/jpeg', image.subarray(0, -2)],
    ['a JPEG that is a script to others', 'image/jpeg', latin('\xff\xd8\xff/*=1;alert(1)//')],
    ['a WebP with a script behind it', 'image/webp', Buffer.concat([aWebp(), script])],
    ['a WebP that says it is longer', 'image/webp', aWebp().subarray(0, -1)],
    ['a DICOM that is a program, too', 'application/dicom', aDicom(Buffer.concat([latin('MZ'), Buffer.alloc(126)]))],
    [
      'a DICOM that is a page, too',
      'application/dicom',
      aDicom(Buffer.concat([script, Buffer.alloc(128 - script.length)])),
    ],
  ])('is refused: %s as %s', async (_what, kind, bytes) => {
    expect(await verdict(kind, bytes)).toBe('UNSUPPORTED_FILE');
  });
});

function withLength(png: Buffer): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(0xffff_fff0, 33);
  return changed;
}
