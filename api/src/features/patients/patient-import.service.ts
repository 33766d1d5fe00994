import { LockMode } from '@mikro-orm/postgresql';
import { inTransaction, lockInOrder, noteBeside, type Transaction } from '../../platform/db/transaction.ts';
import { countryOf } from '../../platform/country.ts';
import { DomainError, notFound } from '../../platform/errors.ts';
import { defineIdKind } from '../../platform/ids.ts';
import { dayOf } from '../../platform/zone.ts';
import type { Ctx } from '../../access/ctx.ts';
import { clinicById, takeRecordNumber } from '../clinics/index.ts';
import { patientBelongings } from './patient-belongings.ts';
import {
  checkFile,
  type CheckedFile,
  type CheckOptions,
  type ImportedPerson,
  type RowSource,
} from './patient-import-check.service.ts';
import {
  insertRecords,
  lockImported,
  removeProgressBefore,
  removeRecords,
  writeProgress,
  type NewRecord,
} from './patient-import.queries.ts';
import { estimatedBirthDate, recordNumber } from './patient.domain.ts';
import { PatientImportEntity } from './patient.entity.ts';
import { patientId } from './patient.service.ts';

export const patientImportId = defineIdKind('PatientImport', 0xa30);

export interface ImportRequest {
  csv: string;
  dryRun: boolean;
  progressKey: string | null;
}

export interface ImportResult extends CheckedFile {
  /** Null when nothing was made. */
  importId: string | null;
  createdCount: number;
}

const rowsAtOnce = 1_000;

/**
 * Takes patients from a file: every row that keeps the rules becomes a record, all in one transaction, and every other
 * is named with its reason. A row that looks like a record of the clinic, or like an earlier row, is refused too: a file
 * that comes twice makes nobody twice. Imports of one clinic run one after the other.
 *
 * @throws DomainError INVALID_INPUT for a file that is no such table, or has more than 50,000 rows
 */
export async function importPatients(ctx: Ctx, { csv, dryRun, progressKey }: ImportRequest): Promise<ImportResult> {
  const report = await progressReporter(ctx, progressKey, countLines(csv));
  const optionsFor = await checkOptions(ctx, report.checked);
  if (dryRun) {
    const checked = await checkFile(csv, optionsFor(ctx));
    await report.done();
    return { ...checked, importId: null, createdCount: 0 };
  }
  const result = await inTransaction(ctx, async (tx): Promise<ImportResult> => {
    await lockInOrder(tx, [`patient-import ${ctx.clinicId}`]);
    const checked = await checkFile(csv, optionsFor(tx));
    const importId = checked.people.length === 0 ? null : await save(tx, ctx, checked.people, report.saved);
    const [created, rejected] = [checked.people.length, checked.rejected.length];
    tx.audit({ action: 'patient.import', subjectId: importId, changes: { created, rejected } });
    return { ...checked, importId, createdCount: created };
  });
  await report.done();
  return result;
}

async function checkOptions(
  ctx: Ctx,
  onProgress: CheckOptions['onProgress'],
): Promise<(source: RowSource) => CheckOptions> {
  const { timeZone } = ctx.signedIn;
  const clinic = await ctx.load(clinicById, ctx.clinicId);
  if (clinic === null) throw notFound();
  const today = dayOf(ctx.clock.now(), timeZone);
  const country = countryOf(clinic);
  return (source) => ({ source, clinicId: ctx.clinicId, today, country, onProgress });
}

/**
 * Writes the records in batches. Their numbers are taken in one step, as late as can be: the clinic's other writers wait
 * for them until the commit.
 */
async function save(
  tx: Transaction,
  { clinicId, signedIn }: Ctx,
  people: readonly ImportedPerson[],
  onProgress: (rows: number) => Promise<void>,
): Promise<string> {
  const importId = patientImportId.make(tx.now);
  tx.em.create(PatientImportEntity, {
    id: importId,
    clinicId,
    createdCount: people.length,
    byName: tx.actor.name,
    createdAt: tx.now,
    undoneAt: null,
  });
  await tx.em.flush();
  const [head] = await tx.rows(takeRecordNumber(clinicId, people.length));
  if (head === undefined) throw new Error('The clinic has no head row.');
  const firstNumber = head.recordNumber - people.length + 1;
  const today = dayOf(tx.now, signedIn.timeZone);
  for (let start = 0; start < people.length; start += rowsAtOnce) {
    const records = people
      .slice(start, start + rowsAtOnce)
      .map((person, index) => toRecord(person, firstNumber + start + index, { at: tx.now, today }));
    await tx.rows(insertRecords({ clinicId, importId, byName: tx.actor.name, at: tx.now }, records));
    await onProgress(start + records.length);
  }
  tx.record({ type: 'PATIENTS_IMPORTED', subjectId: importId, payload: { count: String(people.length) } });
  return importId;
}

