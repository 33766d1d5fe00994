import { Field, InterfaceType } from 'type-graphql';
import { badUserInput } from '../errors.ts';
import { DateTimeScalar } from './scalars.ts';

@InterfaceType({
  description:
    'Every live update carries a cursor. After a lost connection, subscribe again with after: the last cursor, and what was ' +
    'missed comes first, in order. Events older than a day are gone; then resync is true: refetch.',
})
export abstract class LiveUpdate {
  @Field(() => String) cursor!: string;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => Boolean) resync!: boolean;
}

export const liveCursor = (sequence: number): string => Buffer.from(`s${sequence}`).toString('base64url');

/** @throws RequestError BAD_USER_INPUT for text that is no cursor of a live update */
export function readLiveCursor(cursor: string | null | undefined): number | null {
  if (cursor == null) return null;
  const match = /^s(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match?.[1] === undefined) throw badUserInput('This cursor is not one of a live update.', ['after']);
  return Number(match[1]);
}
