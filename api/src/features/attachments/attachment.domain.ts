import { DomainError } from '../../platform/errors.ts';
import { defineLifecycle } from '../../platform/lifecycle.ts';
import type { Role } from '../../access/roles.ts';

export type AttachmentStatus = 'PENDING' | 'READY' | 'REMOVED';
export type AttachmentStep = 'CREATE' | 'ARRIVE' | 'REMOVE';

/** Source: domain.md, "createUpload, removeAttachment". A patient and the front desk hand in; they take nothing away. */
export const attachmentLifecycle = defineLifecycle<AttachmentStatus, AttachmentStep, Role | 'SYSTEM'>({
  name: 'Attachment',
  states: ['PENDING', 'READY', 'REMOVED'],
  initial: ['PENDING'],
  final: ['REMOVED'],
  moves: [
    {
      row: '–',
      action: 'CREATE',
      from: [],
      to: 'PENDING',
      by: ['RECEPTIONIST', 'NURSE', 'DOCTOR', 'PATIENT'],
      guard: 'of a kind and size that are taken; a doctor for their own patients and visits, a patient for themselves',
    },
    {
      row: '–',
      action: 'ARRIVE',
      from: ['PENDING'],
      to: 'READY',
      by: ['SYSTEM'],
      guard: 'all bytes are there, and are what was announced; without them it is gone after an hour',
    },
    {
      row: '–',
      action: 'REMOVE',
      from: ['READY'],
      to: 'REMOVED',
      by: ['NURSE', 'DOCTOR'],
      guard: "with a reason; not from another doctor's visit; the row and its bytes are kept",
    },
  ],
  describe: (_from, action) =>
    action === 'ARRIVE' ? 'Another file came through this link already. Begin anew.' : 'This file was removed already.',
});

/** Bytes. Source: the clinic's rule for files. */
export const sizeLimit = 25 * 1_024 * 1_024;

/** For how long an upload may be begun, minutes of real time. */
export const uploadMinutes = 15;

/** For how long a link to a file opens it, minutes of real time. */
export const readingMinutes = 5;

/** When a place without its file is swept, minutes of the clinic's clock. */
export const sweepMinutes = 60;

/** What is taken, and the endings that its names may have; the first is put on when none of them is there. */
const endings = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/webp': ['webp'],
  'application/dicom': ['dcm', 'dicom', 'dic'],
} as const;

export type FileKind = keyof typeof endings;

export const isFileKind = (contentType: string): contentType is FileKind => Object.hasOwn(endings, contentType);

const wordsOfKinds: Readonly<Record<FileKind, string>> = {
  'application/pdf': 'a PDF',
  'image/png': 'a PNG image',
  'image/jpeg': 'a JPEG image',
  'image/webp': 'a WebP image',
  'application/dicom': 'a DICOM image',
};

export const wordsOf = (kind: FileKind): string => wordsOfKinds[kind];

export const unsupported = (message: string, field: string[] | null = null): DomainError =>
  new DomainError('UNSUPPORTED_FILE', message, field);

/** @throws DomainError UNSUPPORTED_FILE naming the field */
export function assertTaken(contentType: string, size: number): asserts contentType is FileKind {
  if (!isFileKind(contentType))
    throw unsupported('Choose a PDF, PNG, JPEG, WebP or DICOM file: others are not taken.', ['contentType']);
  if (!Number.isInteger(size) || size <= 0) throw unsupported('This file is empty. Choose another one.', ['size']);
  if (size > sizeLimit) throw unsupported('Choose a file of at most 25 MB: this one is larger.', ['size']);
}

const nameLimit = 120;
const longestGivenName = 1_000;
/** Control characters, marks that turn the direction of the text or show nothing, and what file systems give a meaning. */
const unfit = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|[<>:"|?*]/gu;

/**
 * Returns a file's name as it is kept and shown: the last part of a path, without signs that show nothing or turn the
 * text around, with an ending that fits what it is. "../x/scan.pdf" is "scan.pdf", "bill.exe" of a PDF is "bill.exe.pdf".
 *
 * @throws DomainError INVALID_INPUT for a name of which nothing is left
 */
export function fileNameOf(given: string, kind: FileKind): string {
  const lastPart = given.slice(-longestGivenName).split(/[/\\]/).at(-1) ?? '';
  const cleaned = lastPart
    .normalize('NFC')
    .replaceAll(unfit, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim();
  if (/^\.*$/.test(cleaned)) throw new DomainError('INVALID_INPUT', 'Give the file a name with letters.', ['fileName']);
  const dot = cleaned.lastIndexOf('.');
  const ending = dot > 0 ? cleaned.slice(dot + 1).toLowerCase() : '';
  const isFitting = endings[kind].some((known) => known === ending);
  const stem = isFitting ? cleaned.slice(0, dot) : cleaned;
  const kept = isFitting ? cleaned.slice(dot + 1) : endings[kind][0];
  const letters = [...stem];
  return `${letters.slice(0, nameLimit - kept.length - 1).join('')}.${kept}`;
}

/** Who asks, and which visit a file belongs to. */
export interface RemovalCircumstances {
  roles: readonly Role[];
  userId: string;
  /** The caller's own doctor profile. */
  doctorId: string | null;
  uploadedByUserId: string;
  /** The doctor of the file's visit; null for a file of no visit. */
  visitDoctorId: string | null;
}

/** Nurses any; a doctor those of own patients, but not from a colleague's visit unless they put it there themselves. */
export const mayRemove = (who: RemovalCircumstances): boolean =>
  who.roles.includes('NURSE') ||
  (who.roles.includes('DOCTOR') &&
    (who.visitDoctorId === null || who.visitDoctorId === who.doctorId || who.uploadedByUserId === who.userId));