function toRecord(person: ImportedPerson, number: number, { at, today }: { at: Date; today: string }): NewRecord {
  const { firstName, lastName, nameFolded, birthDate, age, sex, phone, email, address } = person;
  return {
    id: patientId.make(at),
    recordNumber: recordNumber(number),
    firstName,
    lastName,
    nameFolded,
    birthDate: birthDate ?? (age === null ? null : estimatedBirthDate(age, today)),
    birthDateEstimated: birthDate === null && age !== null,
    sex,
    phone,
    email,
    address,
  };
}

const countLines = (csv: string): number => csv.trim().split('\n').length - 1;

interface ProgressReporter {
  checked: (rows: number) => Promise<void>;
  saved: (rows: number) => Promise<void>;
  done: () => Promise<void>;
}

const progressKeptMs = 60 * 60 * 1_000;
const silent = () => Promise.resolve();

/** Tells others how far an import is, beside its transaction. Each row counts half when it is checked and half when it is saved. */
async function progressReporter(ctx: Ctx, key: string | null, total: number): Promise<ProgressReporter> {
  if (key === null) return { checked: silent, saved: silent, done: silent };
  if (key === '' || key.length > 100)
    throw new DomainError('INVALID_INPUT', 'Use 1 to 100 characters for the progress key.', ['progressKey']);
  const place = { clinicId: ctx.clinicId, userId: ctx.signedIn.userId, key };
  const write = (processed: number, isDone: boolean) =>
    noteBeside(ctx, writeProgress(place, { processed, total, isDone }, ctx.clock.now()));
  await noteBeside(ctx, removeProgressBefore(ctx.clinicId, new Date(ctx.clock.now().getTime() - progressKeptMs)));
  await write(0, false);
  return {
    checked: (rows) => write(Math.min(Math.floor(rows / 2), total), false),
    saved: (rows) => write(Math.min(Math.floor((total + rows) / 2), total), false),
    done: () => write(total, true),
  };
}

export interface UndoneImport {
  removedCount: number;
  /** Records to which something happened since. */
  keptIds: string[];
}

/**
 * Takes back what one import made, except for records that something hangs off, or that somebody changed, since.
 *
 * @throws RequestError NOT_FOUND for an import of another clinic; DomainError INVALID_TRANSITION for one taken back before
 */
export async function undoImport(ctx: Ctx, importId: string): Promise<UndoneImport> {
  const { clinicId } = ctx;
  // As the app itself: what hangs off a record may be nothing that the front desk reads.
  return inTransaction(ctx.asSystem(ctx.place, ctx.signedIn.userId, ctx.actor), async (tx) => {
    const found = await tx.em.findOne(
      PatientImportEntity,
      { id: importId, clinicId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (found === null) throw notFound();
    if (found.undoneAt != null) throw new DomainError('INVALID_TRANSITION', 'This import was taken back already.');
    const kept = new Set<string>();
    const ids: string[] = [];
    for (const record of await tx.rows(lockImported(clinicId, importId))) {
      ids.push(record.id);
      if (record.isTouched) kept.add(record.id);
    }
    for (const each of patientBelongings()) {
      for (const id of await each.holders(tx, clinicId, ids)) kept.add(id);
    }
    const removable = ids.filter((id) => !kept.has(id));
    for (let start = 0; start < removable.length; start += rowsAtOnce)
      await tx.rows(removeRecords(clinicId, removable.slice(start, start + rowsAtOnce)));
    found.undoneAt = tx.now;
    tx.record({ type: 'PATIENTS_IMPORT_UNDONE', subjectId: importId, payload: { count: String(removable.length) } });
    tx.audit({
      action: 'patient.import.undo',
      subjectId: importId,
      changes: { removed: removable.length, kept: kept.size },
    });
    return { removedCount: removable.length, keptIds: [...kept] };
  });
}
