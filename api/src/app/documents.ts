import type { DocumentKind } from '../access/documents.ts';

/** All that can be opened by a signed link. */
export const documentKinds: readonly DocumentKind[] = [];
