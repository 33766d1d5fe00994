import type { Transaction } from '../../platform/db/transaction.ts';

/** Two records of one person: what hangs off the one moves to the other. */
export interface RecordPair {
  clinicId: string;
  keepId: string;
  mergeId: string;
}

/** What later features hang off a patient's record, such as appointments; app/ connects them, because this one comes first. */
export interface PatientBelongings {
  /** What it is, for the audit trail. */
  name: string;
  /**
   * Moves all of it from one record to the other. Both patients are locked by then, and the merged record names the one
   * that stays.
   *
   * @returns how many moved
   * @throws DomainError when it cannot move, in words fit to show a person
   */
  move(tx: Transaction, pair: RecordPair): Promise<number>;
  /** The patients among these that have any of it. */
  holders(tx: Transaction, clinicId: string, patientIds: readonly string[]): Promise<string[]>;
}

let belongings: readonly PatientBelongings[] = [];

export function connectPatientBelongings(connected: readonly PatientBelongings[]): void {
  belongings = connected;
}

export const patientBelongings = (): readonly PatientBelongings[] => belongings;
