import { z } from 'zod';
import { renderPdf } from '../../platform/documents/render-pdf.ts';
import { badUserInput } from '../../platform/errors.ts';
import type { Ctx } from '../../access/ctx.ts';
import { documentUrl, type DocumentFile, type DocumentKind } from '../../access/documents.ts';
import { doctorById } from '../accounts/index.ts';
import { PaymentMethodType, PaymentStatusType } from '../billing/index.ts';
import { clinicById, type ClinicRow } from '../clinics/index.ts';
import { earningsCsv } from './earnings-file.ts';
import { layOutStatement } from './earnings-statement.ts';
import { earningsOf, type EarningsRow } from './earnings.ts';
import { earningsReaders } from './earnings.permissions.ts';
import { movementsBetween, owedTo, payoutsBetween } from './earnings.queries.ts';

/** As many lines as a table has at most: a doctor's busiest year is half of it. */
const lineLimit = 20_000;

const list = <Values extends Record<string, string>>(values: Values) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined ? null : text.split(',')))
    .pipe(z.array(z.enum(values)).nullable());

/** What stands behind the question mark: which days and payments, never whose they are. */
const asked = z.object({
  format: z.enum(['csv', 'pdf']),
  from: z.iso.date(),
  to: z.iso.date(),
  status: list(PaymentStatusType),
  method: list(PaymentMethodType),
});

/** A doctor's money as a table for spreadsheets, or as a statement on A4. */
export const earningsDocument: DocumentKind = {
  name: 'earnings',
  readers: earningsReaders,

  async open(ctx, id, options) {
    const { success, data } = asked.safeParse(options);
    if (!success) return null;
    const earnings = await earningsOf(ctx, { doctorId: id, ...data });
    const clinic = await ctx.load(clinicById, ctx.clinicId);
    if (earnings === null || clinic === null) return null;
    const fileName = `earnings-${data.from}-${data.to}.${data.format}`;
    return data.format === 'csv'
      ? tableOf(ctx, earnings, { clinic, fileName })
      : statementOf(ctx, earnings, { clinic, fileName });
  },
};

/** The same range and filters as a file. */
export function earningsUrl(ctx: Ctx, { range, days }: EarningsRow, format: 'csv' | 'pdf'): string {
  const url = new URL(documentUrl(ctx, earningsDocument, range.doctorId));
  const parts = { format, ...days, status: range.status?.join(), method: range.method?.join() };
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

interface Frame {
  clinic: ClinicRow;
  fileName: string;
}

async function tableOf(ctx: Ctx, { range }: EarningsRow, { clinic, fileName }: Frame): Promise<DocumentFile> {
  const rows = await ctx.rows(movementsBetween(range, lineLimit + 1));
  if (rows.length > lineLimit)
    throw badUserInput('This is more than 20,000 lines. Choose fewer days, and make a file of each part.', ['to']);
  return {
    fileName,
    contentType: 'text/csv; charset=utf-8',
    body: Buffer.from(earningsCsv(rows, clinic)),
    isInline: false,
  };
}

async function statementOf(ctx: Ctx, earnings: EarningsRow, { clinic, fileName }: Frame): Promise<DocumentFile | null> {
  const { range, days } = earnings;
  const [doctor, owed, payouts] = await Promise.all([
    ctx.load(doctorById, range.doctorId),
    ctx.first(owedTo(range.clinicId, range.doctorId)),
    ctx.rows(payoutsBetween(range)),
  ]);
  if (doctor === null) return null;
  const filters = [...(range.status ?? []), ...(range.method ?? [])].map((name) =>
    name.toLowerCase().replaceAll('_', ' '),
  );
  const printed = {
    ...earnings,
    ...days,
    clinic,
    doctor,
    filters,
    owedMinor: owed?.owedMinor ?? 0,
    payouts,
    madeAt: ctx.clock.now(),
  };
  return { fileName, contentType: 'application/pdf', body: await renderPdf(layOutStatement(printed)), isInline: true };
}
