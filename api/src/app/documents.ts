import type { DocumentKind } from '../access/documents.ts';
import { fileDocument } from '../features/attachments/index.ts';
import { receiptDocument } from '../features/billing/index.ts';
import { earningsDocument } from '../features/earnings/index.ts';
import { prescriptionDocument } from '../features/prescriptions/index.ts';

/** All that can be opened by a signed link. */
export const documentKinds: readonly DocumentKind[] = [
  fileDocument,
  prescriptionDocument,
  receiptDocument,
  earningsDocument,
];
