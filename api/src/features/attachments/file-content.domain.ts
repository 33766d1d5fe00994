import { fileTypeFromBuffer } from 'file-type';
import { type FileKind, unsupported, wordsOf } from './attachment.domain.ts';

/**
 * Looks whether bytes are what was announced: by their content, never by their name, and whole from the first byte to
 * the last, so that nothing else hides in front, behind, or in what other programs would take for a beginning.
 *
 * @throws DomainError UNSUPPORTED_FILE, one plain sentence each
 */
export async function assertContent(bytes: Buffer, kind: FileKind): Promise<void> {
  if (bytes.length === 0) throw unsupported('This file is empty. Choose another one.');
  // What the library skips before a beginning, such as a song's title, our own look at the first byte does not.
  if (!beginnings[kind](bytes) || (await recognised(bytes)) !== kind)
    throw unsupported(`This file is not ${wordsOf(kind)}, whatever its name says. Choose another one.`);
  if (!isWhole[kind](bytes))
    throw unsupported(`This is not ${wordsOf(kind)} from beginning to end. Save it anew, then send it again.`);
  if (kind !== 'application/pdf' && bytes.subarray(0, readersLookAt).includes('%PDF-'))
    throw unsupported('This image holds another document. Save it anew as an image, then send it again.');
}

/** What the bytes are to a library that knows hundreds of kinds. A microscope's DICOM may begin as a TIFF does, too. */
async function recognised(bytes: Buffer): Promise<string | undefined> {
  if (beginnings['application/dicom'](bytes)) return 'application/dicom';
  return (await fileTypeFromBuffer(bytes))?.mime;
}

/** Readers of PDF take a beginning anywhere in the first so many bytes. */
const readersLookAt = 1_024;

const starts = (bytes: Buffer, ...signature: number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const text = (bytes: Buffer, from: number, length: number): string => bytes.toString('latin1', from, from + length);

const dicomPreamble = 128;

const beginnings: Readonly<Record<FileKind, (bytes: Buffer) => boolean>> = {
  'application/pdf': (bytes) => text(bytes, 0, 5) === '%PDF-',
  'image/png': (bytes) => starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/jpeg': (bytes) => starts(bytes, 0xff, 0xd8, 0xff),
  'image/webp': (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 4) === 'WEBP',
  'application/dicom': (bytes) => text(bytes, dicomPreamble, 4) === 'DICM',
};

const isWhole: Readonly<Record<FileKind, (bytes: Buffer) => boolean>> = {
  // Readers look for the end in the last kilobyte; signed and scanned ones have a line or two behind it.
  'application/pdf': (bytes) => bytes.subarray(-readersLookAt).includes('%%EOF'),
  'image/png': isWholePng,
  'image/jpeg': isWholeJpeg,
  // Its own length, which counts from the ninth byte on; an odd one is filled up.
  'image/webp': (bytes) => {
    const length = bytes.readUInt32LE(4) + 8;
    return length === bytes.length || (length % 2 === 1 && length + 1 === bytes.length);
  },
  // The preamble belongs to nobody: filled with nothing, or with the beginning of a TIFF. A program could stand there.
  'application/dicom': (bytes) =>
    bytes.length > dicomPreamble + 4 &&
    (bytes.subarray(0, dicomPreamble).every((byte) => byte === 0) || /^(II\*\0|MM\0\*)/.test(text(bytes, 0, 4))),
};

/** Chunk after chunk up to IEND, and nothing behind it. */
function isWholePng(bytes: Buffer): boolean {
  const [lengthAndName, check] = [8, 4];
  let at = 8;
  while (at + lengthAndName + check <= bytes.length) {
    const name = text(bytes, at + 4, 4);
    at += lengthAndName + bytes.readUInt32BE(at) + check;
    if (name === 'IEND') return at === bytes.length;
  }
  return false;
}

const [endOfImage, startOfScan] = [0xd9, 0xda];

/** Markers that stand alone: restarts, the start, one that is for private use. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/**
 * Segment after segment up to the end of the image. Telephones hang films and maps behind a photograph, so something may
 * follow; but nothing that a browser or a reader would take for a document of its own.
 */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === endOfImage) return isInert(bytes.subarray(at + 2));
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else {
      if (at + 4 > bytes.length) return false;
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === startOfScan) at = endOfScan(bytes, at);
    }
  }
  return false;
}

/** Where the next marker stands that is neither a filled-up 0xff nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const pages = /%pdf-|<(script|html|svg|iframe|body|\?php|!doctype)|^mz|^#!/i;
const archiveOrProgram = [Buffer.from('504b0304', 'hex'), Buffer.from('7f454c46', 'hex')];

const isInert = (tail: Buffer): boolean =>
  !pages.test(tail.toString('latin1')) && archiveOrProgram.every((beginning) => !tail.includes(beginning));
