export const setUpSteps = ['clinic', 'hours', 'services', 'team', 'patient'] as const;
export type SetUpStep = (typeof setUpSteps)[number];
/** The last one is a page of its own: nothing is left but to book. */
export type SetUpPlace = SetUpStep | 'ready';

/** What the clinic's data says about how far it is. */
export interface SetUpFacts {
  readonly hasContact: boolean;
  readonly hasHours: boolean;
  readonly serviceCount: number;
  readonly staffCount: number;
  readonly patientCount: number;
  readonly appointmentCount: number;
}

/** Which steps are done: read from the data, so that another device goes on where this one stopped. */
export function doneSteps(facts: SetUpFacts): ReadonlySet<SetUpStep> {
  const isDone: Record<SetUpStep, boolean> = {
    clinic: facts.hasContact,
    hours: facts.hasHours,
    services: facts.serviceCount > 0,
    team: facts.staffCount > 1,
    patient: facts.patientCount > 0,
  };
  return new Set(setUpSteps.filter((step) => isDone[step]));
}

/** The step to go on with: the first that is neither done nor skipped. */
export function nextPlace(done: ReadonlySet<string>, skipped: ReadonlySet<string>): SetUpPlace {
  return setUpSteps.find((step) => !done.has(step) && !skipped.has(step)) ?? 'ready';
}

/** Nothing can be booked without hours and services; the rest may wait. */
export const isBookable = (facts: SetUpFacts): boolean => facts.hasHours && facts.serviceCount > 0;
