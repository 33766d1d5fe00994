import { operation as clinicOperation } from 'virtual:operation/PublicClinic';
import { operation as slotsOperation } from 'virtual:operation/PublicSlots';
import type {
  PublicClinicQuery,
  PublicClinicQueryVariables,
  PublicSlotsQuery,
  PublicSlotsQueryVariables,
} from '../gql/graphql.ts';
import { ask } from './ask.ts';

export type PublicClinic = NonNullable<PublicClinicQuery['publicClinic']>;
export type PublicSlot = PublicSlotsQuery['availableSlots'][number];

/** Null when there is no clinic at this address. */
export async function askClinic(slug: string): Promise<PublicClinic | null> {
  const variables: PublicClinicQueryVariables = { slug };
  return (await ask<PublicClinicQuery>(clinicOperation, variables)).publicClinic;
}

export async function askSlots(variables: PublicSlotsQueryVariables): Promise<readonly PublicSlot[]> {
  return (await ask<PublicSlotsQuery>(slotsOperation, variables)).availableSlots;
}
