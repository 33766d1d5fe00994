import type { Readable } from 'node:stream';
import type { Ctx } from './ctx.ts';
import type { Rule } from './permissions.ts';

/** Long enough to find the printer; whoever needs it again asks for another. */
const linkMinutes = 10;

/** A file as it leaves the building. */
export interface DocumentFile {
  /** What it is saved as; it must say nothing about a patient. */
  fileName: string;
  contentType: string;
  body: Buffer | Readable;
  /** Shown by the browser instead of saved: for what it shows without running anything, such as a PDF. */
  isInline: boolean;
}

/** What can be opened by a signed link. */
export interface DocumentKind {
  /** Part of the address; lower case letters. */
  name: string;
  /** Held against whoever asked for the link at the moment it is opened, before anything is read. */
  readers: Rule;
  /**
   * Reads as whoever asked for the link, through their own row policies.
   *
   * @param options  what stands behind the question mark: the paper's size and the like, never whose it is
   * @returns null for what is not there, or not theirs any more
   */
  open(ctx: Ctx, subjectId: string, options: Readonly<Record<string, unknown>>): Promise<DocumentFile | null>;
}

/** The address of one document for the caller, for ten minutes and as long as their session lasts. */
export function documentUrl(ctx: Ctx, { name }: Pick<DocumentKind, 'name'>, subjectId: string): string {
  const { clinicId, sessionId } = ctx.signedIn;
  const token = ctx.runtime.links.sign({ kind: name, clinicId, subjectId, askedBy: sessionId }, linkMinutes);
  return `${ctx.runtime.settings.publicUrl}/documents/${name}/${token}`;
}
